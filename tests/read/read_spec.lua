-- read_spec.lua - what is read from minutes, one example a heading of the files beside this one.
--
-- An example is minutes and one fence or more of what is read from them:
--
--     ````actions      line source [state] text | owners | due #id
--                      [ ] open, [x] done, [-] cancelled; due is a day or "the words"
--     ````owners       line owner as written = full name of the person meant, one an owner
--     ````decisions    line text | for/against/abstained
--     ````questions    line text: what stayed open; so are ````risks
--     ````meeting      key: value, only those the example names
--     ````people       line name | role | organisation | contacts | absent
--     ````sections     line-end id title
--
-- `none` where nothing is read; `-` where a value is missing.
local examples = require('tests.support.examples')
local json = require('tests.support.json')

local program = (os.getenv('BUILD') or 'build') .. '/protokol'

local function run(command, text, settings)
  local path = os.tmpname()
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
  local pipe = assert(
    io.popen(
      ('%s %s --format jsonl --stdin-name %s - <%s 2>&1'):format(
        program,
        command,
        settings.name or 'minutes.md',
        path
      )
    )
  )
  local output = pipe:read('*a')
  pipe:close()
  os.remove(path)
  return json.lines(output)
end

local function known(value)
  return value ~= nil and value ~= json.null
end

local function lines_of(list, line)
  local lines = {}
  for _, one in ipairs(list) do
    lines[#lines + 1] = line(one)
  end
  return #lines > 0 and table.concat(lines, '\n') or 'none'
end

local marks = { open = '[ ]', done = '[x]', cancelled = '[-]' }

local function due_of(action)
  if known(action.due) then
    local mark = action.due_ambiguous and '?' or ''
    return action.due .. mark .. (known(action.due_time) and ' ' .. action.due_time or '')
  end
  return known(action.due_text) and '"' .. action.due_text .. '"' or '-'
end

local function action_line(action)
  local owners = #action.owners > 0 and table.concat(action.owners, ', ') or '-'
  assert.equal(action.status == 'done', action.done)
  local id = known(action.id) and ' #' .. action.id or ''
  return ('%d %s %s %s | %s | %s%s'):format(
    action.line,
    action.source,
    marks[action.status],
    action.text,
    owners,
    due_of(action),
    id
  )
end

local function owner_line(action)
  return ('%d %s = %s'):format(
    action.line,
    table.concat(action.owners, ', '),
    #action.people > 0 and table.concat(action.people, ', ') or '-'
  )
end

local function person_line(person)
  local parts = {
    person.name,
    known(person.role) and person.role or '-',
    known(person.organisation) and person.organisation or '-',
    #person.contacts > 0 and table.concat(person.contacts, ' ') or '-',
  }
  if not person.present then
    parts[#parts + 1] = 'absent'
  end
  while parts[#parts] == '-' do
    parts[#parts] = nil
  end
  return person.line .. ' ' .. table.concat(parts, ' | ')
end

--- How a vote went: " | 4/0/1", "?" for what is not told; nothing where there was none.
local function votes_of(decision)
  local votes = decision.votes
  if not known(votes) then
    return ''
  end
  if votes.unanimous then
    return ' | unanimous'
  end
  local counts = {}
  for i, kind in ipairs({ 'for', 'against', 'abstained' }) do
    counts[i] = known(votes[kind]) and ('%d'):format(votes[kind]) or '?'
  end
  return ' | ' .. table.concat(counts, '/')
end

--- Of what an outline says of the meeting the keys that the example names.
local function named(outline, expected)
  local lines = {}
  for line in expected:gmatch('[^\n]+') do
    local key = line:match('^([%w_-]+):')
    local value = outline.meeting[key] or outline[key]
    lines[#lines + 1] = key .. ': ' .. (known(value) and tostring(value) or '-')
  end
  return table.concat(lines, '\n')
end

local function point_line(point)
  return point.line .. ' ' .. point.text
end

local read = {
  actions = function(text, settings)
    return lines_of(run('actions', text, settings), action_line)
  end,
  owners = function(text, settings)
    return lines_of(run('actions', text, settings), owner_line)
  end,
  decisions = function(text, settings)
    return lines_of(run('decisions', text, settings), function(decision)
      return decision.line .. ' ' .. decision.text .. votes_of(decision)
    end)
  end,
  questions = function(text, settings)
    return lines_of(run('outline', text, settings)[1].questions, point_line)
  end,
  risks = function(text, settings)
    return lines_of(run('outline', text, settings)[1].risks, point_line)
  end,
  meeting = function(text, settings, expected)
    return named(run('outline', text, settings)[1], expected)
  end,
  people = function(text, settings)
    return lines_of(run('outline', text, settings)[1].people, person_line)
  end,
  sections = function(text, settings)
    return lines_of(run('outline', text, settings)[1].sections, function(section)
      return ('%d-%d %s %s'):format(section.line, section.end_line, section.id, section.title)
    end)
  end,
}

local pipe = assert(io.popen('ls tests/read/*.md', 'r'))
local paths = pipe:read('*a')
pipe:close()

for path in paths:gmatch('[^\n]+') do
  describe(path, function()
    for _, example in ipairs(examples.read(path)) do
      it(example.title, function()
        local compared = 0
        for kind, reader in pairs(read) do
          local expected = example[kind] and example[kind]:gsub('%s+$', '')
          if expected then
            compared = compared + 1
            assert.equal(expected, reader(example.minutes, example.settings, expected .. '\n'))
          end
        end
        assert.is_true(compared > 0, 'the example shows nothing that is read')
      end)
    end
  end)
end
