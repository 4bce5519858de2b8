-- protokol lint --fix: what is mended is mended whole, and nothing else changes.

local json = require('tests.support.json')
local run = require('tests.support.run')

-- Lacks its agreements and its closing words, which a template can put in.
local lacking = run.minutes:gsub('## Agreements.-\n(## Next)', '%1')

local fix = run.command('lint', '--fix', '--today', '2026-11-23')

describe('protokol lint --fix', function()
  after_each(run.tidy)

  it('mends, says what, and prints what remains', function()
    local folder = run.files({ ['a.md'] = lacking })
    local got = fix({ 'a.md' }, { folder = folder })
    assert.equal('', got.err)
    assert.matches('a%.md:%d+:%d+: mended: [^\n]+ %[section%-missing%]\n', got.out)
    assert.not_matches(': error: [^\n]*%[section%-missing%]', got.out)
    assert.matches('\n## Agreements reached\n', run.read(folder .. '/a.md'), 1, true)
    assert.equal('a.md', run.shell('ls -A ' .. folder))
  end)

  it('finds nothing more to mend the second time', function()
    local folder = run.files({ ['a.md'] = lacking })
    fix({ 'a.md' }, { folder = folder })
    local once = run.read(folder .. '/a.md')
    local got = fix({ 'a.md' }, { folder = folder })
    assert.not_matches('mended', got.out, 1, true)
    assert.equal(once, run.read(folder .. '/a.md'))
  end)

  it('keeps line ends, mode and what a link is', function()
    local folder = run.files({ ['real/a.md'] = (lacking:gsub('\n', '\r\n')) })
    os.execute(('chmod 640 %s/real/a.md && ln -s real/a.md %s/link.md'):format(folder, folder))
    local got = fix({ 'link.md' }, { folder = folder })
    assert.equal('', got.err)
    local text = run.read(folder .. '/real/a.md')
    assert.matches('\r\n## Agreements reached\r\n', text, 1, true)
    assert.is_nil(text:gsub('\r\n', ''):find('\n'))
    assert.equal('640', run.shell('stat -c %a ' .. folder .. '/real/a.md'))
    assert.equal('real/a.md', run.shell('readlink ' .. folder .. '/link.md'))
  end)

  it('does not touch a file that needs no mending', function()
    local good = run.minutes:gsub('%- %[ %] Book a van\n', '')
    local folder = run.files({ ['a.md'] = good })
    os.execute('touch -d 2020-01-01 ' .. folder .. '/a.md')
    assert.equal(0, fix({ 'a.md' }, { folder = folder }).status)
    assert.equal(good, run.read(folder .. '/a.md'))
    assert.matches('^2020', run.shell('stat -c %y ' .. folder .. '/a.md'))
  end)

  it('passes standard input on, mended', function()
    local got = fix({ '-' }, { stdin = lacking })
    assert.matches('^# Minutes of negotiation', got.out)
    assert.matches('\n## Agreements reached\n', got.out, 1, true)
    assert.not_matches('mended:', got.out, 1, true)
    assert.matches('mended:', got.err, 1, true)
  end)

  for what, tail in pairs({ ['code'] = '```\ncode\n', ['a comment'] = '<!-- later\n\n* x\n' }) do
    it('puts no section behind ' .. what .. ' that nobody closed', function()
      local open = '# Minutes of negotiation\n\nDate: 2026-11-03\n\n'
      local folder = run.files({ ['open.md'] = open .. tail })
      local got = fix({ 'open.md' }, { folder = folder })
      assert.matches('[section-missing]', got.out, 1, true)
      assert.equal(open .. tail, run.read(folder .. '/open.md'))
      local lint = run.protokol({ 'lint', '--format', 'jsonl', '-' }, { stdin = open .. tail })
      assert.not_matches('"edits":', lint.out, 1, true)
    end)
  end

  it('keeps records and what was mended apart', function()
    local folder = run.files({ ['a.md'] = lacking })
    local got = fix({ '--format', 'json', 'a.md' }, { folder = folder })
    assert.is_table(json.decode(got.out))
    assert.matches('a%.md:%d+:%d+: mended: ', got.err)
    local both = fix({ '--format', 'json', '-' }, { stdin = lacking })
    assert.equal(2, both.status)
    assert.equal('', both.out)
  end)

  it('leaves alone what it may not write', function()
    local nobody = run.as_nobody()
    if not nobody then
      return pending('root may write anything')
    end
    local folder = run.files({ ['a.md'] = lacking })
    os.execute(('chmod 444 %s/a.md; chmod 777 %s'):format(folder, folder))
    local got = fix({ 'a.md' }, { folder = folder, within = nobody })
    assert.equal(2, got.status)
    assert.equal('protokol: a.md: Permission denied\n', got.err)
    assert.equal(lacking, run.read(folder .. '/a.md'))
  end)

  it('leaves the file whole where the disk has no room', function()
    local long = lacking .. ('- A line of the archive that is there to take room.\n'):rep(100)
    local folder = run.files({ ['a.md'] = long })
    local command = ("cd '%s' && (ulimit -f 1; '%s' lint --fix a.md >/dev/null 2>err)"):format(
      folder,
      run.program
    )
    local _, how, status = os.execute(command)
    assert.equal('exit', how)
    assert.equal(2, status)
    assert.equal('protokol: a.md: File too large\n', run.read(folder .. '/err'))
    assert.equal(long, run.read(folder .. '/a.md'))
    assert.equal('a.md\nerr', run.shell('ls -A ' .. folder))
  end)

  it('leaves alone what is no file', function()
    local folder = run.folder()
    os.execute(('mkfifo %s/pipe; cat >%s/in <<"."\n%s.\n'):format(folder, folder, lacking))
    os.execute(('cat %s/in >%s/pipe &'):format(folder, folder))
    local got = fix({ 'pipe' }, { folder = folder })
    assert.equal(2, got.status)
    assert.matches('pipe: not a regular file, left as it is', got.err, 1, true)
    assert.equal('fifo', run.shell('stat -c %F ' .. folder .. '/pipe'))
  end)
end)

