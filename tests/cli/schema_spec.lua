-- protokol check --schema: the JSON Schema says of a file what the loader says.

local json = require('tests.support.json')
local run = require('tests.support.run')
local schema = require('tests.support.schema')

local sound = {
  '{"sections": []}',
  '{"extends": "negotiation", "detail": "brief", "language": "de"}',
  '{"sections": [{"id": "topics", "required": true, "body": {"brief": "x"}}]}',
  '{"sections": [{"id": "topics", "body": {"standard": {"en": "x", "de": "y"}}}]}',
  '{"sections": [{"id": "a", "required": ["brief"], "title": {"en": ["A", "B"]}}]}',
  '{"sections": [{"id": "a", "kind": "actions", "severity": {"brief": "off"}}]}',
  '{"extends": "meeting", "rules": {"action-owner": "off"}}',
  '{"extends": "meeting", "rules": {"sentence-length": {"max": {"brief": 20}}}}',
  '{"extends": "meeting", "rules": {"sentence-length": {"severity": "hint", "max": "30"}}}',
  '{"extends": "meeting", "rules": {"tone-hedge": {"words": {"en": ["sort of"]}}}}',
  '{"extends": "meeting", "rules": {"tone-hedge": {"except": ["could be"]}}}',
  '{"extends": "meeting", "aliases": {"Ann": ["A", "B"], "Bo": "C"}, "holidays": ["01-01"]}',
  '{"extends": "meeting", "labels": {"en": {"task": "Job"}}, "rules": null}',
}

local wrong = {
  '[]',
  '"meeting"',
  '{"sektions": []}',
  '{"sections": {}}',
  '{"sections": [{"title": "no id"}]}',
  '{"sections": [{"id": "a", "kind": "aktions"}]}',
  '{"sections": [{"id": "a", "required": "maybe"}]}',
  '{"sections": [{"id": "a", "required": ["short"]}]}',
  '{"sections": [{"id": "a", "severity": "fatal"}]}',
  '{"sections": [{"id": "a", "body": {"breif": "x"}}]}',
  '{"sections": [{"id": "a", "body": {"brief": {"en": ["x"]}}}]}',
  '{"extends": ["meeting"]}',
  '{"extends": "meeting", "detail": "long"}',
  '{"extends": "meeting", "rules": ["action-owner"]}',
  '{"extends": "meeting", "rules": {"action-ovner": "off"}}',
  '{"extends": "meeting", "rules": {"action-owner": "fatal"}}',
  '{"extends": "meeting", "rules": {"action-owner": {"max": 3}}}',
  '{"extends": "meeting", "rules": {"title-missing": {"words": ["a"]}}}',
  '{"extends": "meeting", "rules": {"sentence-length": {"max": -3}}}',
  '{"extends": "meeting", "rules": {"sentence-length": {"max": "many"}}}',
  '{"extends": "meeting", "rules": {"sentence-length": {"max": {"long": 3}}}}',
  '{"extends": "meeting", "labels": {"en": "Job"}}',
}

local function printed(kind)
  local got = run.protokol({ 'check', '--schema', kind or 'profile' })
  assert.equal('', got.err)
  assert.equal(0, got.status)
  return json.decode(got.out)
end

describe('protokol check --schema', function()
  after_each(run.tidy)

  for expected, cases in pairs({ [true] = sound, [false] = wrong }) do
    for _, case in ipairs(cases) do
      it((expected and 'takes ' or 'refuses ') .. case .. ' as the loader does', function()
        local folder = run.files({ ['ours.yaml'] = case .. '\n' })
        local got = run.protokol({ 'check', 'ours.yaml' }, { folder = folder })
        assert.equal(expected, got.status == 0, got.err)
        assert.equal(expected, schema.fits(printed(), json.decode(case)))
      end)
    end
  end

  it('describes languages, too', function()
    local language = printed('language')
    local months = '["a","b","c","d","e","f","g","h","i","j","k",["l","m"]]'
    for text, expected in pairs({
      ['{"language": "fr", "months": ' .. months .. '}'] = true,
      ['{"words": {"action": ["a"], "due": [["b"], ["c"]]}}'] = true,
      ['{"months": ["a"]}'] = false,
      ['{"words": {"actoin": ["a"]}}'] = false,
      ['{"dates": {"order": "day"}}'] = false,
    }) do
      local folder = run.files({ ['language/fr.yaml'] = text .. '\n' })
      local got = run.protokol({ 'check', 'language/fr.yaml' }, { folder = folder })
      assert.equal(expected, got.status == 0, text .. got.err)
      assert.equal(expected, schema.fits(language, json.decode(text)), text)
    end
  end)

  it('says of each key and rule what it is for', function()
    local properties = printed('profile').properties
    for key, value in pairs(properties) do
      assert(value.description and #value.description > 0, key)
    end
    for id, rule in pairs(properties.rules.properties) do
      assert(#rule.description > 0, id)
    end
    assert.is_table(properties.rules.properties['action-owner'])
  end)

  it('knows two kinds of files', function()
    local got = run.protokol({ 'check', '--schema', 'minutes' })
    assert.equal(2, got.status)
    assert.equal('', got.out)
  end)
end)
