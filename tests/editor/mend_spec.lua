-- Mending in Neovim and in Vim: what is chosen is made, and nothing else moves.
local drive = require('tests.editor.drive')

-- A function that makes edits: { line, column, end_line, end_column, text } each.
local prelude = [=[
function! Edit(edits) abort
  let edits = map(copy(a:edits), {_, v -> {'line': v[0], 'column': v[1], 'end_line': v[2],
        \ 'end_column': v[3], 'text': v[4]}})
  call luaeval('(function(edits)
        \ local protokol = require("protokol")
        \ protokol.apply(protokol.editor.buffer(), { { edits = protokol.editor.table(edits) } })
        \ end)(_A)', edits)
endfunction
]=]

for _, editor in ipairs(drive.both) do
  describe(editor.name .. ' mends:', function()
    local run, home = drive.at_home(editor, { prelude = prelude })

    it(
      'cursor, marks, folds and the other window stay on their text, and one undo takes it back',
      function()
        local got = run([=[
        call setline(1, map(range(1, 60), '"line " . v:val'))
        set nowrap
        setlocal foldmethod=manual scrolloff=0
        30,32fold
        split
        call cursor(50, 3)
        normal! zt
        let other = win_getid()
        wincmd w
        call cursor(40, 6)
        normal! ma
        let &undolevels = &undolevels
        let before = getline(1, '$')
        call Edit([[2, 1, 2, 1, "one\ntwo\n"], [5, 1, 5, 5, 'LINE'], [6, 1, 8, 1, ''], [40, 1, 40, 1, '- '],
              \ [45, 1, 46, 1, "x\ny\n"]])
        call Tell('cursor', [line('.'), col('.'), getline('.')])
        call Tell('mark', [line("'a"), getline("'a")])
        call Tell('fold', [foldclosed(30), foldclosedend(30)])
        call win_gotoid(other)
        call Tell('other', [getline('.'), col('.'), getline(line('w0'))])
        call Tell('edited', [getline(2), getline(3), getline(7), getline(8)])
        silent undo
        call Tell('undone', getline(1, '$') ==# before)
      ]=])
        assert.same({ 40, 8, '- line 40' }, got.cursor)
        assert.same({ 40, '- line 40' }, got.mark)
        assert.same({ 30, 32 }, got.fold)
        assert.same({ 'line 50', 3, 'line 50' }, got.other)
        assert.same({ 'one', 'two', 'LINE 5', 'line 8' }, got.edited)
        assert.truthy(got.undone == 1 or got.undone == true)
      end
    )

    it('a NUL beside the edit stays', function()
      drive.write(home .. '/notes/a.md', 'a\0b c\nd\0\n')
      run([=[
        edit a.md
        call Edit([[1, 5, 1, 6, 'x'], [2, 1, 2, 1, "new\n"]])
        write
      ]=])
      assert.equal('a\0b x\nnew\nd\0\n', drive.read(home .. '/notes/a.md'))
    end)

    -- Two findings on line 1, one of them with two mends to choose from; one on line 3.
    local stub = [=[
        call setline(1, ['the costs is to be told ASAP', '', 'the costs is high'])
        let &undolevels = &undolevels
        let g:finding = '{ line = %d, column = %d, end_line = %d, end_column = %d, rule = "%s",'
              \ . ' severity = "warning", message = "m", fixes = { %s } }'
        let g:fix = '{ title = "%s", choice = %s, edits = { { line = %d, column = %d, end_line = %d,'
              \ . ' end_column = %d, text = "%s" } } }'
        function! Stub(text)
          let list = []
          let text = a:text
          for line in [1, 3]
            let at = stridx(text[line - 1], 'is')
            if at >= 0
              let fix = printf(g:fix, 'are', 'false', line, at + 1, line, at + 3, 'are')
              call add(list, printf(g:finding, line, at + 1, line, at + 3, 'grammar', fix))
            endif
          endfor
          let at = stridx(text[0], 'ASAP')
          if at >= 0
            let fixes = map(['today', 'on Friday'],
                  \ 'printf(g:fix, v:val, "true", 1, at + 1, 1, at + 5, v:val)')
            let due = printf(g:finding, 1, at + 1, 1, at + 5, 'due', join(fixes, ', '))
            call insert(list, due, len(list) > 0 && stridx(text[0], 'is') >= 0)
          endif
          return '{' . join(list, ', ') . '}'
        endfunction
        lua local protokol = require('protokol')
              \ local load = loadstring or load
              \ protokol.findings_in = function(_, text)
              \ local lines = protokol.editor.call('split', text, '\\n', true)
              \ return load('return ' .. protokol.editor.call('Stub', lines))()
              \ end
              \ protokol.findings = function()
              \ return protokol.findings_in(nil, protokol.editor.text(protokol.editor.buffer()))
              \ end
    ]=]

    it('with "all", "!" or a range only what is certain', function()
      local got = run(stub .. [=[
        Protokol fix all
        call Tell('all', getline(1, '$'))
        Protokol fix all
        call Tell('said', execute('messages'))
        silent undo
        call Tell('undone', getline(1, '$'))
        Protokol fix!
        call Tell('bang', getline(1, '$'))
        silent undo
        1Protokol fix
        call Tell('range', getline(1, '$'))
        Protokol fix everything
        call Tell('word', execute('messages'))
      ]=])
      assert.same({ 'the costs are to be told ASAP', '', 'the costs are high' }, got.all)
      assert.truthy(got.said:find('wants you to choose', 1, true), got.said)
      assert.same({ 'the costs is to be told ASAP', '', 'the costs is high' }, got.undone)
      assert.same(got.all, got.bang)
      assert.same({ 'the costs are to be told ASAP', '', 'the costs is high' }, got.range)
      assert.truthy(got.word:find('not "everything"', 1, true))
    end)

    it('at the cursor what is chosen, after a look at what it changes', function()
      local got = run(stub .. [=[
        function! Window(text)
          if has('nvim')
            return len(filter(nvim_list_wins(), {_, w -> join(nvim_buf_get_lines(
                  \ nvim_win_get_buf(w), 0, -1, v:true), "\n") =~# a:text}))
          endif
          return len(filter(popup_list(), {_, id -> join(getbufline(winbufnr(id), 1, '$'), "\n") =~# a:text}))
        endfunction
        let g:window = 0
        if has('nvim')
          lua vim.ui.select = function(titles, options, chosen)
                \ vim.g.titles = titles
                \ vim.g.window = vim.fn.Window('+ the costs is to be told on Friday')
                \ vim.defer_fn(function() chosen(titles[2], 2) end, 10)
                \ end
          let keys = [":Protokol fix\<CR>", 200]
        else
          let keys = [":Protokol fix\<CR>j", 200]
        endif
        call Steps([["gg0fA", 100], keys,
              \ [{-> has('nvim') ? 0 : execute("let g:window = Window('+ the costs is to be told on Friday')")}, 1],
              \ [has('nvim') ? '' : "\<CR>", 200],
              \ [{-> Tell('chosen', getline(1, '$'))}, 1],
              \ [{-> Tell('window', g:window)}, 1],
              \ [{-> Tell('gone', Window('on Friday$'))}, 1],
              \ ["u", 100],
              \ [{-> Tell('undone', getline(1, '$'))}, 1],
              \ ])
      ]=], { live = true })
      assert.same({ 'the costs is to be told on Friday', '', 'the costs is high' }, got.chosen)
      assert.equal(1, got.window)
      assert.same({ 'the costs is to be told ASAP', '', 'the costs is high' }, got.undone)
    end)

    it('nothing where the choice is left alone', function()
      local got = run(stub .. [=[
        call Steps([["gg0fA", 100], [":Protokol fix\<CR>\<Esc>", 300],
              \ [{-> Tell('text', getline(1))}, 1],
              \ [{-> Tell('windows', has('nvim') ? len(nvim_list_wins()) : 1 + len(popup_list()))}, 1]])
      ]=], { live = true })
      assert.equal('the costs is to be told ASAP', got.text)
      assert.equal(1, got.windows)
    end)

    it('with "all" what the program mends, and nothing twice', function()
      local sample = [[
# Minutes of the meeting

Date: 2026-03-02

## Actions

- [ ] send the contract
- [ ] Ben: call {{who}} by 2026-02-30

## Decisions

- The offer is accepted.
]]
      drive.write(home .. '/notes/a.md', sample)
      local got = run([=[
        edit a.md
        silent Protokol fix all
        write! b.md
        silent Protokol fix all
        call Tell('again', getline(1, '$') ==# readfile('b.md'))
        silent undo
      ]=])
      os.execute(
        ('cd %s && %s lint --quiet --fix a.md >/dev/null'):format(
          drive.quote(home .. '/notes'),
          drive.quote(drive.root .. '/' .. (os.getenv('BUILD') or 'build') .. '/protokol')
        )
      )
      local program = drive.read(home .. '/notes/a.md')
      assert.not_equal(sample, program)
      assert.equal(program, drive.read(home .. '/notes/b.md'))
      assert.truthy(got.again == 1 or got.again == true)
    end)
  end)
end
