-- What a user does in Neovim and in Vim: real commands on real buffers.
local drive = require('tests.editor.drive')

local minutes = [[
---
protokol: meeting
lang: de
---

# Protokoll der Besprechung

- Datum: 02.03.2026
- Betreff: Größe

## Aufgaben

- [ ] Zoë: Übergabe vorbereiten bis 06.03.2026
- [x] Änne: Räume buchen bis 01.03.2026
- [ ] größere Räume suchen bis 09.03.2026
]]

local function keys_of(list, key)
  local keys = {}
  for i, item in ipairs(list) do
    keys[i] = item[key]
  end
  return keys
end

local function vim_list(lines)
  local quoted = {}
  for i, line in ipairs(lines) do
    quoted[i] = "'" .. line:gsub("'", "''") .. "'"
  end
  return '[' .. table.concat(quoted, ', ') .. ']'
end

local function split(text)
  local lines = {}
  for line in text:gmatch('([^\n]*)\n') do
    lines[#lines + 1] = line
  end
  return lines
end

-- Findings as they are shown, in both editors as { line, column, end, code or text }.
local shown = [=[
function! Shown()
  if has('nvim')
    return map(luaeval('vim.diagnostic.get(0)'),
          \ '[v:val.lnum + 1, v:val.col + 1, v:val.end_col + 1, v:val.code]')
  endif
  return map(getloclist(0),
        \ '[v:val.lnum, v:val.col, v:val.end_col, matchstr(v:val.text, "\\[\\zs[^]]*\\ze\\]$")]')
endfunction
]=]

for _, editor in ipairs(drive.both) do
  local function run(script, options)
    local values, printed = drive.run(editor, shown .. script, options)
    assert.is_true(values.ended, printed)
    assert.is_nil(printed:match('stack traceback'), printed)
    assert.is_nil(printed:match('runtime error:'), printed) -- a sanitizer's word
    return values, printed
  end

  describe(editor.name, function()
    local home
    before_each(function()
      home = drive.enter()
    end)
    after_each(function()
      drive.leave(home)
    end)

    describe(':Protokol new', function()
      local titles = { en = 'Minutes', ru = 'Протокол', de = 'rotokoll' }
      local days = { en = '%Y-%m-%d', ru = '%d.%m.%Y', de = '%d.%m.%Y' }
      for language, title in pairs(titles) do
        it(
          'writes a template in ' .. language .. ' that lacks only what is to be filled in',
          function()
            local got = run(([[
            Protokol new negotiation %s standard
            call feedkeys('', 'x')
            call Tell('lines', getline(1, '$'))
            call Tell('mode', mode())
            call Tell('at', getline('.')[col('.') - 1 :])
            call feedkeys("\<Esc>", 'x')
            Protokol lint
            call Tell('shown', Shown())
            call Tell('filetype', &filetype)
          ]]):format(language))
            local text = table.concat(got.lines, '\n')
            assert.equal('---', got.lines[1])
            assert.truthy(text:find('\n# [^\n]*' .. title))
            assert.truthy(text:find(os.date(days[language]), 1, true))
            assert.truthy(got.mode == 's' or got.mode == 'v')
            assert.truthy(got.at:find('^{{.-}}'))
            assert.equal('markdown', got.filetype)
            assert.truthy(#got.shown > 3)
            for _, finding in ipairs(got.shown) do
              assert.equal('placeholder-left', finding[4])
            end
          end
        )
      end

      it('takes words in any order and values by name', function()
        local got = run([[
          Protokol new brief de client=Müller\ &\ Söhne negotiation
          call Tell('lines', getline(1, '$'))
        ]])
        local text = table.concat(got.lines, '\n')
        assert.truthy(text:find('detail: brief', 1, true))
        assert.truthy(text:find('Müller & Söhne', 1, true))
      end)

      it('is one step to undo, and leaves what stands around it', function()
        local got = run([[
          call setline(1, ['before', '', 'after'])
          let &undolevels = &undolevels
          2
          Protokol new en
          call feedkeys('', 'x')
          call feedkeys("\<Esc>", 'x')
          call Tell('ends', [getline(1), getline('$'), line('$') > 10 ? 'long' : 'short'])
          undo
          call Tell('undone', getline(1, '$'))
        ]])
        assert.same({ 'before', 'after', 'long' }, got.ends)
        assert.same({ 'before', '', 'after' }, got.undone)
      end)

      it('names the author: by the option, $PROTOKOL_AUTHOR, or as git knows them', function()
        local got = run([[
          let g:protokol = {'author': 'Änne Muster'}
          Protokol new en
          call Tell('option', search('Änne Muster', 'nw') > 0 ? 'named' : 'not named')
          call feedkeys("\<Esc>", 'x')
          let g:protokol = {}
          let $PROTOKOL_AUTHOR = 'Ülo Beispiel'
          enew!
          Protokol new en
          call Tell('environment', search('Ülo Beispiel', 'nw') > 0 ? 'named' : 'not named')
          call feedkeys("\<Esc>", 'x')
          unlet $PROTOKOL_AUTHOR
          call system('git init -q . && git config user.name "Zoë Probe"')
          enew!
          Protokol new de brief
          call Tell('git', search('Zoë Probe', 'nw') > 0 ? 'named' : 'not named')
        ]])
        assert.equal('named', got.option)
        assert.equal('named', got.environment)
        assert.equal('named', got.git)
      end)

      it('says what it does not know', function()
        local got = run([[
          Protokol new negotiaton
          call Tell('messages', execute('messages'))
          call Tell('lines', getline(1, '$'))
        ]])
        assert.truthy(got.messages:find('did you mean "negotiation"?', 1, true))
        assert.same({ '' }, got.lines)
      end)

      it('fills in what stood in minutes that were saved', function()
        local script = [[
          Protokol new en
          call feedkeys("\<Esc>", 'x')
          %s/^- \*\*Client.*/- **Client:** Müller GmbH/
          sleep 100m
          write first.md
          call setline('$', '{{x}}')
          doautocmd <nomodeline> TextChanged
          sleep 300m
          call Tell('last', Shown()[-1][0] == line('$') ? 'live' : 'dead')
        ]]
        local first = run(script, { home = home })
        assert.equal('live', first.last)
        local second = run("Protokol new ru\ncall Tell('lines', getline(1, '$'))", { home = home })
        assert.truthy(table.concat(second.lines, '\n'):find('Müller GmbH', 1, true))
      end)
    end)

    describe('placeholders', function()
      local draft = { 'Client: {{client}}', '', '- {{what}}, {{who}}', 'end' }
      local function typed(steps)
        return run('call setline(1, ' .. vim_list(draft) .. ')\n' .. [[
            inoremap <buffer> <Tab> <C-v><Tab>
            function! Tab()
              return map(['n', 'i', 's'], 'tolower(get(maparg("<Tab>", v:val, 0, 1), "rhs", ""))')
            endfunction
            normal! G
            call Steps([
]] .. steps:gsub('%s+$', '\n') .. [[
              \ [{-> Tell('lines', getline(1, '$'))}, 1],
              \ ])
          ]], { live = true, home = home })
      end

      it('are gone through and replaced by typing', function()
        local got = typed([[
              \ [":Protokol next\<CR>", 100], ["Ann", 100], ["\<Tab>", 100], ["pay", 100],
              \ ["\<Tab>", 100], ["\<Tab>", 100], ["\<Tab>", 100], ["Bo\<Esc>", 100],
        ]])
        assert.same({ 'Client: Ann', '', '- pay, Bo', 'end' }, got.lines)
      end)

      it('keep up with a fast typist', function()
        local got = typed([[
              \ [":Protokol next\<CR>Ann\<Tab>pay\<Tab>Bo\<Esc>", 300],
        ]])
        assert.same({ 'Client: Ann', '', '- pay, Bo', 'end' }, got.lines)
      end)

      it('go back with the other key', function()
        local got = typed([[
              \ [":Protokol next\<CR>", 100], ["\<Tab>", 100], ["\<Tab>", 100],
              \ ["\<S-Tab>", 100], ["pay\<Esc>", 100],
        ]])
        assert.same({ 'Client: {{client}}', '', '- pay, {{who}}', 'end' }, got.lines)
      end)

      it('have keys only where they are, and give back what the keys did', function()
        local got = typed([[
              \ [{-> Tell('before', Tab())}, 1],
              \ [":Protokol next\<CR>", 100], ["Ann\<Esc>", 100],
              \ [{-> Tell('inside', Tab())}, 1],
              \ ["G", 100], [{-> Tell('outside', Tab())}, 1],
              \ ["A\<Tab>\<Esc>", 100],
        ]])
        assert.truthy(got.inside[1]:find('protokol%-next'))
        assert.truthy(got.inside[2]:find('protokol%-next'))
        assert.truthy(got.inside[3]:find('protokol%-next'))
        assert.same(got.before, got.outside)
        assert.equal('end\t', got.lines[4])
      end)
    end)

    describe(':Protokol lint', function()
      it('shows findings at their bytes, behind umlauts, Cyrillic letters and tabs', function()
        local got = run([[
          edit a.md
          call setline(1, ['---', 'protokol: meeting', 'lang: de', '---', '', '# Protokoll', '',
                \ "-\tÜbergabe {{wann}} и так {{что}}"])
          Protokol lint
          call Tell('shown', filter(Shown(), 'v:val[3] ==# "placeholder-left"'))
          call Tell('text', map(filter(Shown(), 'v:val[3] ==# "placeholder-left"'),
                \ 'strpart(getline(v:val[0]), v:val[1] - 1, v:val[2] - v:val[1])'))
        ]])
        assert.same({ '{{wann}}', '{{что}}' }, got.text)
        assert.same({ 8, 13, 21, 'placeholder-left' }, got.shown[1])
      end)

      it('speaks the language of the minutes and keeps its source', function()
        local got = run('call setline(1, ' .. vim_list(split(minutes)) .. ')\n' .. [[
          setlocal filetype=markdown
          Protokol lint
          call Tell('shown', Shown())
          call Tell('more', has('nvim') ? luaeval('vim.diagnostic.get(0)') : getloclist(0))
        ]])
        local found
        for i, finding in ipairs(got.shown) do
          if finding[4] == 'action-owner' then
            found = got.more[i]
            assert.equal(15, finding[1])
          end
        end
        assert.truthy((found.message or found.text):find('Aufgabe'))
        if editor == drive.neovim then
          assert.equal('protokol', found.source)
          assert.equal('action-owner', found.code)
        end
      end)

      it('goes away with "off" and caps what it shows', function()
        local got = run([[
          let g:protokol = {'max_findings': 3}
          call setline(1, ['# Minutes'] + repeat(['- {{x}}'], 20))
          Protokol lint
          call Tell('capped', len(Shown()))
          call Tell('said', execute('Protokol lint'))
          Protokol lint off
          call Tell('off', len(Shown()))
        ]])
        assert.equal(3, got.capped)
        assert.truthy(got.said:find('lists 3 of them', 1, true), got.said)
        assert.equal(0, got.off)
      end)

      it('mends what it can, as one step to undo', function()
        local got = run('call setline(1, ' .. vim_list(split(minutes)) .. ')\n' .. [[
          let &undolevels = &undolevels
          Protokol lint
          let before = len(filter(Shown(), 'v:val[3] ==# "section-missing"'))
          call Tell('missing', before)
          Protokol! fix
          call Tell('left', len(filter(Shown(), 'v:val[3] ==# "section-missing"')))
          call Tell('kept', getline(13))
          call Tell('longer', line('$') > 15 ? 'yes' : 'no')
          undo
          call Tell('undone', getline(1, '$'))
        ]])
        assert.truthy(got.missing > 0)
        assert.equal(0, got.left)
        assert.equal('yes', got.longer)
        assert.same(split(minutes), got.undone)
      end)

      it('explains a rule, and the one under the cursor', function()
        local got = run('call setline(1, ' .. vim_list(split(minutes)) .. ')\n' .. [[
          Protokol lint
          15
          call Tell('error', Try('Protokol explain'))
          call Tell('text', join(has('nvim')
                \ ? nvim_buf_get_lines(winbufnr(winnr('$')), 0, -1, v:true)
                \ : getbufline(winbufnr(popup_list()[0]), 1, '$'), "\n"))
          Protokol explain action-oner
          call Tell('messages', execute('messages'))
        ]])
        assert.equal('', got.error)
        assert.truthy(got.text:find('action-owner', 1, true))
        assert.truthy(got.messages:find('did you mean "action-owner"?', 1, true))
      end)

      it('explains what was found first, and folds between words', function()
        local got = run('call setline(1, ' .. vim_list(split(minutes)) .. ')\n' .. [[
          set columns=45
          15s/2026/2099/
          Protokol lint
          15
          Protokol explain
          let text = has('nvim')
                \ ? nvim_buf_get_lines(winbufnr(winnr('$')), 0, -1, v:true)
                \ : getbufline(winbufnr(popup_list()[0]), 1, '$')
          call Tell('text', text)
          call Tell('wide', max(map(filter(copy(text), 'v:val !~# "^ "'), 'strdisplaywidth(v:val)')))
        ]])
        assert.equal('für diese Aufgabe ist niemand', got.text[1])
        assert.equal('verantwortlich [action-owner]', got.text[2])
        assert.equal('action-owner (warning)', got.text[4])
        assert.truthy(got.wide <= 39)
      end)

      it('lets one choose, and says what came of it in a line of its own', function()
        drive.write(home .. '/notes/a.md', '# Minutes of the meeting\n\nNothing was said.\n')
        local got = run(
          [=[
          function! Last()
            redraw
            return join(map(range(1, 40), 'screenstring(&lines, v:val)'), '')
          endfunction
          edit a.md
          call Steps([["\<Esc>", 200], [":Protokol fix\<CR>1\<CR>", 300],
          \ [{-> Tell('longer', line('$') > 3 ? 'yes' : 'no')}, 10],
          \ [{-> Tell('last', Last())}, 10]])
        ]=],
          { live = true, home = home }
        )
        assert.equal('yes', got.longer)
        assert.matches('^1 mended, left: ', got.last)
      end)

      it('lists findings for :lopen, and counts what one line has no room for', function()
        local got = run([[
          call setline(1, ['# Minutes of the meeting', '', 'Nothing was said.'])
          Protokol lint
          call Tell('list', map(getloclist(0), '[v:val.lnum, v:val.type]'))
          if has('nvim')
            redraw
            call Tell('more', join(map(luaeval('vim.diagnostic.get(0)'), 'v:val.user_data.more')))
          else
            call cursor(1, 3)
            doautocmd CursorMoved
            call Tell('more', matchstr(execute('lua print(require("protokol").editor.said)'), '+\d*'))
          endif
        ]])
        assert.truthy(#got.list > 3)
        for _, item in ipairs(got.list) do
          assert.equal(1, item[1])
        end
        assert.truthy(got.more:find(tostring(#got.list - 1), 1, true), got.more)
      end)

      it('speaks the language of the interface', function()
        local got = run([[
          call setline(1, ['# Minutes of the meeting', '', 'Nothing was said.'])
          call setenv('LC_ALL', 'ru_RU.UTF-8')
          redir => said
          silent Protokol lint
          silent Protokol actions
          silent Protokol stop
          silent Protokol explain time-misding
          redir END
          call Tell('said', said)
        ]])
        assert.truthy(got.said:find('предупреждений: ', 1, true), got.said)
        assert.truthy(got.said:find('поручений нет', 1, true))
        assert.truthy(got.said:find('ничего не выполняется', 1, true))
        assert.truthy(got.said:find('имелось в виду "time-missing"?', 1, true))
      end)
    end)

    describe('live checks', function()
      local function live(name, text, steps)
        drive.write(home .. '/notes/' .. name, text)
        return run(
          "let g:protokol = {'delay': 20}\nfiletype on\nedit "
            .. name
            .. "\ncall Steps([['', 300],\n"
            .. steps:gsub('%s+$', '')
            .. '\n\\ ])',
          { live = true, home = home }
        )
      end

      it('follow the text', function()
        local got = live(
          'a.md',
          minutes,
          [[
              \ [{-> Tell('first', map(Shown(), 'v:val[3]'))}, 1],
              \ ["GA von {{wem}}\<Esc>", 300],
              \ [{-> Tell('then', map(Shown(), 'v:val[3]'))}, 1],
              \ ["u", 300],
              \ [{-> Tell('last', map(Shown(), 'v:val[3]'))}, 1],
        ]]
        )
        assert.truthy(table.concat(got.first, ' '):find('action%-owner'))
        assert.falsy(table.concat(got.first, ' '):find('placeholder%-left'))
        assert.truthy(table.concat(got['then'], ' '):find('placeholder%-left'))
        assert.same(got.first, got.last)
      end)

      it('say nothing of the line that is being typed until Insert mode is left', function()
        local got = live(
          'a.md',
          minutes,
          [[
              \ [{-> extend(g:protokol, {'update_in_insert': 1})}, 1], [":edit\<CR>", 300],
              \ ["Go- {{x}}", 300],
              \ [{-> Tell('typing', map(Shown(), 'v:val[3]'))}, 1],
              \ ["\<Esc>", 300],
              \ [{-> Tell('typed', map(Shown(), 'v:val[3]'))}, 1],
        ]]
        )
        assert.truthy(table.concat(got.typing, ' '):find('action%-owner'))
        assert.falsy(table.concat(got.typing, ' '):find('placeholder%-left'))
        assert.truthy(table.concat(got.typed, ' '):find('placeholder%-left'))
      end)

      it('leave a README alone until it is asked for', function()
        local got = live(
          'README.md',
          '# A program\n\nTODO: {{x}}\n',
          [[
              \ ["Go- {{y}}\<Esc>", 300],
              \ [{-> Tell('alone', len(Shown()))}, 1],
              \ [":Protokol lint live\<CR>", 300],
              \ [{-> Tell('asked', len(Shown()))}, 1],
        ]]
        )
        assert.equal(0, got.alone)
        assert.truthy(got.asked > 0)
      end)

      it('go on in a buffer that is read anew', function()
        local got = live(
          'a.md',
          minutes,
          [[
              \ [":edit!\<CR>", 300], ["GA von {{wem}}\<Esc>", 300],
              \ [{-> Tell('codes', map(Shown(), 'v:val[3]'))}, 1],
        ]]
        )
        assert.truthy(table.concat(got.codes, ' '):find('placeholder%-left'))
      end)

      it('rest after "off" until lint is asked for again', function()
        local got = live(
          'a.md',
          minutes,
          [[
              \ [":Protokol lint off\<CR>", 100], ["GA von {{wem}}\<Esc>", 300],
              \ [{-> Tell('off', len(Shown()))}, 1],
              \ [":Protokol lint\<CR>", 100], ["GA und {{wann}}\<Esc>", 300],
              \ [{-> Tell('on', map(Shown(), 'v:val[3]'))}, 1],
        ]]
        )
        local _, count = table.concat(got.on, ' '):gsub('placeholder%-left', '')
        assert.equal(0, got.off)
        assert.equal(2, count)
      end)

      it('begin when the plugin is loaded late', function()
        drive.write(home .. '/notes/a.md', minutes)
        local got = run(("let &rtp = '%s,' . &rtp\n"):format(drive.root) .. [[
          edit a.md
          call Steps([
              \ ['', 50], [":runtime plugin/protokol.vim\<CR>", 300],
              \ [{-> Tell('count', len(Shown()))}, 1],
              \ ])
        ]], { home = home, bare = true, live = true })
        assert.truthy(got.count > 0)
      end)

      it('load no Lua for other files, nor with `live` off', function()
        local got = run([[
          edit a.c
          call Tell('c', luaeval('package.loaded["protokol"] == nil and 1 or 0'))
          let g:protokol = {'live': 0}
          edit b.md
          call Tell('off', luaeval('package.loaded["protokol"] == nil and 1 or 0'))
          let g:protokol = {}
          edit c.md
          call Tell('on', luaeval('package.loaded["protokol"] == nil and 1 or 0'))
        ]])
        assert.same({ 1, 1, 0 }, { got.c, got.off, got.on })
      end)

      it('tell of a broken profile once, with its place, and editing goes on', function()
        drive.write(home .. '/notes/.protokol.yaml', 'profile: own\nextends: [\n')
        local got = live(
          'a.md',
          minutes,
          [[
              \ ["GA.\<Esc>", 200], ["GA.\<Esc>", 200],
              \ [{-> Tell('messages', execute('messages'))}, 1],
              \ [{-> Tell('last', getline('$'))}, 1],
        ]]
        )
        local _, count = got.messages:gsub('%.protokol%.yaml:%d+', '')
        assert.equal(1, count, got.messages)
        assert.equal('- [ ] größere Räume suchen bis 09.03.2026..', got.last)
      end)
    end)

    describe(':Protokol actions', function()
      it('lists the buffer in the quickfix window, with columns and places', function()
        drive.write(home .. '/notes/a.md', minutes)
        local got = run(
          [[
          edit a.md
          Protokol actions
          call Tell('window', getline(1, '$'))
          call Tell('kind', &buftype)
          call Tell('title', getqflist({'title': 1}).title)
          call Tell('items', getqflist())
          cfirst
          call Tell('at', [line('.'), col('.')])
        ]],
          { home = home }
        )
        assert.equal('quickfix', got.kind)
        assert.equal('actions in a.md', got.title)
        assert.same({ 13, 14, 15 }, keys_of(got.items, 'lnum'))
        assert.truthy(got.window[1]:find('^a.md|13| %[!%] 2026%-03%-06  Zoë                   '))
        assert.truthy(got.window[2]:find('^a.md|14| %[x%] 2026%-03%-01  Änne                  '))
        assert.truthy(got.window[3]:find('^a.md|15| %[!%] 2026%-03%-09                        '))
        assert.same({ 13, got.items[1].col }, got.at)
      end)

      it('reads folders while editing goes on', function()
        os.execute('mkdir ' .. drive.quote(home .. '/notes/two words'))
        drive.write(home .. '/notes/a.md', minutes)
        drive.write(home .. '/notes/two words/b.md', minutes)
        drive.write(home .. '/notes/README.md', '# A program\n\n- [ ] Ann: do this\n')
        local got = run(
          [[
          Protokol actions --open .
          call Tell('ended', Wait('getqflist({"title": 1}).title !~# "running"'))
          call Tell('window', getline(1, '$'))
          call Tell('title', getqflist({'title': 1}).title)
          call Tell('names', sort(map(getqflist(),
                \ 'fnamemodify(bufname(v:val.bufnr), ":t") . v:val.lnum')))
          cfirst
          call Tell('at', line('.'))
          cclose
          Protokol actions --owner Zoë two\ words/b.md
          call Wait('getqflist({"title": 1}).title !~# "running"')
          call Tell('one', map(getqflist(), 'v:val.lnum'))
        ]],
          { home = home }
        )
        assert.same({ 'a.md13', 'a.md15', 'b.md13', 'b.md15' }, got.names)
        assert.equal('actions: --open .', got.title)
        assert.equal(4, #got.window)
        assert.equal(13, got.at)
        assert.same({ 13 }, got.one)
      end)

      it('narrows the buffer as it is, unsaved', function()
        local got = run('call setline(1, ' .. vim_list(split(minutes)) .. ')\n' .. [[
          let buffer = bufnr('%')
          Protokol actions --done
          call Wait('getqflist({"title": 1}).title !~# "running"')
          call Tell('items', map(getqflist(), '[v:val.lnum, v:val.bufnr == buffer]'))
        ]])
        assert.equal(1, #got.items)
        assert.equal(14, got.items[1][1])
        assert.truthy(got.items[1][2] == 1 or got.items[1][2] == true)
      end)

      it('stops when it is told to', function()
        for i = 1, 400 do
          drive.write(('%s/notes/%d.md'):format(home, i), minutes)
        end
        local got = run(
          [[
          Protokol actions .
          Protokol stop
          call Tell('ended', Wait('getqflist({"title": 1}).title =~# "stopped"'))
          Protokol stop
          call Tell('messages', execute('messages'))
        ]],
          { home = home }
        )
        assert.truthy(got.ended == 1 or got.ended == true)
        assert.truthy(got.messages:find('nothing is running', 1, true))
      end)

      it('says what the program says of a path that is not there', function()
        local got = run([[
          Protokol actions nowhere.md
          call Wait('getqflist({"title": 1}).title !~# "running"')
          call Tell('messages', execute('messages'))
          Protokol actions --opne
          call Tell('option', execute('messages'))
        ]])
        assert.truthy(got.messages:find('nowhere.md', 1, true))
        assert.falsy(got.messages:find('protokol: protokol:', 1, true))
        assert.truthy(got.option:find('did you mean "--open"?', 1, true))
      end)

      it('runs nothing that a file is named after', function()
        local names =
          { 'a|!touch x|.md', '`touch x`.md', '$(touch x).md', '%.md', 'b\'"c.md', '-x.md' }
        for _, name in ipairs(names) do
          drive.write(home .. '/notes/' .. name, minutes)
        end
        local got = run(
          [[
          Protokol actions .
          call Wait('getqflist({"title": 1}).title !~# "running"')
          call Tell('count', len(getqflist()))
          cclose
          silent! cfirst
          for i in range(20)
            silent! cnext
          endfor
          call Tell('completed', len(getcompletion('Protokol actions ', 'cmdline')))
          for name in readdir('.')
            execute 'edit' fnameescape(name)
            Protokol lint
            Protokol actions
            Protokol outline
            silent! only
          endfor
          execute 'Protokol actions' escape('`touch x`.md', '\ ')
          call Wait('getqflist({"title": 1}).title !~# "running"')
          call Tell('one', len(getqflist()))
          call Tell('ran', filereadable('x'))
        ]],
          { home = home }
        )
        assert.equal(3 * #names, got.count)
        assert.equal(#names + 17, got.completed) -- and the words of filters
        assert.equal(3, got.one)
        assert.equal(0, got.ran)
      end)
    end)

    it('takes any bytes for text, and leaves them as they are', function()
      local bytes =
        '# Minutes \0x\r\n\n## Next \0 steps\n\n- [ ] A\0n: pay {{\0}} \xff\xfe\n- [ ] {{b\xc3}}'
      drive.write(home .. '/notes/odd.md', bytes)
      drive.write(home .. '/notes/empty.md', '')
      local got, printed = run(
        [[
        for name in ['odd.md', 'empty.md']
          execute 'edit' name
          for command in ['lint', 'explain', 'actions', 'decisions', 'outline', 'lint live', 'next']
            call Tell(name . ' ' . command, Try('Protokol ' . command))
            call feedkeys("\<C-\>\<C-n>", 'x')
            silent! only
            execute 'silent buffer' name
          endfor
          set nomodified
        endfor
        call Tell('messages', execute('messages'))
      ]],
        { home = home }
      )
      for name, value in pairs(got) do
        assert.truthy(
          name == 'ended' or name == 'messages' or value == '',
          name .. ': ' .. tostring(value)
        )
      end
      assert.falsy((got.messages .. printed):find('E%d+:'), got.messages .. printed)
      assert.equal(bytes, drive.read(home .. '/notes/odd.md'))
    end)

    it('lists decisions and sections', function()
      local got = run([[
        call setline(1, ['# Minutes', '', '## Decisions', '', '- The offer is accepted (5/2/1).', '',
              \ '## Next steps', '',
              \ '- [ ] Ann: pay', '', 'Risk: frost'])
        Protokol decisions
        call Tell('decisions', map(getqflist(), 'v:val.lnum'))
        call Tell('votes', getqflist()[0].text)
        cclose
        Protokol outline
        call Tell('outline', getline(1, '$'))
        call Tell('list', map(getloclist(0), 'v:val.lnum'))
      ]])
      assert.same({ 5 }, got.decisions)
      assert.equal('The offer is accepted (5/2/1). [5/2/1]', got.votes)
      assert.same({
        '    1| Minutes',
        '    3|   Decisions',
        '    7|   Next steps',
        '   11|     ! frost',
      }, got.outline)
      assert.same({ 1, 3, 7, 11 }, got.list)
    end)

    it('completes subcommands, profiles, languages, levels, rules and options', function()
      local got = run([[
        call Tell('all', getcompletion('Protokol ', 'cmdline'))
        call Tell('new', getcompletion('Protokol new ', 'cmdline'))
        call Tell('d', getcompletion('Protokol new ru d', 'cmdline'))
        call Tell('rules', getcompletion('Protokol explain action-', 'cmdline'))
        call Tell('lint', getcompletion('Protokol lint ', 'cmdline'))
        call Tell('options', getcompletion('Protokol actions --o', 'cmdline'))
        call Tell('sort', getcompletion('Protokol actions --sort ', 'cmdline'))
        call Tell('none', getcompletion('Protokol nonsense ', 'cmdline'))
      ]])
      assert.truthy(#got.all >= 11)
      local new = ' ' .. table.concat(got.new, ' ') .. ' '
      for _, word in ipairs({ 'negotiation', 'ru', 'en', 'de', 'brief', 'standard', 'detailed' }) do
        assert.truthy(new:find(' ' .. word .. ' ', 1, true), word)
      end
      assert.same({ 'de', 'detailed', 'date=' }, got.d)
      assert.truthy(table.concat(got.rules, ' '):find('action%-owner'))
      assert.same({ 'live', 'off' }, got.lint)
      assert.truthy(table.concat(got.options, ' '):find('%-%-owner'))
      assert.same({ 'due', 'owner', 'file' }, got.sort)
      assert.same({}, got.none)
    end)

    it('lists its subcommands and finds itself healthy', function()
      local got, printed = run([[
        call Tell('list', execute('Protokol'))
        call Tell('health', execute('Protokol health'))
        if has('nvim')
          checkhealth protokol
          call Tell('report', join(getline(1, '$'), "\n"))
        endif
      ]])
      local text = (got.list or '') .. (got.health or '') .. printed
      assert.truthy(text:find(':Protokol lint', 1, true))
      assert.truthy(text:find('the core reads a known sheet', 1, true), text)
      if got.report then
        assert.truthy(
          got.report:find('OK: the core reads a known sheet', 1, true)
            or got.report:find('OK the core reads a known sheet', 1, true),
          got.report
        )
        assert.falsy(got.report:find('ERROR', 1, true))
      end
    end)

    it('names an option that is wrong and goes on', function()
      local got = run([[
        let g:protokol = {'dealy': 5, 'max_findings': 'many'}
        call setline(1, ['# Minutes', '- {{x}}'])
        Protokol lint
        call Tell('messages', execute('messages'))
        call Tell('shown', len(Shown()))
      ]])
      assert.truthy(got.messages:find('did you mean "delay"?', 1, true))
      assert.truthy(got.messages:find('option "max_findings" is a number', 1, true))
      assert.truthy(got.shown > 0)
    end)

    it('has a help file with tags', function()
      local got = run(
        ([[
        call mkdir('doc')
        for name in ['protokol.txt', 'protokol.rux']
          call writefile(readfile(%s . '/doc/' . name), 'doc/' . name)
        endfor
        call Tell('error', Try('helptags doc'))
        call Tell('tags', map(readfile('doc/tags'), 'split(v:val, "\t")[0]'))
        call Tell('russian', map(readfile('doc/tags-ru'), 'split(v:val, "\t")[0]'))
        call Tell('subcommands', getcompletion('Protokol ', 'cmdline'))
      ]]):format("'" .. drive.root .. "'"),
        { home = home }
      )
      assert.equal('', got.error)
      local tags, russian = {}, {}
      for _, tag in ipairs(got.tags) do
        tags[tag] = true
      end
      for _, tag in ipairs(got.russian) do
        russian[tag] = true
      end
      for _, tag in ipairs({
        'protokol',
        ':Protokol',
        'protokol-options',
        'protokol-maps',
        'protokol-api',
      }) do
        assert.truthy(tags[tag], tag)
        assert.truthy(tag == 'protokol-api' or russian[tag] or russian[tag .. '@ru'], tag)
      end
      for _, name in ipairs(got.subcommands) do
        assert.truthy(tags[':Protokol-' .. name] and russian[':Protokol-' .. name], name)
      end
    end)

    describe('wherever it is installed', function()
      -- The plugin as an archive of it would be laid out.
      local function install(folder)
        os.execute(
          ('mkdir -p %s && cp -r plugin lua doc %s'):format(
            drive.quote(folder),
            drive.quote(folder)
          )
        )
        return folder
      end
      local script = [[
        call setline(1, ['# Minutes', '- {{x}}'])
        call Tell('error', Try('Protokol lint'))
        call Tell('shown', map(Shown(), 'v:val[3]'))
      ]]

      it('works from a folder with spaces, and from one given relatively', function()
        install(home .. '/my own plugins')
        local got = run(script, { home = home, root = home .. '/my own plugins' })
        assert.truthy(#got.shown > 0)
        install(home .. '/notes/here')
        got = run(
          'set rtp^=here\nruntime plugin/protokol.vim\n' .. script,
          { home = home, bare = true }
        )
        assert.truthy(#got.shown > 0)
      end)

      it('works as a package', function()
        install(home .. '/packs/pack/any/start/protokol')
        local got = run(
          'let &packpath = $HOME . "/packs"\npackloadall\n' .. script,
          { home = home, bare = true }
        )
        assert.truthy(#got.shown > 0)
      end)

      it('says how to build a core that is missing, and nothing more', function()
        local folder = install(home .. '/plain')
        os.execute('rm -f ' .. drive.quote(folder) .. '/lua/protokol/*.so')
        local got = run(
          [[
          edit a.md
          call setline(1, ['# Minutes', '- {{x}}'])
          for command in ['lint', 'new', 'actions', 'fix', 'explain', 'outline', 'next',
                \ 'health', 'lint live']
            execute 'Protokol' command
          endfor
          call Tell('messages', execute('messages'))
          call Tell('completed', getcompletion('Protokol new ', 'cmdline'))
          call Tell('lines', getline(1, '$'))
        ]],
          { home = home, root = folder }
        )
        assert.truthy(got.messages:find('run `make` in [^\n]*/plain'), got.messages)
        assert.falsy(got.messages:find('lua:%d+:'), got.messages)
        assert.same({ '# Minutes', '- {{x}}' }, got.lines)
      end)

      it('takes no core from the current folder', function()
        local folder = install(home .. '/plain')
        os.execute(
          ('cd %s && mkdir -p notes/protokol && mv plain/lua/protokol/*.so notes/protokol/'):format(
            drive.quote(home)
          )
        )
        local got = run(
          script .. "\ncall Tell('messages', execute('messages'))",
          { home = home, root = folder }
        )
        assert.equal(0, #got.shown)
        assert.truthy(got.messages:find('run `make`', 1, true), got.messages)
      end)
    end)
  end)
end

if drive.vim.there then
  it('asks a Vim of another encoding for UTF-8, and only when it is used', function()
    local got = drive.run(
      drive.vim,
      [[
      set encoding=latin1
      edit a.md
      call Tell('before', execute('messages'))
      Protokol lint
      call Tell('after', execute('messages'))
    ]]
    )
    assert.falsy(got.before:find('UTF-8', 1, true))
    assert.truthy(got.after:find('set encoding=utf-8', 1, true))
  end)
end

if drive.plain.there then
  describe(drive.plain.name, function()
    local home
    before_each(function()
      home = drive.enter()
      drive.write(home .. '/notes/a|!touch x|.md', minutes)
    end)
    after_each(function()
      drive.leave(home)
    end)

    it('lints and lists actions through the program', function()
      local got, printed = drive.run(
        drive.plain,
        [[
        execute 'edit' fnameescape('a|!touch x|.md')
        Protokol lint
        call Tell('done', Wait('!empty(getloclist(0))'))
        call Tell('found', map(getloclist(0), '[v:val.lnum, v:val.col, v:val.text]'))
        Protokol actions --open
        call Wait('!empty(getqflist())')
        call Tell('buffer', map(getqflist(), 'v:val.lnum'))
        cclose
        call setqflist([])
        Protokol actions .
        call Wait('!empty(getqflist())')
        call Tell('folder', map(getqflist(), 'v:val.text'))
        call Tell('ran', filereadable('x'))
      ]],
        { home = home }
      )
      assert.is_true(got.ended, printed)
      local owner
      for _, found in ipairs(got.found) do
        owner = owner or found[3]:find('[action-owner]', 1, true) and found
      end
      assert.same({ 15, 7 }, { owner[1], owner[2] })
      assert.same({ 13, 15 }, got.buffer)
      assert.equal(3, #got.folder)
      assert.truthy(got.folder[1]:find('^%[!%] 2026%-03%-06  Zoë '))
      assert.equal(0, got.ran)
    end)

    it('narrows and groups by the short words, and completes them', function()
      local got = drive.run(
        drive.plain,
        [[
        execute 'edit' fnameescape('a|!touch x|.md')
        Protokol actions open owner=zoë due<2030-01-01
        call Wait('!empty(getqflist())')
        call Tell('zoë', map(getqflist(), 'v:val.lnum'))
        cclose
        call setqflist([])
        Protokol actions group=owner .
        call Wait('!empty(getqflist())')
        call Tell('valid', map(getqflist(), 'v:val.valid'))
        call Tell('heading', getqflist()[0].text)
        cclose
        call setqflist([])
        Protokol actions group=file
        call Wait('!empty(getqflist())')
        call Tell('file', getqflist()[0].text)
        let g:protokol = {'author': 'Zoë'}
        cclose
        call setqflist([])
        Protokol actions mine
        call Wait('!empty(getqflist())')
        call Tell('mine', map(getqflist(), 'v:val.lnum'))
        call Tell('completed', getcompletion('Protokol actions gr', 'cmdline'))
      ]],
        { home = home }
      )
      assert.same({ 13 }, got['zoë'])
      assert.equal(0, got.valid[1])
      assert.truthy(got.heading:find('%(%d%)$'))
      assert.truthy(got.file:find('^a|!touch x|%.md %(%d%)$'), got.file)
      assert.same({ 13 }, got.mine)
      assert.same({ 'group=owner', 'group=due', 'group=file' }, got.completed)
    end)

    it('mends, goes from finding to finding and counts them', function()
      local got, printed = drive.run(
        drive.plain,
        [[
        call setline(1, ['# Minutes of the meeting', '', 'Date: 2099-03-02', '', '## Actions', '',
              \ '- [ ] send the contract', '', '## Decisions', '', '- The offer is accepted.'])
        let &undolevels = &undolevels
        call Tell('before', ProtokolStatusline())
        Protokol next finding
        Protokol lint
        call Wait('!empty(getloclist(0))')
        call Tell('status', ProtokolStatusline())
        5
        Protokol next finding
        call Tell('next', line('.'))
        Protokol previous finding
        call Tell('previous', line('.'))
        11
        normal! ma
        Protokol fix
        call Tell('messages', execute('messages'))
        Protokol fix all
        call Tell('mended', Wait('search("^## Next meeting", "nw")'))
        call Tell('mark', getline("'a"))
        call Tell('at', getline('.'))
        silent undo
        call Tell('undone', line('$'))
        set nomodified
      ]],
        { home = home }
      )
      assert.is_true(got.ended, printed)
      assert.equal('', got.before)
      assert.matches('^W%d+', got.status)
      assert.same({ 7, 1 }, { got.next, got.previous })
      assert.truthy(got.messages:find('`:Protokol lint` first', 1, true), got.messages)
      assert.truthy(got.messages:find('`:Protokol fix all`', 1, true), got.messages)
      assert.equal(1, got.mended)
      assert.equal('- The offer is accepted.', got.at)
      assert.equal('- The offer is accepted.', got.mark)
      assert.equal(11, got.undone)
    end)

    it('says what is missing for the rest', function()
      local got = drive.run(
        drive.plain,
        [[
        Protokol new
        call Tell('messages', execute('messages'))
        call Tell('completed', getcompletion('Protokol ', 'cmdline'))
      ]],
        { home = home }
      )
      assert.truthy(got.messages:find('needs Neovim or a Vim with Lua', 1, true))
      assert.same(
        { 'actions', 'decisions', 'fix', 'lint', 'next', 'previous', 'stop' },
        got.completed
      )
    end)
  end)
end
