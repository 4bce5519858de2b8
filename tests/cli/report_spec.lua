-- protokol lint --format: findings as people, editors and CI servers read them.
-- luacheck: std lua54+busted

local json = require('tests.support.json')
local run = require('tests.support.run')

local lint = run.command('lint', '--today', '2026-11-23')

-- Nobody owns the item, and no date is set for it.
local function item(words)
  return (run.minutes:gsub('%- %[ %] Book a van', (('- [ ] ' .. words):gsub('%%', '%%%%'))))
end

local function owner_lines(out)
  return out:match('(%S+:%d+:%d+: warning: nobody owns this action %[action%-owner%]\n.*)')
end

describe('protokol lint --format text', function()
  after_each(run.tidy)

  it('shows the line and a caret under the words', function()
    local got = lint({ '-' }, { stdin = item('Book a van') })
    assert.equal(
      '-:33:7: warning: nobody owns this action [action-owner]\n'
        .. '   33 | - [ ] Book a van\n'
        .. '      |       ^~~~~~~~~~\n',
      owner_lines(got.out)
    )
  end)

  it('puts the caret under wide letters, behind tabs and marks', function()
    local got = lint(
      { '-' },
      { stdin = item('会議 e\u{301}\tröm'):gsub('%- %[ %] 会', '-\t[ ] 会') }
    )
    assert.matches(
      '   33 | -   [ ] 会議 e\u{301}  röm\n      |         ^~~~~~~~~~~\n',
      got.out,
      1,
      true
    )
  end)

  it('shows a part of a line that is long', function()
    local got = lint({ '-' }, { stdin = item(('ähnlich '):rep(20000)) })
    for line in got.out:gmatch('[^\n]+') do
      assert.is_true(utf8.len(line) < 140, line)
    end
    assert.matches('ähnlich …\n', got.out)
  end)

  it('shows no control characters', function()
    local got = lint({ '-' }, { stdin = item('ring \27[31m \255\1 the van') })
    assert.is_nil(got.out:find('[%z\1-\9\11-\31\127\255]'))
    assert.matches('ring ?[31m \u{FFFD}? the van', got.out, 1, true)
  end)

  local function coloured(arguments, environment)
    table.insert(arguments, '-')
    local got = lint(arguments, { stdin = item('Book a van'), environment = environment })
    return got.out:find('\27[', 1, true) ~= nil
  end

  it('has colour where it is wanted', function()
    assert.is_false(coloured({}))
    assert.is_false(coloured({}, 'TERM=xterm'))
    assert.is_false(coloured({ '--color', 'never' }))
    assert.is_true(coloured({ '--color', 'always' }, 'NO_COLOR=1'))
    assert.equal(2, lint({ '--color', 'mauve', '-' }).status)
  end)

  it('has colour on a terminal, unless NO_COLOR or TERM forbid it', function()
    local terminal = [[script -qec 'test -t 1 && echo yes' /dev/null </dev/null 2>/dev/null]]
    if not run.shell(terminal):find('yes') then
      return pending('no script(1) here, or no terminal for it')
    end
    local folder = run.files({ ['a.md'] = item('Book a van') })
    local function typed(environment)
      local command = ('env %s %s lint %s/a.md'):format(environment, run.program, folder)
      local out = run.shell('script -qec ' .. run.quote(command) .. ' /dev/null </dev/null')
      return out:find('\27[33m', 1, true) ~= nil
    end
    assert.is_true(typed('-u NO_COLOR TERM=xterm'))
    assert.is_true(typed('NO_COLOR= TERM=xterm'))
    assert.is_false(typed('NO_COLOR=1 TERM=xterm'))
    assert.is_false(typed('-u NO_COLOR TERM=dumb'))
  end)
end)

-- A name with all that formats must escape, and a person without a role by whom it is told.
local told = item('Book a van, 100%'):gsub(
  '| Anna Weber | head of sales |',
  '| Anna "A" < Weber > & \1\255 %%AB, us | |'
)
local strange = 'a, b:c%41 & ü.md'

local function strange_folder()
  return run.files({ [strange] = told })
end

describe('protokol lint --format github', function()
  after_each(run.tidy)

  it('escapes what GitHub would take for more', function()
    local got = lint({ '--format', 'github', strange }, { folder = strange_folder() })
    assert.equal(1, got.status)
    for line in got.out:gmatch('[^\n]+') do
      assert.matches(
        '^::%l+ file=a%%2C b%%3Ac%%2541 & ü%.md,line=%d+,endLine=%d+,[%w,=]*title=[%l-]+::.',
        line
      )
    end
    assert.matches(',title=person-role::', got.out, 1, true)
    assert.matches('%25AB', got.out, 1, true)
    assert.is_nil(got.out:find('[\1\255]'))
  end)

  it('knows three levels', function()
    local got = lint({ '--format', 'github', strange }, { folder = strange_folder() })
    assert.matches('::warning file=[^\n]*title=action%-owner', got.out)
    assert.matches('::notice file=[^\n]*title=person%-role', got.out)
  end)
end)

describe('protokol lint --format checkstyle', function()
  after_each(run.tidy)

  it('is XML whatever the names hold', function()
    local got = lint({ '--format', 'checkstyle', strange }, { folder = strange_folder() })
    assert.matches('^<%?xml version="1%.0" encoding="UTF%-8"%?>\n<checkstyle ', got.out)
    assert.matches('<file name="a, b:c%41 &amp; ü.md">', got.out, 1, true)
    assert.matches('&quot;A&quot; &lt; Weber &gt; &amp; \u{FFFD}\u{FFFD} %AB', got.out, 1, true)
    assert.matches(' source="protokol%.action%-owner"/>\n', got.out)
    assert.matches('</file>\n</checkstyle>\n$', got.out)
    assert.is_nil(got.out:find('[\1\255]'))
  end)

  it('is whole without any document', function()
    local got = lint({ '--format', 'checkstyle', '.' })
    assert.equal('', got.err)
    assert.matches('^<%?xml [^\n]+\n<checkstyle [^\n]+>\n</checkstyle>\n$', got.out)
  end)
end)

