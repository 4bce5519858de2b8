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
    local home
    before_each(function()
      home = drive.enter()
    end)
    after_each(function()
      drive.leave(home)
    end)

    local function run(script, options)
      options = options or {}
      options.home = home
      local values, printed = drive.run(editor, prelude .. script, options)
      assert.is_true(values.ended, printed)
      assert.is_nil(printed:match('stack traceback'), printed)
      return values, printed
    end

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
  end)
end
