-- Minutes that follow others, and words that go on by themselves, in Neovim and in Vim.
local drive = require('tests.editor.drive')

local before = [[
# Protokoll der Besprechung

Datum: 02.03.2026

## Teilnehmende

- Zoë Muster, Einkauf
- Änne Probe

## Aufgaben

- [ ] Zoë: Übergabe vorbereiten bis Freitag
- [x] Änne: Räume buchen
- Änne sucht größere Räume
]]

-- Some words come a moment later, so that the mode does not cover them.
local messages = [=[
function! Messages()
  sleep 120m
  return execute('messages')
endfunction
]=]

local function lines_of(text)
  local lines = {}
  for line in text:gmatch('([^\n]*)\n') do
    lines[#lines + 1] = line
  end
  return lines
end

for _, editor in ipairs(drive.both) do
  describe(editor.name, function()
    local home
    before_each(function()
      home = drive.enter()
    end)
    after_each(function()
      drive.leave(home)
    end)

    local function run(files, script)
      for name, text in pairs(files) do
        drive.write(home .. '/notes/' .. name, text)
      end
      local values, printed = drive.run(editor, messages .. script, { home = home })
      assert.is_true(values.ended, printed)
      assert.is_nil(printed:match('stack traceback'), printed)
      return values
    end

    describe(':Protokol new from=', function()
      it('carries over, and marks the old minutes in their buffer as one step', function()
        local got = run(
          { ['2026-03-02.md'] = before },
          [[
          edit 2026-03-09.md
          Protokol new from=2026-03-02.md
          call feedkeys("\<Esc>", 'x')
          call Tell('new', getline(1, '$'))
          call Tell('messages', Messages())
          hide buffer 2026-03-02.md
          call Tell('listed', [&buflisted, &modified])
          call Tell('marked', getline(1, '$'))
          undo
          call Tell('undone', getline(1, '$'))
        ]]
        )
        local new = table.concat(got.new, '\n')
        assert.truthy(new:find('lang: de', 1, true))
        assert.truthy(new:find('\n- Zoë Muster, Einkauf\n- Änne Probe\n', 1, true))
        local item = 'verantwortlich: Zoë, Frist: 06.03.2026 <!-- vom 02.03.2026 -->'
        assert.truthy(new:find(item, 1, true))
        assert.truthy(new:find('erledigt\n\n- Räume buchen — Änne\n', 1, true))
        local told = '2 open carried over from 2026-03-02.md, 1 closed; marked there, not yet'
        assert.truthy(got.messages:find(told, 1, true))
        assert.same({ 1, 1 }, got.listed)
        assert.equal('- [>] Zoë: Übergabe vorbereiten bis Freitag', got.marked[12])
        assert.equal('- Änne sucht größere Räume (übertragen)', got.marked[14])
        assert.same(lines_of(before), got.undone)
        assert.equal(before, drive.read(home .. '/notes/2026-03-02.md'))
      end)

      it('may be written as on the command line', function()
        local got = run(
          { ['2026-03-02.md'] = before, ['x.md'] = '' },
          [[
          edit 2026-03-09.md
          call Tell('files', getcompletion('Protokol new --from ', 'cmdline'))
          call Tell('one', getcompletion('Protokol new --from x', 'cmdline'))
          Protokol new --from 2026-03-02.md brief
          call feedkeys("\<Esc>", 'x')
          call Tell('new', join(getline(1, '$'), "\n"))
        ]]
        )
        assert.same({ '2026-03-02.md', 'x.md' }, got.files)
        assert.same({ 'x.md' }, got.one)
        assert.truthy(got.new:find('detail: brief', 1, true))
        assert.truthy(got.new:find('Übergabe vorbereiten', 1, true))
      end)

      it('carries nothing twice', function()
        local got = run(
          { ['2026-03-02.md'] = before },
          [[
          edit a.md
          Protokol new from=2026-03-02.md
          call feedkeys("\<Esc>", 'x')
          hide edit b.md
          Protokol new from=2026-03-02.md
          call feedkeys("\<Esc>", 'x')
          call Tell('messages', Messages())
          call Tell('lines', getline(1, '$'))
        ]]
        )
        assert.truthy(got.messages:find('0 open carried over', 1, true))
        assert.is_nil(table.concat(got.lines, '\n'):find('vorbereiten', 1, true))
      end)

      it('says what cannot be done, and inserts nothing', function()
        local got = run(
          { ['2026-03-02.md'] = before },
          [[
          Protokol new from=none.md
          call Tell('lines', getline(1, '$'))
          edit 2026-03-02.md
          Protokol new from=2026-03-02.md
          call Tell('same', getline(1, '$'))
          call Tell('messages', Messages())
        ]]
        )
        assert.truthy(got.messages:find('protokol: cannot read none.md', 1, true))
        assert.truthy(got.messages:find('open new ones first', 1, true))
        assert.same({ '' }, got.lines)
        assert.same(lines_of(before), got.same)
      end)

      it('leaves minutes unmarked that cannot be changed', function()
        local got = run(
          { ['2026-03-02.md'] = before },
          [[
          edit 2026-03-02.md
          setlocal nomodifiable
          hide edit 2026-03-09.md
          Protokol new from=2026-03-02.md
          call feedkeys("\<Esc>", 'x')
          call Tell('messages', Messages())
          call Tell('old', getbufline('2026-03-02.md', 1, '$'))
        ]]
        )
        assert.truthy(got.messages:find('2 open carried over', 1, true))
        assert.is_nil(got.messages:find('marked', 1, true))
        assert.same(lines_of(before), got.old)
      end)

      it('offers the newest earlier minutes of the series first', function()
        local files = {
          ['team-2026-02-02.md'] = before,
          ['team-2026-03-02.md'] = before,
          ['team-2026-04-06.md'] = before,
          ['board 2026-03-08.md'] = before,
          ['2026-03-08.md'] = '# A walk\n',
        }
        local got = run(
          files,
          [[
          edit team-2026-03-09.md
          call Tell('all', getcompletion('Protokol new ', 'cmdline')[0:1])
          call Tell('files', getcompletion('Protokol new from=b', 'cmdline'))
          Protokol new
          call feedkeys("\<Esc>", 'x')
          call Tell('messages', Messages())
        ]]
        )
        assert.equal('from=team-2026-03-02.md', got.all[1])
        assert.is_nil(got.all[2]:find('from', 1, true))
        assert.same({ 'from=board\\ 2026-03-08.md' }, got.files)
        local hint = 'team-2026-03-02.md has what was open: `:Protokol new from=`'
        assert.truthy(got.messages:find(hint, 1, true))
      end)
    end)

    describe('completion', function()
      local minutes = before:gsub('## Aufgaben.*', '## Aufgaben\n\n- [ ] Z\n- [ ] graben bis Fr\n')

      it('goes on with people and days where nothing else is set', function()
        local got = run(
          { ['2026-03-02.md'] = minutes },
          [[
          edit 2026-03-02.md
          call Tell('there', Wait('&omnifunc ==# "ProtokolComplete"'))
          call Tell('options', [&omnifunc, &completefunc])
          call cursor(12, 1)
          call feedkeys("A\<C-x>\<C-o>\<Esc>", 'x')
          call cursor(13, 1)
          call feedkeys("A\<C-x>\<C-u>\<Esc>", 'x')
          call Tell('lines', getline(12, 13))
        ]]
        )
        assert.equal(1, got.there)
        assert.same({ 'ProtokolComplete', 'ProtokolComplete' }, got.options)
        assert.same({ '- [ ] Zoë Muster', '- [ ] graben bis 06.03.2026' }, got.lines)
      end)

      it('leaves alone what the user has, and text that is no minutes', function()
        local got = run(
          { ['2026-03-02.md'] = minutes, ['a.md'] = '# A walk\n' },
          [[
          autocmd BufRead *.md setlocal omnifunc=syntaxcomplete#Complete
          edit 2026-03-02.md
          call Wait('&completefunc !=# ""')
          call Tell('own', [&omnifunc, &completefunc])
          edit a.md
          sleep 150m
          call Tell('none', [&omnifunc, &completefunc])
        ]]
        )
        assert.same({ 'syntaxcomplete#Complete', 'ProtokolComplete' }, got.own)
        assert.same({ 'syntaxcomplete#Complete', '' }, got.none)
      end)

      it('adds nothing where nothing fits', function()
        local got = run(
          { ['2026-03-02.md'] = minutes },
          [[
          edit 2026-03-02.md
          set omnifunc=ProtokolComplete
          call setline(12, '- [ ] Xaver')
          call cursor(12, 1)
          call feedkeys("A\<C-x>\<C-o>!\<Esc>", 'x')
          call Tell('line', getline(12))
        ]]
        )
        assert.equal('- [ ] Xaver!', got.line)
      end)
    end)
  end)
end
