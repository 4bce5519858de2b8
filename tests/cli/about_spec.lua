-- protokol rules, explain, profiles and check: what protokol knows and expects.

local json = require('tests.support.json')
local run = require('tests.support.run')
local protokol = run.protokol

describe('protokol rules', function()
  after_each(run.tidy)

  it('lists each rule with its severity and a summary', function()
    local got = protokol({ 'rules' })
    assert.equal(0, got.status)
    assert.matches('\naction%-owner%s+%l+%s+%S', '\n' .. got.out)
    local list = json.decode(protokol({ 'rules', '--format', 'json' }).out)
    local _, lines = got.out:gsub('\n', '')
    assert.equal(lines, #list)
    for _, rule in ipairs(list) do
      assert.not_equal('', rule.summary)
      assert.not_equal('', rule.help)
    end
  end)

  it('speaks the language it is asked for', function()
    assert.matches('[а-я]', protokol({ 'rules', '--lang', 'ru' }).out)
  end)
end)

describe('what is told of a rule', function()
  after_each(run.tidy)

  local settings = {
    ['.protokol.yaml'] = [[
profile: ours
extends: negotiation
rules:
  sentence-length: {severity: {brief: off, detailed: error}, max: {standard: 17}}
]],
  }

  local function rules(more)
    local words = { 'rules', '--format', 'json' }
    for _, word in ipairs(more or {}) do
      table.insert(words, word)
    end
    local map = {}
    local got = protokol(words, { folder = run.files(settings) })
    for _, rule in ipairs(json.decode(got.out)) do
      map[rule.id] = rule
    end
    return map
  end

  it('are its severity and options under the profile that holds', function()
    local rule = rules()['sentence-length']
    assert.equal('ours', rule.profile)
    assert.equal('standard', rule.detail)
    assert.equal('en', rule.language)
    assert.equal('info', rule.severity)
    assert.equal('info', rule.default_severity)
    assert.same(
      { { name = 'max', value = 17, brief = 25, standard = 17, detailed = 40 } },
      rule.options
    )
    assert.equal('error', rules({ '--detail', 'detailed' })['sentence-length'].severity)
    assert.equal('negotiation', rules({ '--profile', 'negotiation' })['sentence-length'].profile)
  end)

  it('is whether it may offer a mend', function()
    assert.is_true(rules()['section-missing'].mends)
    assert.is_false(rules()['action-owner'].mends)
    local out = protokol({ 'rules' }).out
    assert.matches('\nsection%-missing +%l+ +fix +%S', out)
    assert.matches('\nsentence%-length +info +max=30 +%S', out)
  end)

  it('is said in three languages, each option among it', function()
    for _, language in ipairs({ 'en', 'ru', 'de' }) do
      for id, rule in pairs(rules({ '--lang', language })) do
        local told = protokol({ 'explain', id, '--lang', language }).out
        assert.matches(rule.summary, told, 1, true)
        assert.matches('\n  severity: ' .. rule.severity .. ' (brief ', told, 1, true)
        for _, option in ipairs(rule.options) do
          assert.matches('`' .. option.name .. '`', rule.help, 1, true, language .. ' ' .. id)
          assert.matches('\n  ' .. option.name .. ': %d+ %(brief %d+, standard %d+', told)
        end
      end
    end
  end)

  it('is its setting at each level', function()
    local got = protokol({ 'explain', 'sentence-length' }, { folder = run.files(settings) })
    assert.matches(
      '\n  severity: info (brief off, standard info, detailed error)\n',
      got.out,
      1,
      true
    )
    assert.matches('\n  max: 17 (brief 25, standard 17, detailed 40)\n', got.out, 1, true)
  end)
end)

describe('protokol explain', function()
  after_each(run.tidy)

  it('tells why a rule is there', function()
    local got = protokol({ 'explain', 'action-owner', 'action-due' })
    assert.equal(0, got.status)
    assert.matches('^action%-owner %(%l+%)\n%S[^\n]+\n\n%S', got.out)
    assert.matches('\n\naction%-due %(%l+%)\n', got.out)
  end)

  it('suggests the rule that was meant, and explains the rest', function()
    local got = protokol({ 'explain', 'action-ovner', 'action-due' })
    assert.equal(2, got.status)
    assert.equal('protokol: unknown rule "action-ovner": did you mean "action-owner"?\n', got.err)
    assert.matches('^action%-due', got.out)
    assert.equal('protokol: unknown rule "xyzzy"\n', protokol({ 'explain', 'xyzzy' }).err)
  end)
end)

describe('protokol profiles', function()
  after_each(run.tidy)

  it('lists what is built in and what the project has', function()
    local folder = run.files({
      ['.protokol.yaml'] = 'profile: site-visit\nname: {en: Site visit}\nsections: []\n',
    })
    local got = protokol({ 'profiles' }, { folder = folder })
    assert.equal('', got.err)
    assert.equal(0, got.status)
    assert.matches('negotiation%s+%S[^\n]*built in\n', got.out)
    assert.matches('site%-visit%s+Site visit%s+[^\n]*%.protokol%.yaml\n', got.out)
    local list = json.decode(protokol({ 'profiles', '--format', 'json', '--lang', 'ru' }).out)
    local names = {}
    for _, profile in ipairs(list) do
      names[profile.id] = profile.name
    end
    assert.equal('Рабочая встреча', names.meeting)
  end)
end)

describe('protokol check', function()
  after_each(run.tidy)

  it('accepts a sound profile', function()
    local folder = run.files({ ['ours.yaml'] = 'profile: ours\nname: {en: Ours}\nsections: []\n' })
    local got = protokol({ 'check', 'ours.yaml' }, { folder = folder })
    assert.equal('', got.err)
    assert.equal('ours.yaml: fine\n', got.out)
    assert.equal(0, got.status)
  end)

  local mistakes = {
    ['no YAML'] = 'sections: [\n',
    ['an unknown key'] = 'profile: ours\nsektions: []\n',
    ['a key twice'] = 'profile: ours\nprofile: yours\n',
    ['a rule there is not'] = 'profile: ours\nrules: {action-ovner: off}\n',
    ['a severity there is not'] = 'profile: ours\nrules: {action-owner: fatal}\n',
  }
  for what, yaml in pairs(mistakes) do
    it('gives the place of ' .. what, function()
      local folder = run.files({ ['ours.yaml'] = yaml })
      local got = protokol({ 'check', 'ours.yaml' }, { folder = folder })
      assert.equal(2, got.status)
      assert.matches('^ours%.yaml:%d+:%d+: [^\n]+\n$', got.err)
      assert.equal('', got.out)
    end)
  end

  -- The program takes its own files as sound: it is here that they are looked at.
  it('accepts what is built in', function()
    local files = {}
    for path in
      run.shell('ls csrc/profile/builtin/*.yaml csrc/profile/language/*.yaml'):gmatch('%S+')
    do
      local name = path:match('profile/(.*)'):gsub('^builtin/', '')
      files[name] = run.read(path)
    end
    local folder = run.files(files)
    for name in pairs(files) do
      local got = protokol({ 'check', name }, { folder = folder })
      assert.equal('', got.err)
      assert.equal(name .. ': fine\n', got.out)
    end
  end)

  it('checks a language by the folder it is in', function()
    local folder = run.files({ ['language/xx.yaml'] = 'language: xx\nsektions: {}\n' })
    local got = protokol({ 'check', 'language/xx.yaml' }, { folder = folder })
    assert.equal(2, got.status)
    assert.matches('^language/xx%.yaml:2:1: ', got.err)
  end)

  describe('of a file that extends one of the user', function()
    local function check(files, path)
      local folder = run.files(files)
      local environment = 'XDG_CONFIG_HOME=' .. run.quote(folder)
      return protokol({ 'check', path }, { folder = folder, environment = environment })
    end

    local base = 'sections: []\nlanguage: xx\n'
    local language = 'language: xx\n'

    it('accepts it', function()
      local got = check({
        ['protokol/house.yaml'] = base,
        ['protokol/language/xx.yaml'] = language,
        ['protokol/broken.yaml'] = 'sections: [\n',
        ['ours.yaml'] = 'extends: house\n',
      }, 'ours.yaml')
      assert.equal('', got.err)
      assert.equal('ours.yaml: fine\n', got.out)
    end)

    it('accepts it among the files of the user itself', function()
      local got = check({
        ['protokol/house.yaml'] = 'extends: roof\n',
        ['protokol/roof.yaml'] = 'sections: []\n',
      }, 'protokol/house.yaml')
      assert.equal('', got.err)
    end)

    it('that is broken hides nothing of what is built in', function()
      local folder =
        run.files({ ['protokol/broken.yaml'] = 'sections: [\n', ['a.md'] = run.minutes })
      local options = { folder = folder, environment = 'XDG_CONFIG_HOME=' .. run.quote(folder) }
      for command, word in pairs({ profiles = 'negotiation', rules = 'action%-owner' }) do
        local got = protokol({ command }, options)
        assert.equal(2, got.status)
        assert.matches('/protokol/broken%.yaml:%d+:%d+: ', got.err)
        assert.matches(word, got.out)
      end
      local lint = protokol({ 'lint', 'a.md' }, options)
      assert.equal(2, lint.status)
      assert.equal('', lint.out)
    end)

    it('tells what is wrong with the base', function()
      local got = check({
        ['protokol/house.yaml'] = 'extends: roof\n',
        ['ours.yaml'] = 'extends: house\n',
      }, 'ours.yaml')
      assert.equal(2, got.status)
      assert.matches('/protokol/house%.yaml:1:10: no profile "roof"\n$', got.err)
    end)

    it('refuses two that extend each other', function()
      local got = check({
        ['protokol/house.yaml'] = 'extends: roof\n',
        ['protokol/roof.yaml'] = 'extends: house\n',
      }, 'protokol/roof.yaml')
      assert.equal(2, got.status)
      assert.matches('extends itself in the end', got.err)
    end)
  end)

  it('checks the rest after a file that is not there', function()
    local folder = run.files({ ['ours.yaml'] = 'profile: ours\nsections: []\n' })
    local got = protokol({ 'check', 'none.yaml', 'ours.yaml' }, { folder = folder })
    assert.equal(2, got.status)
    assert.equal('protokol: none.yaml: No such file or directory\n', got.err)
    assert.equal('ours.yaml: fine\n', got.out)
  end)
end)