describe('protokol lint --format sarif', function()
  after_each(run.tidy)

  local function sarif(text, more, name)
    local words = { '--format', 'sarif', '--stdin-name', name or 'a.md', '-' }
    for _, word in ipairs(more or {}) do
      table.insert(words, 1, word)
    end
    local got = lint(words, { stdin = text })
    assert.equal('', got.err)
    local log = json.decode(got.out)
    assert.equal('2.1.0', log.version)
    assert.equal(1, #log.runs)
    return log.runs[1], got
  end

  local function by_rule(log, rule)
    local found = {}
    for _, result in ipairs(log.results) do
      if result.ruleId == rule then
        table.insert(found, result)
      end
    end
    return found
  end

  it('tells the rules in the language asked for, and which one each result is of', function()
    local log = sarif(told, { '--lang=ru' })
    local rules = log.tool.driver.rules
    assert.equal('ru', log.language)
    for _, rule in ipairs(rules) do
      assert.matches('[а-я]', rule.shortDescription.text, rule.id)
      assert.matches('[а-я]', rule.help.text, rule.id)
    end
    assert.is_true(#log.results > 0)
    for _, result in ipairs(log.results) do
      assert.equal(result.ruleId, rules[result.ruleIndex + 1].id)
    end
  end)

  it('counts columns in code points, as it declares', function()
    local text = '\u{FEFF}'
      .. item('🏢 Büro räumen'):gsub('Anna Weber | head of sales', 'Ünal 🏢 | ')
    local log = sarif(text)
    assert.equal('unicodeCodePoints', log.columnKind)
    local lines = {}
    for line in (text:gsub('^\u{FEFF}', '')):gmatch('([^\n]*)\n') do
      table.insert(lines, line)
    end
    local function words(result)
      local region = result.locations[1].physicalLocation.region
      local line = lines[region.startLine]
      assert.equal(region.startLine, region.endLine)
      return line:sub(
        utf8.offset(line, region.startColumn),
        utf8.offset(line, region.endColumn) - 1
      )
    end
    assert.equal('🏢 Büro räumen', words(by_rule(log, 'action-owner')[1]))
    assert.equal('Ünal 🏢', words(by_rule(log, 'person-role')[1]))
    local title = sarif('\u{FEFF}# Minutes of negotiation\n').results[1]
    assert.equal(3, title.locations[1].physicalLocation.region.startColumn)
  end)

  it('names files by URI', function()
    local function uri(name)
      return by_rule(sarif(told, nil, name), 'action-owner')[1].locations[1].physicalLocation.artifactLocation.uri
    end
    assert.equal('a%2C%20b%3Ac%2541%20%26%20%C3%BC.md', uri(strange))
    assert.equal('minutes/a.md', uri('./minutes/a.md'))
    assert.equal('file:///srv/a.md', uri('/srv/a.md'))
  end)

  it('offers mends as replacements', function()
    local lacking = run.minutes:gsub('## Agreements.-\n(## Next)', '%1')
    local result = by_rule(sarif(lacking), 'section-missing')[1]
    local change = result.fixes[1].artifactChanges[1]
    assert.not_equal('', result.fixes[1].description.text)
    assert.equal('a.md', change.artifactLocation.uri)
    local region = change.replacements[1].deletedRegion
    assert.equal(region.startColumn, region.endColumn)
    assert.matches('## Agreements reached\n', change.replacements[1].insertedContent.text, 1, true)
  end)

  it('knows a finding again where other lines have come before it, and two alike apart', function()
    local twice = item('Book a van\n- [ ] Book a van')
    local moved = twice:gsub('## Next steps', 'More was said.\n\n%0')
    local before, after =
      by_rule(sarif(twice), 'action-owner'), by_rule(sarif(moved), 'action-owner')
    assert.equal(2, #before)
    for i = 1, 2 do
      assert.same(before[i].partialFingerprints, after[i].partialFingerprints)
      assert.not_same(before[i].locations, after[i].locations)
    end
    assert.not_same(before[1].partialFingerprints, before[2].partialFingerprints)
    local other = by_rule(sarif(item('Rent a van')), 'action-owner')
    assert.not_same(before[1].partialFingerprints, other[1].partialFingerprints)
  end)

  it('tells how the run went', function()
    local good = run.minutes:gsub('%- %[ %] Book a van\n', '')
    for status, text in pairs({ [0] = good, [1] = told }) do
      local log, got = sarif(text)
      assert.equal(status, got.status)
      assert.same({ { executionSuccessful = true, exitCode = status } }, log.invocations)
    end
    local got = lint({ '--format', 'sarif', 'none.md' })
    assert.equal(2, got.status)
    local log = json.decode(got.out).runs[1]
    assert.same({ { executionSuccessful = false, exitCode = 2 } }, log.invocations)
    assert.same({}, log.results)
  end)

  it('is quick with many findings on one line', function()
    local line = ('{{ä}} '):rep(20000)
    local log = sarif('# Minutes of negotiation\n\n' .. line .. '\n')
    assert.is_true(#by_rule(log, 'placeholder-left') > 0)
  end)
end)
