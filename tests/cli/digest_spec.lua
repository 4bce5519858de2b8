-- The digest of minutes, made anew with standard tools by the recipe that the help gives.

local examples = require('tests.support.examples')
local json = require('tests.support.json')
local run = require('tests.support.run')

local recipe = run.read('doc/protokol.txt'):match('%*protokol%-digest%*.-\n(\tLC_ALL=C awk.-)\n<')

local function made_anew(text)
  local folder = run.files({ ['minutes.md'] = text, ['recipe.sh'] = recipe .. '\n' })
  return 'sha256:' .. run.shell(("cd '%s' && sh recipe.sh"):format(folder)):match('^%x+')
end

local function told(text)
  local got = run.protokol(
    { 'status', '--format', 'jsonl', '--stdin-name', 'minutes.md', '-' },
    { stdin = text }
  )
  return json.lines(got.out)[1].digest
end

local inside = '<!-- internal -->\nOurs.\n\n## Also ours\n<!-- /internal -->\n'
local texts = {
  plain = run.minutes,
  ['nothing'] = '',
  ['no last line end'] = '# Minutes\n\nText',
  ['CRLF and a byte order mark'] = '\239\187\191' .. run.minutes:gsub('\n', '\r\n'),
  ['blanks at line ends'] = run.minutes:gsub('\n', ' \t\n') .. '\n \n\n',
  ['empty front matter'] = '---\n---\n' .. run.minutes,
  ['only a log'] = '---\napproval:\n  - x\n# of the log\n\n- y\n---\n' .. run.minutes,
  ['a log among keys'] = '---\ntitle: A  \napproval: [\n  x\n]\n\n# of the log\nend: b\n...\nText\n',
  ['a log before keys'] = '---\napproval: []\ntitle: A # b\n\n---\n# A\n',
  ['a passage'] = run.minutes .. inside .. 'End\n\n' .. inside,
  ['a passage never closed'] = run.minutes .. '<!-- Internal -->\nOurs.\n',
  ['a section'] = '# A\n\n## B <!-- internal -->\n\nx\n\n### C\n\ny\n\n## D\n\nz\n# E <!--internal-->\nz\n',
  ['a section in a passage'] = '# A\n'
    .. inside:gsub('Also ours', 'B <!-- internal -->')
    .. 'Text\n',
  ['two ways to write é'] = 'é e\204\129\n',
}

describe('the digest', function()
  after_each(run.tidy)

  for what, text in pairs(texts) do
    it('is made anew by the recipe of the help: ' .. what, function()
      assert.equal(told(text), made_anew(text))
    end)
  end

  it('is made anew of every example of its rule', function()
    for _, example in ipairs(examples.read('tests/rules/approval-digest.md')) do
      assert.equal(told(example.minutes), made_anew(example.minutes))
    end
  end)

  it('changes with a letter, and not with an event', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    run.protokol(
      { 'record', 'sent', '--who', 'A', '--to', 't@x.example', 'a.md' },
      { folder = folder }
    )
    assert.equal(told(run.minutes), told(run.read(folder .. '/a.md')))
    assert.equal(told(run.minutes), made_anew(run.read(folder .. '/a.md')))
    assert.not_equal(told(run.minutes), made_anew((run.minutes:gsub('van', 'vans'))))
  end)
end)

describe('the help', function()
  local section = run.read('doc/protokol.txt'):match('%*protokol%-log%*(.-)%*protokol%-revisions%*')

  it('names all that the log may say', function()
    local help = run.protokol({ 'record', '--help' }).out:match('Events, .-\n(.-)\n\n')
    for event, keys in (help .. '\n'):gmatch('  (%w+) +([^\n]+)\n') do
      assert(section:find('\n' .. event .. '\t', 1, true), event)
      for key in keys:gmatch('%-%-(%w+)') do
        assert(section:find('`' .. key .. '`', 1, true), key)
      end
    end
  end)
end)