describe('protokol lint --diff', function()
  after_each(run.tidy)
  local diff = run.command('lint', '--diff', '--today', '2026-11-23')

  it('shows the changes and makes none', function()
    local folder = run.files({ ['a.md'] = lacking })
    local got = diff({ '--fix', 'a.md' }, { folder = folder })
    assert.equal(1, got.status)
    assert.equal('', got.err)
    assert.equal(lacking, run.read(folder .. '/a.md'))
    assert.matches(
      '--- a.md\n+++ a.md\n@@ -21,6 +21,12 @@\n \n Paper of 120 g was preferred over 90 g.\n'
        .. ' \n+## Agreements reached\n+\n',
      got.out,
      1,
      true
    )
    assert.matches(' ## Next steps\n \n - [ ] Anna Weber', got.out, 1, true)
    local same = diff({ '--stdin-name', 'a.md', '-' }, { stdin = lacking })
    assert.equal(got.out, same.out)
  end)

  it('marks a last line without its end', function()
    local open = lacking:gsub('\n## Closing.*', ''):gsub('%s+$', '')
    local got = diff({ '--profile', 'negotiation', '--detail', 'detailed', '-' }, { stdin = open })
    assert.matches(
      '-- [ ] Book a van\n\\ No newline at end of file\n+- [ ] Book a van\n+\n',
      got.out,
      1,
      true
    )
  end)

  it('has nothing to say where nothing can be mended', function()
    local good = run.minutes:gsub('%- %[ %] Book a van\n', '')
    local got = diff({ '-' }, { stdin = good })
    assert.equal('', got.out .. got.err)
    assert.equal(0, got.status)
  end)

  it('goes with text only', function()
    local got = diff({ '--format', 'json', '-' }, { stdin = lacking })
    assert.equal(2, got.status)
    assert.equal('', got.out)
  end)
end)
