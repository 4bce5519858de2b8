-- protokol lint --baseline: what is known stays hidden, what is new does not.

local run = require('tests.support.run')

local flawed = '# Minutes of negotiation\n\nDate: 2026-11-03\n\n## Next steps\n\n'
  .. '- [ ] Order the cables\n- [ ] Clean the hall\n'

local lint = run.command('lint', '--format', 'short', '--today', '2026-11-23')

--- A folder with these minutes and the baseline of what is found in them.
local function recorded(files)
  local folder = run.files(files)
  local got = lint({ '--write-baseline', 'known', '.' }, { folder = folder })
  return folder, got
end

describe('protokol lint --write-baseline', function()
  after_each(run.tidy)

  it('records instead of showing, and says how much', function()
    local folder, got = recorded({ ['a.md'] = flawed })
    assert.equal(0, got.status)
    assert.equal('', got.out)
    assert.matches('^protokol: %d+ findings recorded in known\n$', got.err)
    local text = run.read(folder .. '/known')
    assert.matches('^# protokol baseline 1', text)
    assert.matches('\n1\taction%-owner\t%x+\ta%.md\n', text)
  end)

  it('writes the same bytes for the same minutes, from wherever', function()
    local folder = recorded({ ['a.md'] = flawed, ['deep/b.md'] = flawed })
    local first = run.read(folder .. '/known')
    lint({ '--write-baseline', '../known', '../a.md', folder .. '/deep/../deep' }, {
      folder = folder .. '/deep',
    })
    assert.equal(first, run.read(folder .. '/known'))
    assert.matches('\tdeep/b.md\n', first, 1, true)
  end)

  it('says why it cannot', function()
    local folder = run.files({ ['a.md'] = flawed })
    local got = lint({ '--write-baseline', 'no/known', 'a.md' }, { folder = folder })
    assert.equal(2, got.status)
    assert.matches('protokol: no/known: ', got.err, 1, true)
  end)
end)

describe('protokol lint --baseline', function()
  after_each(run.tidy)

  it('hides what is known, though lines moved and were numbered anew', function()
    local folder = recorded({ ['a.md'] = flawed })
    local moved = flawed:gsub('## Next', '## Purpose\n\nTo talk of the fair.\n\n%0')
    run.write(folder .. '/a.md', (moved:gsub('%- %[ %]', '1. [ ]')))
    local got = lint({ '--baseline', 'known', 'a.md' }, { folder = folder })
    assert.equal('', got.out)
    assert.equal(0, got.status)
  end)

  it('shows what is new, and the second of what was known once', function()
    local folder = recorded({ ['a.md'] = flawed })
    run.write(folder .. '/a.md', flawed .. '- [ ] Clean the hall\n- [ ] Hire a band\n')
    local got = lint({ '--baseline', 'known', 'a.md' }, { folder = folder })
    assert.equal(1, got.status)
    assert.matches('a.md:9:%d+: [^\n]+%[action%-owner%]\n', got.out)
    assert.matches('a.md:10:%d+: [^\n]+%[action%-owner%]\n', got.out)
    assert.not_matches('a.md:[78]:', got.out)
    assert.equal('', got.err)
  end)

  it('tells of entries no longer needed, and takes them out when asked to', function()
    local folder = recorded({ ['a.md'] = flawed, ['b.md'] = flawed, ['c.md'] = flawed })
    run.write(folder .. '/a.md', (flawed:gsub('%- %[ %] Order[^\n]*\n', '')))
    os.remove(folder .. '/c.md')
    local got = lint({ '--baseline', 'known', 'a.md' }, { folder = folder })
    assert.matches('^protokol: %d+ entries of the baseline are no longer needed;', got.err)
    lint({ '--baseline', 'known', '--write-baseline', 'known', 'a.md' }, { folder = folder })
    local text = run.read(folder .. '/known')
    assert.matches('\tb.md\n', text, 1, true)
    assert.not_matches('\tc.md\n', text, 1, true)
    got = lint({ '--baseline', 'known', '.' }, { folder = folder })
    assert.equal('', got.out .. got.err)
  end)

  it('keeps what is hidden from being mended', function()
    local lacking = run.minutes:gsub('## Agreements.-\n(## Next)', '%1')
    local folder = recorded({ ['a.md'] = lacking })
    local got = lint({ '--fix', '--baseline', 'known', 'a.md' }, { folder = folder })
    assert.equal('', got.out .. got.err)
    assert.equal(lacking, run.read(folder .. '/a.md'))
  end)

  it('names the line that is no entry', function()
    local folder =
      run.files({ ['a.md'] = flawed, known = '# protokol\n\n1\taction-owner\tx\ta.md\n' })
    local got = lint({ '--baseline', 'known', 'a.md' }, { folder = folder })
    assert.equal(2, got.status)
    assert.equal('', got.out)
    assert.equal('protokol: known:3: no entry of a baseline\n', got.err)
    got = lint({ '--baseline', 'none', 'a.md' }, { folder = folder })
    assert.equal('protokol: none: No such file or directory\n', got.err)
  end)
end)

describe('protokol lint', function()
  after_each(run.tidy)

  it('shows so many findings, and says how many more there are', function()
    local all = lint({ '-' }, { stdin = flawed })
    local count = select(2, all.out:gsub('\n', ''))
    local got = lint({ '--max-findings', '2', '-' }, { stdin = flawed })
    assert.equal(2, select(2, got.out:gsub('\n', '')))
    assert.equal(1, got.status)
    assert.matches((count - 2) .. ' more findings are not shown', got.err, 1, true)
    assert.equal('', lint({ '--max-findings', tostring(count), '-' }, { stdin = flawed }).err)
    assert.equal(2, lint({ '--max-findings', 'two', '-' }, { stdin = flawed }).status)
  end)

  it('keeps quiet, but for the status', function()
    for _, format in ipairs({ 'text', 'json' }) do
      local got = lint({ '--quiet', '--format', format, '-' }, { stdin = flawed })
      assert.equal('', got.out .. got.err)
      assert.equal(1, got.status)
    end
  end)

  it('counts by rule and severity', function()
    local got = lint({ '--stats', '--quiet', '-' }, { stdin = flawed })
    assert.equal('', got.out)
    assert.matches('\n     2 warning  action%-owner\n', '\n' .. got.err)
    assert.matches('\n1 file, 8 lines, %d+ findings: 0 errors, %d+ warnings, ', got.err)
  end)
end)
