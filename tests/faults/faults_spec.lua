-- No memory on the command line: whichever piece is refused, the program says so and ends with
-- status 2, or it could do without and its result is the whole one. Under a sanitizer, leaks show.

local run = require('tests.support.run')

-- `make faults` also refuses all pieces behind the one.
local all = os.getenv('PROTOKOL_FAULTS') == 'all'
local build = os.getenv('BUILD') or 'build'
local program = run.shell('pwd') .. '/' .. build .. '/tests/protokol-failing'

local style = [[
extends: substitution
message: "Write '%s', not '%s'"
level: warning
swap:
  utilise: use
  '(?:the|a) (?:price|cost)s?': fee
]]

local function files()
  return run.files({
    ['a.md'] = run.minutes,
    ['sub/b.md'] = run.minutes,
    ['r.eml'] = 'From: Ben <ben@example.com>\r\nMessage-ID: <x@example.com>\r\n'
      .. 'Date: Tue, 2 Mar 2027 09:30:00 +0100\r\nSubject: Re\r\n\r\nI agree.\r\n',
    ['styled/.protokol.yaml'] = 'extends: meeting\nstyles: [House]\n',
    ['styled/House/Words.yml'] = style,
    ['styled/c.md'] = run.minutes,
  })
end

-- The last of them change or load most; the others are for `make faults`.
local commands = {
  'lint a.md',
  'lint --format sarif .',
  'lint --format sarif --jobs 1 a.md sub/b.md', -- where pieces are the same ones each time
  'lint --fix a.md',
  'decisions --format json a.md',
  'outline a.md',
  'new --set place=Rome',
  'new --from a.md',
  'rules',
  'explain action-owner',
  'profiles',
  'check --schema',
  'status a.md',
  'send --from anna@example.com --to ben@example.com --plain --time 2027-03-01T09:30:00+01:00 a.md',
  'diff a.md sub/b.md',
  'check styled/.protokol.yaml',
  'lint styled/c.md',
  'actions --jobs 1 a.md sub/b.md',
  'actions --jobs 1 --format json --group owner .',
  'actions --format ics --sort due .',
  'record sent --who Anna --to ben@example.com --time 2027-03-01T09:30:00+01:00 a.md',
}

--- How the command ends in a folder of its own, with `count` pieces refused from the `at`-th on.
local function result(folder, command, at, count)
  folder = folder or files()
  run.write(folder .. '/.told', '')
  local _, how, status = os.execute(table.concat({
    'cd ' .. run.quote(folder) .. ' &&',
    'HOME=/nowhere LC_ALL=C.UTF-8 TZ=UTC PROTOKOL_FAIL_TOLD=.told',
    ('PROTOKOL_FAIL_AT=%d PROTOKOL_FAIL_COUNT=%d'):format(at, count),
    'timeout 20',
    run.quote(program),
    command,
    '</dev/null >.out 2>.err',
  }, ' '))
  local reached = io.open(folder .. '/.told', 'rb')
  if reached then
    reached:close()
  end
  return {
    reached = reached ~= nil,
    how = how .. ' ' .. status,
    err = run.read(folder .. '/.err'),
    -- The Message-ID of a draft is its own each time.
    whole = run.read(folder .. '/.out'):gsub('<%x+%.%x+@', '<id@'):gsub('<%x+@', '<id@')
      .. run.read(folder .. '/a.md'),
  }
end

local function check(command, at, whole, got)
  local place = ('%s, piece %d: %s: %s'):format(command, at, got.how, got.err)
  assert.is_nil(got.err:find('Sanitizer', 1, true), place)
  if got.how == 'exit 2' and whole.how ~= got.how then
    assert.truthy(got.err:find('out of memory') or got.err:find('Cannot allocate memory'), place)
  else
    assert.equal(whole.how, got.how, place)
    assert.equal(whole.whole, got.whole, place)
  end
end

describe('without memory', function()
  after_each(run.tidy)

  for i = all and 1 or #commands - 3, #commands do
    local command = commands[i]
    it(command .. ' says so, or does it all', function()
      local reads = not (command:find('record', 1, true) or command:find('--fix', 1, true))
      local folder = reads and files() or nil
      local whole = result(folder, command, 0, 0)
      assert.equal('', whole.err:match('[^\n]*usage.*') or '', whole.err)
      for _, count in ipairs(all and { 1, 1e9 } or { 1 }) do
        local at, reached = 0, true
        while reached do
          at = at + 1
          local got = result(folder, command, at, count)
          check(command, at, whole, got)
          reached = got.reached
        end
        assert.is_true(at > 5, 'nothing was refused')
      end
    end)
  end
end)
