-- Findings that follow the text, in Neovim and in Vim: those on the screen are those of the text.
local drive = require('tests.editor.drive')

local minutes = [[
# Minutes of the meeting

Date: 2026-03-02

## Actions

- [ ] Zoë: bake {{what}} by 2099-03-06
- [ ] send the größte offer
- [ ] Tom: call

## Decisions

- The offer is accepted.
]]

-- Shown(): what the editor itself says it shows, "line:column" each; for Neovim from the marks in
-- the text, for Vim from text properties. Wanted(): the same of a fresh look at the text.
local prelude = [=[
function! Shown() abort
  if has('nvim')
    return luaeval('(function()
          \ local places, starts, goes_on = {}, {}, {}
          \ for _, one in ipairs(vim.diagnostic.get(0)) do
          \   starts[one.lnum .. ":" .. one.col] = true
          \   for line = one.lnum + 1, one.end_lnum do goes_on[line .. ":0"] = true end
          \ end
          \ local space = vim.api.nvim_create_namespace("protokol")
          \ local marks = vim.diagnostic.get_namespace(space).user_data.underline_ns
          \ for _, mark in ipairs(marks and vim.api.nvim_buf_get_extmarks(0, marks, 0, -1, {}) or {}) do
          \   local place = mark[2] .. ":" .. mark[3]
          \   if starts[place] or not goes_on[place] then
          \     places[#places + 1] = (mark[2] + 1) .. ":" .. (mark[3] + 1)
          \   end
          \ end
          \ table.sort(places)
          \ return table.concat(places, " ")
          \ end)()')
  endif
  let types = ['ProtokolError', 'ProtokolWarning', 'ProtokolInfo', 'ProtokolHint']
  if empty(prop_type_get(types[0]))
    return ''
  endif
  return join(sort(map(prop_list(1, {'end_lnum': -1, 'types': types}),
        \ {_, v -> v.lnum . ':' . v.col . (v.start && v.end ? '' : '?')})))
endfunction
" Lines of diagnostics (Neovim), of signs (Vim).
function! Lines() abort
  let lines = has('nvim') ? map(luaeval('vim.diagnostic.get(0)'), 'v:val.lnum + 1')
        \ : map(sign_getplaced(bufnr('%'), {'group': 'protokol'})[0].signs, 'v:val.lnum')
  return join(uniq(sort(lines, 'n')))
endfunction
function! Wanted() abort
  return luaeval('(function()
        \ local places = {}
        \ for _, finding in ipairs(require("protokol").findings()) do
        \   local last = vim.api and finding.line or finding.end_line
        \   for line = finding.line, last do
        \     if line == finding.line or line < last or finding.end_column > 1 then
        \       places[#places + 1] = line .. ":" .. (line == finding.line and finding.column or 1)
        \     end
        \   end
        \ end
        \ table.sort(places)
        \ return table.concat(places, " ")
        \ end)()')
endfunction
function! WantedLines() abort
  return luaeval('(function()
        \ local lines = {}
        \ for _, finding in ipairs(require("protokol").findings()) do
        \   if lines[#lines] ~= finding.line then lines[#lines + 1] = finding.line end
        \ end
        \ return table.concat(lines, " ")
        \ end)()')
endfunction
]=]

for _, editor in ipairs(drive.both) do
  describe(editor.name .. ' follows the text:', function()
    local run, home = drive.at_home(editor, { prelude = prelude, files = { ['a.md'] = minutes } })

    -- PROTOKOL_EDITS=1000 tests/run editor: that many
    local function edits(count, more)
      drive.write(home .. '/notes/a.md', minutes .. more)
      local got = run(('let g:count = %d\n'):format(count) .. [=[
        let g:protokol = {'delay': 1}
        edit a.md
        Protokol lint live
        let s:seed = 11
        function! Random(most)
          let s:seed = s:seed * 16807 % 2147483647
          return s:seed % a:most
        endfunction
        let s:pieces = ['- [ ] Änne: größer', '- [ ] {{x}}', '## Ümläute', '', 'Tom will call.',
              \ '- [ ] Ben: pay by 2026-02-30', '{{a}} and {{b}}', '---', '```', '  - [ ] deeper']
        function! Change()
          let line = 4 + Random(max([1, line('$') - 3]))
          let line = min([line, line('$')])
          let piece = s:pieces[Random(len(s:pieces))]
          let kind = Random(10)
          if line('$') > 40
            let kind = 9
          endif
          execute line
          if kind < 2
            call append(line, piece)
          elseif kind == 2
            silent execute line . ',' . min([line + 1, line('$')]) . 'delete'
          elseif kind == 3
            call setline(line, strcharpart(getline(line), 0, Random(20)) . piece)
          elseif kind == 4
            silent! normal! J
          elseif kind == 5
            silent! execute 'move' Random(line('$'))
          elseif kind == 6
            execute 'normal! A' . piece
          elseif kind == 7
            silent! undo
          elseif kind == 8
            silent! redo
          else
            silent! execute line . ',' . min([line + 9 * (line('$') > 40), line('$')]) . 'delete'
          endif
          let &undolevels = &undolevels
          doautocmd <nomodeline> TextChanged
        endfunction
        function! Settled()
          for i in range(60)
            sleep 10m
            let [s:shown, s:wanted] = [[Shown(), Lines()], [Wanted(), WantedLines()]]
            if s:shown ==# s:wanted
              return 1
            endif
          endfor
          return 0
        endfunction
        let wrong = Settled() ? [] : ['at first', s:shown, s:wanted]
        let most = 0
        for g:i in range(g:count)
          for change in range(1 + Random(2))
            call Change()
          endfor
          if !empty(wrong)
            break
          elseif !Settled()
            let wrong = [g:i, s:shown, s:wanted, getline(1, '$')]
          endif
          let most = max([most, len(split(s:shown[0]))])
        endfor
        call Tell('wrong', json_encode(wrong))
        call Tell('most', most)
      ]=], { seconds = 20 + count })
      assert.equal('[]', got.wrong)
      assert.truthy(got.most > 10)
    end

    it('after any edits the findings are those of a fresh look', function()
      edits(tonumber(os.getenv('PROTOKOL_EDITS')) or 100, '')
    end)

    it('after any edits of a text that is checked aside, too', function()
      local long = ('  drawer %d %s\n')
        :rep(3)
        :format(1, ('x '):rep(12000), 2, ('y '):rep(12000), 3, 'z')
      edits(
        tonumber(os.getenv('PROTOKOL_EDITS')) or 40,
        '\n```\n' .. long .. ('%s\n'):format(('w '):rep(12000)) .. '```\n'
      )
    end)

    local function live(steps, settings)
      return run('let g:protokol = ' .. (settings or '{}') .. [=[

        call extend(g:protokol, {'delay': 20})
        function! Status()
          return ProtokolStatusline()
        endfunction
        function! Count()
          return len(split(Shown()))
        endfunction
        edit a.md
        call Steps([['', 300],
        ]=] .. steps:gsub('%s+$', '\n') .. '\\ ])', { live = true })
    end

    it('Insert mode is left in peace, unless asked otherwise', function()
      local steps = [[
              \ [{-> Tell('before', Count())}, 1],
              \ ["Go- {{x}}\<CR>- {{y}}\<CR>and", 400],
              \ [{-> Tell('typing', Count())}, 1],
              \ ["\<Esc>", 400],
              \ [{-> Tell('left', Count())}, 1],
              \ ["Go- {{z}}\<CR>\<CR>\<C-c>", 400],
              \ [{-> execute('doautocmd CursorHold')}, 300],
              \ [{-> Tell('interrupted', Count())}, 1],
      ]]
      local got = live(steps)
      assert.truthy(got.before > 3)
      assert.equal(got.before, got.typing)
      assert.equal(got.before + 2, got.left)
      assert.equal(got.left + 1, got.interrupted)
      got = live(steps, "{'update_in_insert': 1}")
      assert.equal(got.before + 2, got.typing)
    end)

    it('of many findings the gravest are shown, and a word says so once', function()
      local text = { '# Minutes of the meeting\n\nDate: 2026-03-02\n' }
      for i = 1, 300 do
        text[#text + 1] = ('- {{%d}}'):format(i)
      end
      drive.write(home .. '/notes/a.md', table.concat(text, '\n') .. '\n')
      local got = live([[
              \ [{-> Tell('count', Count())}, 1],
              \ ["G.", 300], ["G.", 300],
              \ [{-> Tell('said', execute('messages'))}, 1],
              \ [{-> Tell('status', Status())}, 1],
              \ [{-> Tell('lint', execute('Protokol lint'))}, 1],
      ]])
      assert.equal(200, got.count)
      local _, times = got.said:gsub('200 of %d+ findings are shown', '')
      assert.equal(1, times, got.said)
      local shown = 0
      for number in got.status:gmatch('%d+') do
        shown = shown + tonumber(number)
      end
      assert.truthy(shown > 300, got.status) -- those found, not those shown
      assert.truthy(got.lint:find('lists 200 of them', 1, true), got.lint)
    end)

    it('a buffer too large rests, says why, and is checked when one insists', function()
      local got = live(
        [[
              \ [{-> Tell('count', Count())}, 1],
              \ [{-> Tell('said', execute('messages'))}, 1],
              \ [":Protokol lint\<CR>", 200],
              \ [{-> Tell('lint', Count())}, 1],
              \ [":Protokol lint live\<CR>", 200],
              \ ["Go- {{x}}\<Esc>", 300],
              \ [{-> Tell('insists', Count())}, 1],
      ]],
        "{'max_size': 100}"
      )
      assert.equal(0, got.count)
      assert.truthy(got.said:find('live checks rest', 1, true), got.said)
      assert.truthy(got.lint > 3)
      assert.equal(got.lint + 1, got.insists)
    end)

    it('nothing is set anew while what is shown holds', function()
      local got = live([[
              \ [{-> has('nvim') ? execute('let g:sets = 0 | autocmd DiagnosticChanged * let g:sets += 1')
              \   : execute('let g:signs = string(sign_getplaced(bufnr("%"), {"group": "protokol"}))')}, 1],
              \ ["3GA and more\<Esc>", 300], ["3GA and more\<Esc>", 300],
              \ [{-> Tell('quiet', has('nvim') ? g:sets
              \   : g:signs !=# string(sign_getplaced(bufnr("%"), {"group": "protokol"})))}, 1],
              \ ["Go- {{x}}\<Esc>", 300],
              \ [{-> Tell('moved', has('nvim') ? g:sets
              \   : g:signs !=# string(sign_getplaced(bufnr("%"), {"group": "protokol"})))}, 1],
      ]])
      assert.equal(0, got.quiet)
      assert.equal(1, got.moved)
    end)

    it('a statusline tells how much is found', function()
      local got = live([[
              \ [{-> execute('set laststatus=2 statusline=<%{ProtokolStatusline()}>')}, 1],
              \ [{-> Tell('status', Status())}, 1],
              \ [{-> Tell('lua', luaeval('require("protokol").statusline()'))}, 1],
              \ [{-> execute('redraw!')}, 50],
              \ [{-> Tell('drawn', join(map(range(1, 9), 'screenstring(&lines - 1, v:val)'), ''))}, 1],
              \ [":Protokol lint off\<CR>", 100],
              \ [{-> Tell('off', Status())}, 1],
              \ [":edit b.txt\<CR>", 200],
              \ [{-> Tell('other', Status())}, 1],
      ]])
      assert.matches('^W%d+', got.status)
      assert.equal(got.status, got.lua)
      assert.equal(('<' .. got.status .. '>'):sub(1, 9), (got.drawn:gsub('%s+$', '')))
      assert.equal('', got.off)
      assert.equal('', got.other)
    end)

    it('one goes from finding to finding, around, and back with CTRL-O', function()
      local got = run([=[
        edit a.md
        normal! gg
        let places = []
        for i in range(4)
          Protokol next finding
          call add(places, [line('.'), col('.')])
        endfor
        call Tell('next', places)
        Protokol previous finding
        Protokol previous finding
        call Tell('previous', [line('.'), col('.')])
        2
        3,8fold
        Protokol next finding
        call Tell('fold', foldclosed('.'))
        normal! G
        execute "normal! \<C-o>"
        call Tell('back', line('.'))
        2
        execute "normal \<Plug>(protokol-next-finding)"
        call Tell('map', line('.'))
        7
        s/{{what}}/bread
        Protokol next
        call Tell('filled', line('.'))
        Protokol next what
        call Tell('said', execute('messages'))
        call Tell('completed', getcompletion('Protokol next ', 'cmdline'))
      ]=])
      assert.same({ { 1, 3 }, { 7, 18 }, { 8, 7 }, { 9, 7 } }, got.next)
      assert.same({ 7, 18 }, got.previous)
      assert.equal(-1, got.fold)
      assert.equal(7, got.map)
      assert.equal(8, got.filled)
      assert.truthy(got.said:find('takes "finding", not "what"', 1, true), got.said)
      assert.same({ 'finding' }, got.completed)
    end)

    it('lists keep to their place, and never take the place of one of yours', function()
      local got = run([=[
        let g:protokol = {'list': 'quickfix', 'delay': 1}
        edit a.md
        Protokol lint
        call Tell('quickfix', [getqflist({'title': 1}).title, len(getqflist()) > 3])
        cc 3
        call append(0, ['', ''])
        doautocmd TextChanged
        sleep 200m
        call Tell('at', [getqflist({'idx': 0}).idx, getqflist()[-1].lnum])
        call Tell('fresh', luaeval('(function() local f = require("protokol").findings()
              \ return f[#f].line end)()'))
        call setqflist([{'text': 'mine'}], ' ')
        call append(0, [''])
        doautocmd TextChanged
        sleep 200m
        call Tell('mine', map(getqflist(), 'v:val.text'))
        let g:protokol = {'list': 'loc'}
        Protokol lint
        call Tell('said', execute('messages'))
      ]=])
      assert.equal('protokol lint', got.quickfix[1])
      assert.truthy(got.quickfix[2] == 1 or got.quickfix[2] == true)
      assert.same({ 3, got.fresh }, got.at)
      assert.same({ 'mine' }, got.mine)
      assert.truthy(
        got.said:find('option "list" is "location" or "quickfix", not "loc"', 1, true),
        got.said
      )
    end)
  end)
end
