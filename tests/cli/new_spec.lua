-- protokol new: a template that is filled in from what is known.

local json = require('tests.support.json')
local run = require('tests.support.run')
local protokol = run.protokol

local new = run.command('new', '--today', '2026-11-23')

describe('protokol new', function()
  after_each(run.tidy)

  for _, language in ipairs({ 'en', 'ru', 'de' }) do
    for _, detail in ipairs({ 'brief', 'standard', 'detailed' }) do
      it(
        ('writes a %s template in %s that only waits to be filled in'):format(detail, language),
        function()
          local template = new({ '--lang', language, '--detail', detail })
          assert.equal('', template.err)
          assert.equal(0, template.status)
          assert.matches('{{[^{}]+}}', template.out)
          local lint = protokol({ 'lint', '--format', 'json', '-' }, { stdin = template.out })
          for _, finding in ipairs(json.decode(lint.out)) do
            assert.equal('placeholder-left', finding.rule)
          end
        end
      )
    end
  end

  it('differs by level of detail', function()
    local brief, detailed = new({ '--detail', 'brief' }), new({ '--detail', 'detailed' })
    assert.is_true(#brief.out < #detailed.out)
  end)

  it('writes the day as the language does', function()
    assert.matches('23.11.2026', new({ '--lang', 'ru' }).out, 1, true)
    assert.matches('24.12.2026', new({ '--lang', 'de', '--set', 'date=24.12.2026' }).out, 1, true)
  end)

  it('fills in what is set and who writes', function()
    local got = new({ '--lang', 'en', '--set', 'client=Birch & Co', '--set', 'place=room=2' })
    assert.matches('Birch & Co', got.out, 1, true)
    assert.matches('room=2', got.out, 1, true)
  end)

  it('refuses a value for what there is not', function()
    local got = new({ '--set', 'clent=Birch & Co' })
    assert.equal(2, got.status)
    assert.equal('', got.out)
    assert.equal(
      'protokol: --set: nothing is called "clent" here: did you mean "client"?\n',
      got.err
    )
    local far = new({ '--set', 'kunde=Birch & Co' }).err
    assert.matches(
      'nothing is called "kunde" here; there are date, time, place, client',
      far,
      1,
      true
    )
    local folder = run.files({ ['.protokol.yaml'] = 'head: "Budget: {{budget}}"\n' })
    local own = new({ '--set', 'budget=12' }, { folder = folder })
    assert.equal('', own.err)
    assert.matches('Budget: 12', own.out, 1, true)
  end)

  it('says which languages and profiles there are', function()
    assert.matches(
      'unknown language "xyzzy"; there are de, en, ru',
      new({ '--lang', 'xyzzy' }).err,
      1,
      true
    )
    local profile = new({ '--profile', 'whatever' }).err
    assert.matches(
      'unknown profile "whatever"; there are formal, meeting, negotiation',
      profile,
      1,
      true
    )
    assert.matches('unknown option "--wrong"\n', protokol({ 'lint', '--wrong', '-' }).err, 1, true)
    assert.matches('did you mean "--open"?', protokol({ 'actions', '--opne', '-' }).err, 1, true)
  end)

  it('takes the language of the user', function()
    local got = new({}, { environment = 'LC_ALL=ru_RU.UTF-8' })
    assert.equal(new({ '--lang', 'ru' }).out, got.out)
  end)

  it('takes from earlier minutes what stays the same', function()
    local folder = run.files({ ['before.md'] = run.minutes })
    local got = new({ '--from', 'before.md' }, { folder = folder })
    assert.equal('', got.err)
    assert.matches('Birch & Co', got.out, 1, true)
    assert.matches('Linden Street 4, room 2', got.out, 1, true)
    assert.not_matches('Date:%*%* 2026%-11%-03', got.out)
    assert.not_matches('spring catalogue', got.out, 1, true)
    local none = new({ '--from', 'none.md' })
    assert.equal(2, none.status)
    assert.equal('protokol: none.md: No such file or directory\n', none.err)
    assert.equal('', none.out)
  end)

  it('suggests the profile that was meant', function()
    local got = new({ '--profile', 'meting' })
    assert.equal(2, got.status)
    assert.matches('unknown profile "meting": did you mean "meeting"?', got.err, 1, true)
  end)
end)
