-- Actions, decisions and sections as quickfix and location lists, from a buffer or from a program.

local cells = require('protokol.cells').filled

local M = {}

local say = require('protokol.say')

local owner_width, place_width = 20, 28
local at_once = 1000 -- entries added before the editor gets its turn

-- Without line ends, and without NUL, which no list can hold.
local function one_line(text)
  return (text:gsub('[%s%c]+', ' '))
end

local marks = { open = ' ', done = 'x', cancelled = '-' }

-- "!" is overdue: open, and its day is past.
local function action_text(editor, action, today)
  local mark = marks[action.status] or ' '
  if mark == ' ' and action.due and action.due < today then
    mark = '!'
  end
  local due = cells(editor, one_line(action.due or action.due_text or ''), 10)
  local owner = cells(editor, one_line(table.concat(action.owners or {}, ', ')), owner_width)
  return ('[%s] %s  %s  %s'):format(mark, due, owner, one_line(action.text))
end

-- " [5/2/1]", for, against and abstained, "?" where it is not told; or " [unanimous]".
local function votes_of(decision)
  local votes = decision.votes
  if type(votes) ~= 'table' then
    return ''
  end
  if votes.unanimous and not tonumber(votes['for']) then
    return (' [%s]'):format(say('unanimous'))
  end
  local counts = {}
  for i, kind in ipairs({ 'for', 'against', 'abstained' }) do
    local count = tonumber(votes[kind])
    counts[i] = count and ('%d'):format(count) or '?'
  end
  return (' [%s]'):format(table.concat(counts, '/'))
end

local texts = {
  actions = action_text,
  decisions = function(_, decision)
    return one_line(decision.text) .. votes_of(decision)
  end,
}

-- An entry as setqflist() wants it, and as the window shows it: its place, `width` cells, and text.
local function entry(editor, kind, found, today, width)
  local text = texts[kind](editor, found, today)
  local item = {
    lnum = found.line,
    col = found.column,
    end_lnum = found.end_line,
    end_col = found.end_column,
    text = text,
  }
  local name
  if found.file then
    item.filename, name = found.file, editor.short(found.file)
  else
    item.bufnr, name = found.buffer, editor.short(editor.file(found.buffer))
  end
  local place = cells(editor, ('%s|%d|'):format(name, found.line), width, true)
  return item, place .. ' ' .. text
end

local group_names = {
  overdue = 'overdue',
  ['this week'] = 'this week',
  ['next week'] = 'next week',
  later = 'later',
  ['no date'] = 'no date',
  ['done or cancelled'] = 'done or cancelled',
  nobody = 'nobody',
}

-- The heading that an item begins, as an entry that leads nowhere; nil: it goes on with the last.
local function group_heading(editor, list, found)
  if not found.group or found.group == list.group then
    return nil
  end
  list.group = found.group
  local name = group_names[found.group] and say(group_names[found.group]) or found.group
  if name == found.file then
    name = editor.short(name)
  end
  local text = ('%s (%d)'):format(one_line(name), found.group_size)
  return { text = text, valid = 0 }, text
end

