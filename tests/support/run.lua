-- Run the program as a user types it, in a folder of its own, and see what came of it.

local M = {}

local here = assert(io.popen('pwd')):read('l')
M.program = here .. '/' .. (os.getenv('BUILD') or 'build') .. '/protokol'
local folders = {}

function M.quote(word)
  return "'" .. word:gsub("'", [['\'']]) .. "'"
end

function M.read(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('a')
  file:close()
  return text
end

function M.write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
  return path
end

-- What a shell prints, without its last line end.
function M.shell(command)
  local pipe = assert(io.popen(command))
  local out = pipe:read('a')
  pipe:close()
  return (out:gsub('\n$', ''))
end

-- Is a command there, and does it end well?
function M.can(command)
  return os.execute(command .. ' >/dev/null 2>&1') == true
end

-- To run within: as somebody who may not read or write everything. nil: that cannot be here.
function M.as_nobody()
  if M.shell('id -u') ~= '0' then
    return ''
  end
  local nobody = 'setpriv --reuid 65534 --clear-groups'
  return M.can(nobody .. ' true') and nobody or nil
end

-- A new, empty folder; M.tidy() removes them all.
function M.folder()
  local folder = M.shell('mktemp -d')
  table.insert(folders, folder)
  return folder
end

function M.tidy()
  for _, folder in ipairs(folders) do
    os.execute('rm -rf ' .. M.quote(folder))
  end
  folders = {}
end

---@class Run
---@field status integer
---@field out string what it printed
---@field err string what it complained about

---@param arguments string[]
---@param given? { folder?: string, stdin?: string, environment?: string, out?: string,
--- within?: string } within: a command that runs the program, whose words follow it
---@return Run
function M.protokol(arguments, given)
  given = given or {}
  local own = M.folder()
  local words = {}
  for _, word in ipairs(arguments) do
    table.insert(words, M.quote(word))
  end
  M.write(own .. '/in', given.stdin or '')
  local out = given.out or own .. '/out'
  local command = table.concat({
    'cd ' .. M.quote(given.folder or own) .. ' &&',
    ('HOME=%s XDG_CONFIG_HOME=%s/config LC_ALL=C.UTF-8'):format(own, own),
    given.environment or '',
    given.within or '',
    M.quote(M.program),
    table.concat(words, ' '),
    ('<%s/in >%s 2>%s/err'):format(own, out, own),
  }, ' ')
  local _, how, status = os.execute(command)
  assert(how == 'exit', 'protokol was ended by signal ' .. tostring(status))
  return {
    status = status,
    out = given.out and '' or M.read(out),
    err = M.read(own .. '/err'),
  }
end

-- The program with its first words given: run.command('lint', '--fix')({ 'a.md' }).
function M.command(...)
  local first = { ... }
  return function(arguments, given)
    local words = {}
    for _, list in ipairs({ first, arguments }) do
      for _, word in ipairs(list) do
        table.insert(words, word)
      end
    end
    return M.protokol(words, given)
  end
end

-- `name`: text for every file a test wants to find in its folder.
function M.files(files)
  local folder = M.folder()
  for name, text in pairs(files) do
    local parent = name:match('^(.*)/')
    if parent then
      os.execute('mkdir -p ' .. M.quote(folder .. '/' .. parent))
    end
    M.write(folder .. '/' .. name, text)
  end
  return folder
end

-- Minutes that leave little to be wished for, and some of it.
M.minutes = [[
# Minutes of negotiation: new catalogue

Date: 2026-11-03
Time: 10:00
Place: Linden Street 4, room 2
Client: Birch & Co
Subject: printing the spring catalogue

## Participants

| Name | Position | Contact |
| --- | --- | --- |
| Anna Weber | head of sales | anna@birch.example |
| Tom Reed | printer | tom@reed.example |

## Purpose and results

We agree on paper and on the day of delivery.

## Topics discussed

Paper of 120 g was preferred over 90 g.

## Agreements

- The catalogue is printed on paper of 120 g.

## Next steps

- [ ] Anna Weber: send the pictures by 2026-11-20
- [x] Tom Reed: order the paper by 2026-11-10
- [ ] Tom Reed: print a proof by 2026-12-04
- [ ] Book a van

## Closing statement

The price is settled, the date is open. We thank everybody for a good talk.
]]

return M
