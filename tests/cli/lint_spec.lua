-- protokol lint: findings in each format, statuses, and profiles that stand in the way.

local json = require('tests.support.json')
local run = require('tests.support.run')

local flawed =
  '# Minutes of negotiation\n\nDate: 2026-11-03\n\n## Next steps\n\n- [ ] Order the cables\n'

local lint = run.command('lint', '--today', '2026-11-16')

describe('protokol lint', function()
  after_each(run.tidy)

  it('prints file:line:column: severity: message [rule]', function()
    local folder = run.files({ ['a.md'] = flawed })
    local got = lint({ '--format', 'short', 'a.md' }, { folder = folder })
    assert.equal(1, got.status)
    assert.equal('', got.err)
    assert.matches('a.md:7:%d+: %l+: [^\n]+ %[action%-owner%]\n', got.out)
    for line in got.out:gmatch('[^\n]+') do
      assert.matches('^a%.md:%d+:%d+: %l+: .+ %[[%l-]+%]$', line)
    end
  end)

  it('says nothing of minutes that are as they should be', function()
    local good = run.minutes:gsub('%- %[ %] Book a van\n', '')
    local got = lint({ '-' }, { stdin = good })
    assert.equal('', got.out)
    assert.equal(0, got.status)
  end)

  it('tells programs the same, with every member of the contract', function()
    local got = lint({ '--format', 'jsonl', '--stdin-name', 'a.md', '-' }, { stdin = flawed })
    assert.equal(1, got.status)
    local order = '^{"file":"a.md","line":%d+,"column":%d+,"end_line":%d+,"end_column":%d+,'
      .. '"rule":"[%l-]+","severity":"%l+","message":".+","fixes":%[.*%]}$'
    local count = 0
    for line in got.out:gmatch('[^\n]+') do
      assert.matches(order, line)
      count = count + 1
    end
    local list = json.decode(lint({ '--format', 'json', '-' }, { stdin = flawed }).out)
    assert.equal(count, #list)
    assert.is_true(count > 0)
  end)

  it('prints an empty list for nothing to say', function()
    local good = run.minutes:gsub('%- %[ %] Book a van\n', '')
    assert.equal('[]\n', lint({ '--format', 'json', '-' }, { stdin = good }).out)
    assert.equal('', lint({ '--format', 'jsonl', '-' }, { stdin = good }).out)
  end)

  it('fails from the severity on that it is told', function()
    assert.equal(1, lint({ '--fail-on', 'hint', '-' }, { stdin = flawed }).status)
    local off = lint({ '--fail-on', 'off', '-' }, { stdin = flawed })
    assert.equal(0, off.status)
    assert.not_equal('', off.out)
  end)

  it('suggests the profile that was meant', function()
    local got = lint({ '--profile', 'negotation', '-' }, { stdin = flawed })
    assert.equal(2, got.status)
    assert.equal('protokol: unknown profile "negotation": did you mean "negotiation"?\n', got.err)
    got = lint({ '--lang', 'rux', '-' }, { stdin = flawed })
    assert.equal(2, got.status)
    assert.matches('unknown language "rux"', got.err, 1, true)
  end)

  it('gives the place of a mistake in a profile, once, and does the rest', function()
    local folder = run.files({
      ['broken/.protokol.yaml'] = 'profile: ours\nsections: [\n',
      ['broken/a.md'] = flawed,
      ['broken/b.md'] = flawed,
      ['whole/c.md'] = flawed,
    })
    local got = lint({ '.' }, { folder = folder })
    assert.equal(2, got.status)
    assert.matches('^[^\n]*broken/%.protokol%.yaml:%d+:%d+: [^\n]+\n$', got.err)
    assert.matches('./whole/c.md:7:', got.out, 1, true)
    assert.not_matches('broken', got.out, 1, true)
  end)

  it('lets a project change a rule', function()
    local folder = run.files({
      ['.protokol.yaml'] = 'profile: negotiation\nrules: {action-owner: off}\n',
      ['a.md'] = flawed,
    })
    local got = lint({ 'a.md' }, { folder = folder })
    assert.equal('', got.err)
    assert.not_matches('[action-owner]', got.out, 1, true)
    assert.not_equal('', got.out)
  end)

  it('refuses a profile that speaks of a rule there is not', function()
    local folder = run.files({
      ['.protokol.yaml'] = 'profile: negotiation\nrules: {action-ovner: off}\n',
      ['a.md'] = flawed,
    })
    local got = lint({ 'a.md' }, { folder = folder })
    assert.equal(2, got.status)
    assert.matches('%.protokol%.yaml:2:%d+: .*action%-ovner', got.err)
  end)
end)
