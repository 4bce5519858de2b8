-- Which documents the paths of a command lead to.

local run = require('tests.support.run')

local prose = '# Shopping\n\nApples and pears.\n\n- [ ] buy plums\n'

-- The files that `actions` met, in order, each once.
local function files_of(got)
  local files, last = {}, nil
  for file in got.out:gmatch('"file":"([^"]*)"') do
    if file ~= last then
      table.insert(files, file)
    end
    last = file
  end
  return files
end

local actions = run.command('actions', '--format', 'jsonl')

describe('a path', function()
  after_each(run.tidy)

  it('that names a file is read whatever the file is', function()
    local folder = run.files({ ['list.org'] = prose })
    local got = actions({ 'list.org' }, { folder = folder })
    assert.equal(0, got.status)
    assert.same({ 'list.org' }, files_of(got))
  end)

  it('that names a folder leads to the minutes in it, in order', function()
    local folder = run.files({
      ['b.md'] = run.minutes,
      ['a.markdown'] = run.minutes,
      ['c/d.txt'] = run.minutes,
      ['c/e.protokol'] = run.minutes,
      ['f.rst'] = run.minutes,
      ['readme.md'] = prose,
      ['.hidden/g.md'] = run.minutes,
    })
    local got = actions({ '.' }, { folder = folder })
    assert.equal(0, got.status)
    assert.same({ './a.markdown', './b.md', './c/d.txt', './c/e.protokol' }, files_of(got))
    local all = actions({ '--all', folder .. '/' })
    assert.equal(folder .. '/readme.md', files_of(all)[5])
  end)

  it('that names a folder follows no link', function()
    local outside = run.files({ ['secret.md'] = run.minutes })
    local folder = run.files({ ['a.md'] = run.minutes })
    os.execute(
      ('ln -s %s %s/out; ln -s %s/secret.md %s/z.md; ln -s . %s/round'):format(
        outside,
        folder,
        outside,
        folder,
        folder
      )
    )
    local got = actions({ '.' }, { folder = folder })
    assert.equal(0, got.status)
    assert.same({ './a.md' }, files_of(got))
    assert.same({ folder .. '/z.md' }, files_of(actions({ folder .. '/z.md' })))
  end)

  it('that names a folder passes by what would block', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    os.execute('mkfifo ' .. folder .. '/pipe.md')
    assert.same({ './a.md' }, files_of(actions({ '.' }, { folder = folder })))
  end)

  it('of - is standard input', function()
    local got = actions({ '-' }, { stdin = run.minutes })
    assert.equal(0, got.status)
    assert.same({ '-' }, files_of(got))
    got = actions({ '--stdin-name', 'today.md', '-' }, { stdin = run.minutes })
    assert.same({ 'today.md' }, files_of(got))
  end)

  for name, list in pairs({ lines = 'b.md\r\n\na.md\n', NUL = 'b.md\0a.md\0' }) do
    it('may come from a list with ' .. name, function()
      local folder = run.files({ ['a.md'] = run.minutes, ['b.md'] = run.minutes })
      local got = actions({ '--files-from', '-' }, { folder = folder, stdin = list })
      assert.equal(0, got.status)
      assert.same({ 'b.md', 'a.md' }, files_of(got))
    end)
  end

  it('that leads nowhere is told, and the rest is done', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local got = actions({ 'none.md', 'a.md' }, { folder = folder })
    assert.equal(2, got.status)
    assert.equal('protokol: none.md: No such file or directory\n', got.err)
    assert.same({ 'a.md' }, files_of(got))
    local list = actions({ '--files-from', 'none.txt', 'a.md' }, { folder = folder })
    assert.equal(2, list.status)
    assert.same({ 'a.md' }, files_of(list))
  end)

  it('that may not be read is told, and the rest is done', function()
    local nobody = run.as_nobody()
    if not nobody then
      return pending('root may read anything')
    end
    local folder = run.files({ ['a.md'] = run.minutes, ['shut/b.md'] = run.minutes })
    os.execute(('chmod 0 %s/shut; chmod 755 %s'):format(folder, folder))
    local got = actions({ '.' }, { folder = folder, within = nobody })
    os.execute('chmod 700 ' .. folder .. '/shut')
    assert.equal(2, got.status)
    assert.equal('protokol: ./shut: Permission denied\n', got.err)
    assert.same({ './a.md' }, files_of(got))
  end)

  it('cannot steer the terminal through a message', function()
    local got = actions({ 'a\27[31m.md' })
    assert.equal(2, got.status)
    assert.matches('a?[31m.md: No such file', got.err, 1, true)
  end)

  it('that is named is left out with --only-minutes where it is no minutes', function()
    local folder = run.files({ ['a.md'] = run.minutes, ['b.md'] = '# Recipes\n\n- [ ] add salt\n' })
    local got = run.protokol({ 'actions', '--only-minutes', 'a.md', 'b.md' }, { folder = folder })
    assert.equal(0, got.status)
    assert.matches('^a%.md:', got.out)
    assert.not_matches('b.md', got.out, 1, true)
    local other = { 'lint', '--only-minutes', '-' }
    got = run.protokol(other, { stdin = '# Recipes\n\n- [ ] add salt\n' })
    assert.equal('', got.out)
    assert.equal(0, got.status)
  end)

  it('of standard input does not get lost with --only-minutes', function()
    local got = run.protokol({ 'lint', '--fix', '--only-minutes', '-' }, { stdin = '# Recipes\n' })
    assert.equal(2, got.status)
    assert.matches('does not go with', got.err)
  end)
end)
