-- Action items put to use, in Neovim and in Vim: filtered, grouped, marked as done.
local drive = require('tests.editor.drive')

local minutes = [[
# Minutes

Date: 2026-03-02

## Actions

- [ ] Zoë Groß: bake Plätzchen by 2026-03-06
- [x] Tom Reed: buy sugar by 2026-03-01
- [ ] Tom Reed: wash the größte pot by 2099-03-09

| Task | Owner | Status |
|------|-------|--------|
| sing | Zoë   | Open   |

TODO: Tom to wash up.
]]

for _, editor in ipairs(drive.both) do
  describe(editor.name .. ' puts action items to use:', function()
    local run, home = drive.at_home(editor, { files = { ['a.md'] = minutes } })

    it('filters by words', function()
      local got = run([[
        edit a.md
        function! Lines(words)
          execute 'Protokol actions' a:words
          call Wait('getqflist({"title": 1}).title !~# "running"')
          let lines = map(getqflist(), 'v:val.lnum')
          cclose
          return lines
        endfunction
        call Tell('umlaut', Lines('owner=ZOË'))
        call Tell('overdue', Lines('overdue'))
        call Tell('due', Lines('due<2026-03-06'))
        call Tell('sorted', Lines('sort=due open'))
        let g:protokol = {'author': 'Tom Reed'}
        call Tell('mine', Lines('mine open'))
        call Tell('paths', Lines('mine open a.md'))
        call Tell('completed', getcompletion('Protokol actions due<', 'cmdline'))
        call Tell('groups', getcompletion('Protokol actions group=', 'cmdline'))
      ]])
      assert.same({ 7, 13 }, got.umlaut)
      assert.same({ 7 }, got.overdue)
      assert.same({ 8 }, got.due)
      assert.same({ 7, 9, 13, 15 }, got.sorted)
      assert.same({ 9, 15 }, got.mine)
      assert.same({ 9, 15 }, got.paths)
      assert.same({ 'due<', 'due<=' }, got.completed)
      assert.same({ 'group=owner', 'group=due', 'group=file' }, got.groups)
    end)

    it('says what it does not understand', function()
      local got = run([[
        edit a.md
        Protokol actions opne
        Protokol actions due<soon
        Protokol actions nowhere=x
        Protokol decisions open
        call Tell('said', execute('messages'))
      ]])
      assert.matches('neither a filter nor a file - did you mean "open"?', got.said, 1, true)
      assert.matches('due< wants a day as YYYY-MM-DD', got.said, 1, true)
      assert.matches('there is no filter "nowhere=x"', got.said, 1, true)
      assert.matches('only action items have such', got.said, 1, true)
    end)

    it('groups under headings that lead nowhere', function()
      local got = run([[
        edit a.md
        Protokol actions group=owner
        call Tell('window', getline(1, '$'))
        call Tell('valid', map(getqflist(), 'v:val.valid'))
        cclose
        Protokol actions group=due open a.md
        call Wait('getqflist({"title": 1}).title !~# "running"')
        call Tell('paths', getline(1, '$'))
        cclose
        edit a.md
        Protokol actions group=file
        call Tell('file', getline(1))
      ]])
      assert.equal('Tom (1)', got.window[1])
      assert.same({ 0, 1, 0, 1, 1, 0, 1, 0, 1 }, got.valid)
      assert.equal('overdue (1)', got.paths[1])
      assert.truthy(got.paths[2]:find('Plätzchen', 1, true))
      assert.equal('later (1)', got.paths[3])
      assert.equal('no date (2)', got.paths[5])
      assert.equal('a.md (5)', got.file)
    end)

    it('has a map to mark items by', function()
      local got = run([[
        edit a.md
        nmap ,t <Plug>(protokol-toggle)
        xmap ,t <Plug>(protokol-toggle)
        7
        normal ,t
        call Tell('one', getline(7))
        normal ,t
        8
        execute "normal Vj,t"
        call Tell('lines', getline(7, 9))
      ]])
      assert.equal('- [x]', got.one:sub(1, 5))
      assert.equal('- [ ]', got.lines[1]:sub(1, 5))
      assert.equal('- [x]', got.lines[2]:sub(1, 5))
      assert.equal('- [x]', got.lines[3]:sub(1, 5))
    end)

    it('lists that are closed open again', function()
      local got = run([[
        edit a.md
        Protokol actions
        cclose
        copen
        call Tell('window', len(getline(1, '$')))
      ]])
      assert.equal(5, got.window)
    end)

    it('marks the item under the cursor, and undoes it in one step', function()
      local got = run([[
        edit a.md
        let before = getline(1, '$')
        for line in [7, 13, 15]
          execute line
          Protokol toggle
          let &undolevels = &undolevels
        endfor
        call Tell('done', map([7, 13, 15], 'getline(v:val)'))
        silent undo
        call Tell('one', map([7, 13, 15], 'getline(v:val)'))
        silent undo
        silent undo
        call Tell('undone', getline(1, '$') ==# before)
        7
        Protokol! toggle
        call Tell('cancelled', getline(7))
        Protokol toggle!
        call Tell('open', getline(7))
      ]])
      assert.same({
        '- [x] Zoë Groß: bake Plätzchen by 2026-03-06',
        '| sing | Zoë   | Done   |',
        'TODO: Tom to wash up. (done)',
      }, got.done)
      assert.same({ got.done[1], got.done[2], 'TODO: Tom to wash up.' }, got.one)
      assert.equal(1, got.undone == true and 1 or got.undone)
      assert.equal('- [-] Zoë Groß: bake Plätzchen by 2026-03-06', got.cancelled)
      assert.equal('- [ ] Zoë Groß: bake Plätzchen by 2026-03-06', got.open)
    end)

    it('marks a range, and undoes it in one step', function()
      local got = run([[
        edit a.md
        let before = getline(1, '$')
        7,9Protokol toggle
        call Tell('done', getline(7, 9))
        silent undo
        call Tell('undone', getline(1, '$') ==# before)
        %Protokol toggle
        call Tell('all', join(getline(1, '$'), "\n"))
        3
        Protokol toggle
      ]])
      assert.same({ '- [x]', '- [x]', '- [x]' }, {
        got.done[1]:sub(1, 5),
        got.done[2]:sub(1, 5),
        got.done[3]:sub(1, 5),
      })
      assert.equal(1, got.undone == true and 1 or got.undone)
      assert.is_nil(got.all:find('[ ]', 1, true))
      assert.truthy(got.all:find('| Done   |', 1, true))
      assert.truthy(got.all:find('wash up. (done)', 1, true))
    end)

    it('marks from the quickfix window, and leaves the file to be saved', function()
      local got = run([[
        cd ..
        Protokol actions notes/a.md
        call Tell('ended', Wait('getqflist({"title": 1}).title !~# "running"'))
        3
        Protokol toggle
        call Tell('window', getline(1, '$'))
        call Tell('at', [line('.'), &buftype])
        call Tell('title', getqflist({'title': 1}).title)
        let buffer = getqflist()[2].bufnr
        call Tell('line', getbufline(buffer, 9)[0])
        call Tell('modified', getbufvar(buffer, '&modified'))
        call Tell('listed', buflisted(buffer))
        4
        Protokol toggle
        call Tell('row', getbufline(buffer, 13)[0])
        call setbufvar(buffer, '&undolevels', &undolevels)
        1,2Protokol! toggle
        call Tell('two', getbufline(buffer, 7, 8))
        wincmd p
        execute 'buffer' buffer
        silent undo
        call Tell('undone', getline(7, 8))
        call Tell('kept', getline(13))
        set nomodified
      ]])
      assert.truthy(got.window[3]:find('[x] 2099-03-09', 1, true))
      assert.truthy(got.window[1]:find('[!] 2026-03-06', 1, true))
      assert.same({ 3, 'quickfix' }, got.at)
      assert.equal('actions: notes/a.md', got.title)
      assert.equal('- [x] Tom Reed: wash the größte pot by 2099-03-09', got.line)
      assert.same({ 1, 1 }, { got.modified, got.listed })
      assert.equal('| sing | Zoë   | Done   |', got.row)
      assert.same({ '- [-]', '- [-]' }, { got.two[1]:sub(1, 5), got.two[2]:sub(1, 5) })
      assert.same({ '- [ ]', '- [x]' }, { got.undone[1]:sub(1, 5), got.undone[2]:sub(1, 5) })
      assert.equal('| sing | Zoë   | Done   |', got.kept)
      assert.equal(minutes, drive.read(home .. '/notes/a.md'))
    end)

    it('marks in files whatever they are called', function()
      local name = "a b'c|d%#$(touch x)`touch y`.md"
      drive.write(home .. '/notes/' .. name, minutes)
      os.remove(home .. '/notes/a.md')
      local got = run([[
        Protokol actions open .
        call Wait('getqflist({"title": 1}).title !~# "running"')
        1
        Protokol toggle
        let buffer = getqflist()[0].bufnr
        call Tell('line', getbufline(buffer, 7)[0])
        call Tell('name', fnamemodify(bufname(buffer), ':t'))
        call Tell('files', len(glob('*', 1, 1)))
        wincmd p
        execute 'buffer' buffer
        set nomodified
      ]])
      assert.equal('- [x]', got.line:sub(1, 5))
      assert.equal(name, got.name)
      assert.equal(1, got.files)
    end)

    it('says so where there is nothing to mark, or nothing may be changed', function()
      local got = run([[
        edit a.md
        1
        Protokol toggle
        set nomodifiable
        7
        Protokol toggle
        call Tell('said', execute('messages'))
      ]])
      assert.matches('no item to mark here', got.said, 1, true)
      assert.matches('this buffer cannot be changed', got.said, 1, true)
    end)
  end)
end
