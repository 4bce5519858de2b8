-- Files of a house's own rules: what may be read, what is named where it cannot be run.

local json = require('tests.support.json')
local run = require('tests.support.run')
local protokol = run.protokol

local sheet = '# Team meeting\n\nWe saw the draft.\n'
local rule = 'extends: existence\nmessage: "no %s"\ntokens: [draft]\n'

local function lint(files, ...)
  files['m.md'] = files['m.md'] or sheet
  return protokol({ 'lint', '--format', 'jsonl', ... }, { folder = run.files(files) })
end

local function found(got, id)
  local count = 0
  for _, finding in ipairs(json.lines(got.out)) do
    count = count + (finding.rule == id and 1 or 0)
  end
  return count
end

describe('styles', function()
  after_each(run.tidy)

  for what, name in pairs({
    ['above the folder'] = '../House',
    ['anywhere'] = '/etc',
    ['at home'] = '~/House',
    ['above it, by a detour'] = 'House/../../House',
  }) do
    it('of a project are not read ' .. what, function()
      local got = lint({ ['.protokol.yaml'] = 'styles: [' .. name .. ']\n' }, 'm.md')
      assert.equal(2, got.status)
      assert.matches('%.protokol%.yaml:1:10: "[^"]+" leads out of the folder', got.err)
    end)
  end

  it('of a project are not read through a link', function()
    local away = run.files({ ['Rule.yml'] = rule })
    local folder = run.files({ ['.protokol.yaml'] = 'styles: House\n', ['m.md'] = sheet })
    run.shell('ln -s ' .. run.quote(away) .. ' ' .. run.quote(folder .. '/House'))
    local got = protokol({ 'lint', 'm.md' }, { folder = folder })
    assert.equal(2, got.status)
    assert.matches('is a link out of the folder', got.err)
  end)

  it('of a user may lie in any folder', function()
    local away = run.files({ ['House/Rule.yml'] = rule })
    local home =
      run.files({ ['protokol/ours.yaml'] = 'extends: meeting\nstyles: ' .. away .. '\n' })
    local got = protokol(
      { 'lint', '--profile', 'ours', '--format', 'jsonl', 'm.md' },
      { folder = run.files({ ['m.md'] = sheet }), environment = 'XDG_CONFIG_HOME=' .. home }
    )
    assert.equal('', got.err)
    assert.equal(1, found(got, 'House.Rule'))
  end)

  local mistakes = {
    ['a kind there is not'] = { 'extends: existance\nmessage: x\n', '1:10: .*"existence"%?' },
    ['a key there is not'] = { 'extends: existence\nmessage: x\ntoken: a\n', '3:1: .*"tokens"%?' },
    ['a kind that is not run'] = { 'extends: script\nmessage: x\n', '1:10: .* cannot be run' },
    ['a level there is not'] = { rule .. 'level: warnin\n', '4:8: .*"warning"%?' },
    ['a scope there is not'] = { rule .. 'scope: headin\n', '4:8: .*"heading"%?' },
    ['a section there is not'] = { rule .. 'scope: section(agenta)\n', '4:8: .*"agenda"%?' },
    ['a lookbehind of any length'] = {
      'extends: existence\nmessage: x\ntokens: [ok, "(?<!a+)b"]\n',
      '3:14: .*nearest: ',
    },
    ['a class out of a class'] = {
      'extends: existence\nmessage: x\ntokens: ["[a-z-[aeiou]]"]\n',
      '3:10: .*nearest: %(%?!%[aeiou%]%)%[a%-z%]',
    },
    ['a block'] = {
      'extends: occurrence\nmessage: x\ntoken: "\\\\p{IsCyrillic}"\n',
      '3:8: .*nearest: \\p{Cyrillic}',
    },
    ['a bracket left open'] = {
      'extends: substitution\nmessage: x\nswap:\n  good: bad\n  "a(b": c\n',
      '5:3: ',
    },
    ['a name no formula knows'] = {
      'extends: metric\nmessage: x\nformula: wrods / 2\ncondition: "> 1"\n',
      '3:10: .*"words"%?',
    },
    ['what is no rule'] = { '- a\n- b\n', '1:1: ' },
    ['no YAML'] = { 'extends: [\n', '%d+:%d+: ' },
  }
  for what, example in pairs(mistakes) do
    it('name the place of ' .. what .. ', and the others run', function()
      local files = { ['.protokol.yaml'] = 'styles: House\n', ['House/Good.yml'] = rule }
      files['House/Bad.yml'] = example[1]
      local got = lint(files, 'm.md')
      assert.matches('/House/Bad%.yml:' .. example[2], got.err)
      assert.equal(1, found(got, 'House.Good'))
      assert.not_equal(2, got.status)
      local folder = run.files(files)
      assert.equal(2, protokol({ 'check', '.protokol.yaml' }, { folder = folder }).status)
      assert.matches('House%.Bad +not run', protokol({ 'rules' }, { folder = folder }).out)
    end)
  end

  it('turned off are not named', function()
    local got = lint({
      ['.protokol.yaml'] = 'styles: House\nrules: {House.Bad: off, House.Good: hint}\n',
      ['House/Bad.yml'] = 'extends: spelling\nmessage: x\n',
      ['House/Good.yml'] = rule,
    }, 'm.md')
    assert.equal('', got.err)
    assert.matches('"House.Good","severity":"hint"', got.out)
  end)

  it('are explained, with their link', function()
    local folder = run.files({
      ['.protokol.yaml'] = 'styles: House\n',
      ['House/Rule.yml'] = rule .. 'link: https://example.org/draft\n',
    })
    local got = protokol({ 'explain', 'House.Rule' }, { folder = folder })
    assert.matches('https://example.org/draft', got.out)
    assert.matches(
      'did you mean "House.Rule"',
      protokol({ 'explain', 'House.Rul' }, { folder = folder }).err
    )
  end)

  it('take a word of a vocabulary as it is written there', function()
    local got = lint({
      ['.protokol.yaml'] = 'vocab: words\n',
      ['words/accept.txt'] = '# ours\nGrünwerk\n',
      ['words/reject.txt'] = 'draft\n',
      ['m.md'] = '# Team meeting\n\nThe draft of grünwerk, and Grünwerk.\n',
    }, 'm.md')
    assert.equal(1, found(got, 'Vale.Avoid'))
    assert.equal(1, found(got, 'Vale.Terms'))
  end)

  it('of ten thousand words cost one walk', function()
    local words = {}
    for i = 1, 10000 do
      words[i] = '  - word' .. i .. 'x\n'
    end
    local lines = {}
    for i = 1, 10000 do
      local word = 'word' .. i .. (i % 10 == 0 and 'x' or 'y')
      lines[i] = 'This is sentence ' .. i .. ' with ' .. word .. ' in it.\n\n'
    end
    local got = lint({
      ['.protokol.yaml'] = 'styles: House\n',
      ['House/Many.yml'] = 'extends: existence\nmessage: "%s"\ntokens:\n' .. table.concat(words),
      ['m.md'] = '# Team meeting\n\n' .. table.concat(lines),
    }, 'm.md')
    assert.equal(1000, found(got, 'House.Many'))
  end)

  -- A repeat may run on from each of many starts, and no single one of them is too costly.
  for what, text in pairs({
    ['many words'] = ((('x'):rep(500) .. ' '):rep(400)),
    ['one long word'] = ('x'):rep(1000000),
  }) do
    it('that would take hours over ' .. what .. ' are given up, and named', function()
      local function style(pattern)
        return 'extends: existence\nmessage: "%s"\nraw: [\'' .. pattern .. "']\n"
      end
      local got = protokol({ 'lint', '--format', 'jsonl', 'm.md' }, {
        folder = run.files({
          ['.protokol.yaml'] = 'styles: House\n',
          ['House/Dear.yml'] = style([[(?:\w+\s)+[?=]|(\w+)\s\1\w[?!]|\w+(\w+)\w+[?!] ]]),
          ['House/Cheap.yml'] = style([[\bfool\w+|(?<=, )bar]]),
          ['m.md'] = '# Team meeting\n\n' .. text .. '\n\nfoolish, bar\n',
        }),
        within = 'timeout 20',
      })
      assert.equal(1, found(got, 'pattern-limit'), got.err)
      assert.equal(0, found(got, 'House.Dear'))
      assert.equal(2, found(got, 'House.Cheap'))
    end)
  end
end)
