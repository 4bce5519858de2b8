-- The command line itself: commands, options, help, and what happens to a slip of the hand.

local run = require('tests.support.run')
local protokol = run.protokol

local commands = {
  'new',
  'lint',
  'actions',
  'decisions',
  'outline',
  'rules',
  'explain',
  'profiles',
  'check',
}

describe('the command line', function()
  after_each(run.tidy)

  it('says how it is used when it is not told what to do', function()
    local got = protokol({})
    assert.equal(2, got.status)
    assert.equal('', got.out)
    assert.matches('usage: protokol COMMAND', got.err, 1, true)
  end)

  it('lists every command in its help', function()
    local got = protokol({ '--help' })
    assert.equal(0, got.status)
    assert.equal('', got.err)
    for _, command in ipairs(commands) do
      assert.matches('\n  ' .. command .. ' ', got.out)
    end
  end)

  it('tells its version', function()
    local got = protokol({ '--version' })
    assert.equal(0, got.status)
    assert.matches('^protokol %d+%.%d+%.%d+\n$', got.out)
  end)

  for _, command in ipairs(commands) do
    it('explains ' .. command, function()
      local got = protokol({ command, '--help' })
      assert.equal(0, got.status)
      assert.matches('usage: protokol ' .. command .. ' [OPTION]', got.out, 1, true)
      assert.matches('  --help ', got.out, 1, true)
    end)
  end

  local slips = {
    { { 'lnit', 'a.md' }, 'unknown command "lnit": did you mean "lint"?' },
    {
      { 'lint', '--fromat', 'json', 'a.md' },
      'unknown option "--fromat": did you mean "--format"?',
    },
    { { 'lint', '--owner', 'Tom', 'a.md' }, 'unknown option "--owner"' },
    { { 'lint', '-x', 'a.md' }, 'unknown option "-x"' },
    { { 'lint', '--format' }, '--format wants a value' },
    { { 'lint', '--fix=yes', 'a.md' }, '--fix takes no value' },
    {
      { 'lint', '--format', 'ics', 'a.md' },
      'there is no format "ics"; there are text, checkstyle, github, json, jsonl, sarif, short',
    },
    { { 'lint', '--fail-on', 'fatal', 'a.md' }, 'there is no severity "fatal"' },
    {
      { 'lint', '--today', '2026-02-30', 'a.md' },
      '--today wants a day as YYYY-MM-DD, not "2026-02-30"',
    },
    {
      { 'lint', '--detail', 'long', 'a.md' },
      'there is no level "long"; there are brief, standard, detailed',
    },
    { { 'actions', '--sort', 'age', 'a.md' }, '--sort: sort= wants due, owner or file, not "age"' },
    { { 'actions', '--open', '--done', 'a.md' }, 'nothing is both open and done' },
    {
      { 'actions', '--filter', 'opne', 'a.md' },
      '--filter: there is no filter "opne": did you mean "open"?',
    },
    { { 'actions', '--mine', 'a.md' }, '"mine" wants to know your name: --me NAME' },
    { { 'actions', '--open=yes', 'a.md' }, '--open takes no value' },
    { { 'actions', '--due-before', 'soon', 'a.md' }, '--due-before: due< wants a day' },
    { { 'new', '--set', 'client' }, '--set wants KEY=VALUE, not "client"' },
    { { 'new', 'extra' }, 'new takes no "extra"' },
    { { 'lint' }, 'lint wants PATH...' },
    { { 'explain' }, 'explain wants RULE...' },
  }
  for _, slip in ipairs(slips) do
    it('refuses ' .. table.concat(slip[1], ' '), function()
      local got = protokol(slip[1])
      assert.equal(2, got.status)
      assert.equal('', got.out)
      assert.matches('protokol: ' .. slip[2], got.err, 1, true)
    end)
  end

  it('takes an option with = and a path that looks like one after --', function()
    local folder = run.files({ ['--all.md'] = run.minutes })
    local got = protokol({ 'actions', '--format=jsonl', '--', '--all.md' }, { folder = folder })
    assert.equal(0, got.status)
    assert.matches('"file":"--all.md"', got.out, 1, true)
  end)

  it('ends with status 2 and without noise when a reader has seen enough', function()
    local lines = {}
    for i = 1, 5000 do
      lines[i] = ('- [ ] Tom Reed: step %d by 2026-12-04'):format(i)
    end
    local folder = run.files({ ['a.md'] = '# Minutes\n\n' .. table.concat(lines, '\n') })
    local command = '{ %s actions %s/a.md; echo $? >%s/status; } 2>%s/err | head -c 1'
    run.shell(command:format(run.quote(run.program), folder, folder, folder))
    assert.equal('2\n', run.read(folder .. '/status'))
    assert.equal('', run.read(folder .. '/err'))
  end)
end)