-- Adds an entry, and its group's heading before it.
local function add(editor, list, found, items, rows)
  items[#items + 1], rows[#rows + 1] = group_heading(editor, list, found)
  items[#items + 1], rows[#rows + 1] = entry(editor, list.kind, found, list.today, list.width)
  list.count = list.count + 1
end

local function new_list(editor, kind, title, width)
  local list = editor.list('quickfix', title)
  list.kind, list.width, list.count, list.today = kind, width, 0, os.date('%Y-%m-%d')
  return list
end

--- Entries made anew for what was found again.
---@param list table as editor.list() gives it
---@param again table<integer, table> what was found, by the entries' numbers
function M.renew(editor, list, again)
  local items, rows = {}, {}
  for index, found in pairs(again) do
    items[index], rows[index] = entry(editor, list.kind, found, list.today, list.width)
  end
  list.replace(items, rows)
end

--- Fills and opens the quickfix window with what a buffer holds.
function M.of_buffer(editor, kind, found, buffer)
  local name = editor.file(buffer)
  local title = ('%s in %s'):format(kind, name == '' and 'this buffer' or editor.short(name))
  local last = 0
  for _, one in ipairs(found) do
    last = math.max(last, one.line)
  end
  local widest = ('%s|%d|'):format(editor.short(name), last)
  local list = new_list(editor, kind, title, math.min(place_width, editor.width(widest)))
  local items, rows = {}, {}
  for _, one in ipairs(found) do
    one.buffer = buffer
    if one.group == '-' and name ~= '' then -- by file, and there is but this one
      one.group = editor.short(name)
    end
    add(editor, list, one, items, rows)
    one.buffer = nil
  end
  list.add(items, rows)
  list.open()
end

-- -- From a program, while editing goes on --------------------------------------------

local running -- { id =, stopped = }

--- Ends what runs. False: nothing did.
function M.stop(editor)
  if not running then
    return false
  end
  running.stopped = true
  running.lines, running.taken = {}, 0
  editor.stop(running.id)
  return true
end

-- Makes entries of waiting lines of JSON; not too many at a time, for somebody is typing.
local function take(editor, job)
  local items, rows = {}, {}
  while job.taken < #job.lines and #items < at_once do
    job.taken = job.taken + 1
    local read, found = pcall(editor.decode, job.lines[job.taken])
    if read and type(found) == 'table' and found.line then
      found.buffer = job.buffer
      if found.group == found.file then
        found.group = job.buffer and editor.file(job.buffer) or editor.absolute(found.group)
      end
      found.file = not job.buffer and editor.absolute(found.file) or nil
      add(editor, job.list, found, items, rows)
    end
  end
  if job.taken == #job.lines then
    job.lines, job.taken = {}, 0
  end
  if #items > 0 then
    job.list.add(items, rows)
  end
end

local totals = { -- one, several, none
  actions = { '1 action item', '%d action items', 'no action items' },
  decisions = { '1 decision', '%d decisions', 'no decisions' },
}

local function total(kind, count)
  local words = totals[kind]
  return count == 1 and say(words[1]) or count == 0 and say(words[3]) or say(words[2], count)
end

local function ended(editor, job)
  local count = job.list.count
  local stopped = job.stopped and ' (' .. say('stopped') .. ')' or ''
  if #job.errors > 0 then
    editor.notify('error', table.concat(job.errors, '\n'))
  end
  job.list.title(('%s: %s%s'):format(job.kind, job.what, job.stopped and ' (stopped)' or ''))
  if count == 0 then
    job.list.close()
    if #job.errors == 0 or job.stopped then
      editor.notify('info', total(job.kind, count) .. stopped)
    end
  elseif not editor.inserting() then
    editor.echo(total(job.kind, count) .. stopped)
  end
end

local soon

-- Ten times a second: what came in is added, with word of how far it is, until all is.
local function tick(editor, job)
  job.timer = nil
  take(editor, job)
  local rest = #job.lines > job.taken
  if job.over and not rest then
    if running == job then
      running = nil
    end
    ended(editor, job)
    return
  end
  if running == job then
    local count = job.list.count
    job.list.title(('%s: %s (%d, running)'):format(job.kind, job.what, count))
    if not editor.inserting() then
      editor.echo(total(job.kind, count) .. ' ' .. say('so far, `:Protokol stop` stops it'))
    end
  end
  if rest then
    soon(editor, job, 20)
  end
end

function soon(editor, job, delay)
  job.timer = job.timer or editor.later(delay, function()
    tick(editor, job)
  end)
end

--- Fills the quickfix window with what a program prints as JSON lines.
---@param job { kind: string, what: string, input?: string, buffer?: integer } what: for the title;
--- buffer: where all of it is
---@return boolean|nil started, protokol.Problem?
function M.of_program(editor, argv, job)
  M.stop(editor)
  job.lines, job.taken, job.errors = {}, 0, {}
  local id, reason = editor.start(argv, {
    input = job.input,
    on_line = function(line)
      if line ~= '' and not job.stopped then
        job.lines[#job.lines + 1] = line
        soon(editor, job, 100)
      end
    end,
    on_error = function(line)
      if line ~= '' and #job.errors < 10 then
        table.insert(job.errors, (line:gsub('^protokol: ', '')))
      end
    end,
    on_exit = function()
      job.over = true
      soon(editor, job, 0)
    end,
  })
  if not id then
    return nil, { message = reason }
  end
  job.id = id
  local title = ('%s: %s (running)'):format(job.kind, job.what)
  job.list = new_list(editor, job.kind, title, place_width)
  running = job
  job.list.open()
  return true
end

-- -- Sections -------------------------------------------------------------------------

--- Headings and the lines that serve as such, in order, as { line, level, title }; below them,
--- level 8, the open questions and the risks, "? ..." and "! ...".
function M.headings(outline)
  local by_line, list = {}, {}
  for _, source in ipairs({ outline.headings or {}, outline.sections or {} }) do
    for _, heading in ipairs(source) do
      if not by_line[heading.line] then
        by_line[heading.line] = true
        local level = math.min(heading.level or 1, 7)
        list[#list + 1] = { line = heading.line, level = level, title = heading.title }
      end
    end
  end
  for sign, points in pairs({ ['?'] = outline.questions or {}, ['!'] = outline.risks or {} }) do
    for _, point in ipairs(points) do
      list[#list + 1] = { line = point.line, level = 8, title = sign .. ' ' .. point.text }
    end
  end
  table.sort(list, function(one, other)
    if one.line ~= other.line then
      return one.line < other.line
    end
    return one.level < other.level
  end)
  return list
end

--- Fills and opens the location list with a buffer's sections, questions and risks.
function M.of_outline(editor, outline, buffer)
  local list = editor.list('location', 'outline')
  local items, rows, least = {}, {}, 7
  local headings = M.headings(outline)
  for _, heading in ipairs(headings) do
    least = math.min(least, heading.level)
  end
  local above = 0
  for i, heading in ipairs(headings) do
    local deep = heading.level == 8 and above + 1
      or heading.level == 7 and 1
      or heading.level - least
    above = heading.level < 8 and deep or above
    items[i] = { bufnr = buffer, lnum = heading.line, col = 1, text = one_line(heading.title) }
    rows[i] = ('%5d| %s%s'):format(heading.line, ('  '):rep(deep), one_line(heading.title))
  end
  list.add(items, rows)
  if #items > 0 then
    list.open()
  end
  return #items
end

return M
