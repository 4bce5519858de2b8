-- An archive shared out by GNU parallel over two hosts gives, byte for byte, what one run gives.

local run = require('tests.support.run')

local hosts = run.shell('pwd') .. '/tests/peers/hosts.sh'

-- Enough documents for some jobs a host, in names that ask for care.
local function archive()
  local files = {}
  for i = 1, 300 do
    local name = ('minutes/%d/%03d it\'s "new" $(touch x) ü.md'):format(i % 7, i)
    files[name] = run.minutes:gsub('catalogue', 'catalogue ' .. i)
  end
  files['minutes/readme.md'] = '# Recipes\n\n- [ ] add salt\n'
  local folder = run.files(files)
  run.shell(("cd '%s' && find minutes -type f -name '*.md' | LC_ALL=C sort >list"):format(folder))
  return folder
end

local commands = {
  'actions --only-minutes --format jsonl --today 2026-11-23',
  'lint --only-minutes --format jsonl --today 2026-11-23 --fail-on off',
  'outline --only-minutes --format jsonl',
  'decisions --only-minutes --format jsonl',
}

-- As the README has it, with hosts that are there for the moment.
local shared = [[
cd '%s' && timeout 120 '%s' sh -c '
  parallel --will-cite --keep-order --pipe -N 50 --joblog log --ssh "ssh -F $SSH_CONFIG" \
    --sshlogin east,west --workdir . \
    %s %s --files-from - <list >shared' >told 2>&1
]]

describe('an archive over two hosts', function()
  after_each(run.tidy)

  for _, words in ipairs(commands) do
    it('gives byte for byte what one run gives: ' .. words:match('%l+'), function()
      if not run.can('command -v parallel') then
        return pending('GNU parallel is not installed')
      end
      local _, _, status = os.execute(hosts .. ' true >/dev/null 2>&1')
      if status == 77 then
        return pending(run.shell(hosts .. ' true 2>&1'))
      end
      local folder = archive()
      local _, _, code = os.execute(shared:format(folder, hosts, run.program, words))
      assert.equal(0, code, run.read(folder .. '/told'))
      local one = { '--files-from', 'list' }
      for word in words:reverse():gmatch('%S+') do
        table.insert(one, 1, word:reverse())
      end
      local got = run.protokol(one, { folder = folder })
      assert.equal('', got.err)
      local _, documents = got.out:gsub('"file":"minutes/', '')
      assert.is_true(documents >= 300)
      assert.is_true(got.out == run.read(folder .. '/shared'), 'the bytes differ')
      local log = run.read(folder .. '/log')
      for _, host in ipairs({ 'east', 'west' }) do
        assert.matches('\n%d+\t' .. host .. '\t', log)
      end
    end)
  end
end)
