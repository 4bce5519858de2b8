-- Actions, decisions and sections as quickfix and location lists, from a buffer or from a program.

local M = {}

local owner_width, place_width = 20, 28

-- As many characters from the front (or the back) of a text as fit into some cells, filled up.
local function cells(editor, text, width, from_back)
  local room = editor.width(text)
  local character = '[%z\1-\127\194-\244][\128-\191]*'
  local cut = from_back and '^' .. character or character .. '$'
  if room > width then
    repeat
      text = text:gsub(cut, '')
      room = editor.width(text)
    until room < width
    text, room = from_back and '…' .. text or text .. '…', room + 1
  end
  return text .. (' '):rep(width - room)
end

local function one_line(text)
  return (text:gsub('%s+', ' '))
end

local marks = { open = ' ', done = 'x', cancelled = '-' }

-- "!" is overdue: open, and its day is past.
local function action_text(editor, action, today)
  local mark = marks[action.status] or ' '
  if mark == ' ' and action.due and action.due < today then
    mark = '!'
  end
  local due = cells(editor, one_line(action.due or action.due_text or ''), 10)
  local owner = cells(editor, table.concat(action.owners or {}, ', '), owner_width)
  return ('[%s] %s  %s  %s'):format(mark, due, owner, one_line(action.text))
end

local texts = {
  actions = action_text,
  decisions = function(_, decision)
    return one_line(decision.text)
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

--- Fills and opens the quickfix window with what a buffer holds.
function M.of_buffer(editor, kind, found, buffer)
  local name = editor.file(buffer)
  local title = ('%s in %s'):format(kind, name == '' and 'this buffer' or editor.short(name))
  local list = editor.list('quickfix', title)
  local today, items, rows = os.date('%Y-%m-%d'), {}, {}
  local widest = ('%s|%d|'):format(editor.short(name), found[#found].line)
  local width = math.min(place_width, editor.width(widest))
  for i, one in ipairs(found) do
    one.buffer = buffer
    items[i], rows[i] = entry(editor, kind, one, today, width)
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
  editor.stop(running.id)
  return true
end

-- Collects lines of JSON and adds them ten times a second, with word of how far it is.
local function collector(editor, kind, list, say)
  local today, waiting, timer = os.date('%Y-%m-%d'), {}, nil
  local collect = {}
  function collect.flush()
    if timer then
      editor.cancel(timer)
      timer = nil
    end
    local items, rows = {}, {}
    for _, line in ipairs(waiting) do
      local read, found = pcall(editor.decode, line)
      if read and type(found) == 'table' and found.line then
        found.file = found.file and editor.absolute(found.file)
        items[#items + 1], rows[#rows + 1] = entry(editor, kind, found, today, place_width)
      end
    end
    waiting = {}
    if #items > 0 then
      list.add(items, rows)
    end
  end
  function collect.line(line)
    waiting[#waiting + 1] = line
    timer = timer
      or editor.later(100, function()
        timer = nil
        collect.flush()
        say(('%d %s so far, `:Protokol stop` stops it'):format(list.size(), kind))
      end)
  end
  return collect
end

local function ended(editor, kind, list, what, job)
  local count = list.size()
  local name = kind == 'actions' and 'action items' or kind
  if #job.errors > 0 then
    editor.notify('error', table.concat(job.errors, '\n'))
  end
  list.title(('%s: %s%s'):format(kind, what, job.stopped and ' (stopped)' or ''))
  if count == 0 then
    list.close()
    if #job.errors == 0 or job.stopped then
      editor.notify('info', ('no %s%s'):format(name, job.stopped and ': stopped' or ''))
    end
  else
    editor.echo(('%d %s%s'):format(count, name, job.stopped and ', stopped' or ''))
  end
end

--- Fills the quickfix window with what a program prints as JSON lines. `what`: for the title.
---@return boolean|nil started, protokol.Problem?
function M.of_program(editor, kind, argv, input, what)
  M.stop(editor)
  local list = editor.list('quickfix', ('%s: %s (running)'):format(kind, what))
  local job = { errors = {} }
  local collect = collector(editor, kind, list, function(progress)
    if running == job then
      list.title(('%s: %s (%d, running)'):format(kind, what, list.size()))
      editor.echo(progress)
    end
  end)
  local id, reason = editor.start(argv, {
    input = input,
    on_line = function(line)
      if line ~= '' and not job.stopped then
        collect.line(line)
      end
    end,
    on_error = function(line)
      if line ~= '' and #job.errors < 10 then
        table.insert(job.errors, line)
      end
    end,
    on_exit = function()
      collect.flush()
      if running == job then
        running = nil
      end
      ended(editor, kind, list, what, job)
    end,
  })
  if not id then
    return nil, { message = reason }
  end
  job.id = id
  running = job
  list.open()
  return true
end

-- -- Sections -------------------------------------------------------------------------

--- Headings and the lines that serve as such, in order, as { line, level, title }.
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
  table.sort(list, function(one, other)
    return one.line < other.line
  end)
  return list
end

--- Fills and opens the location list with a buffer's sections.
function M.of_outline(editor, outline, buffer)
  local list = editor.list('location', 'outline')
  local items, rows, least = {}, {}, 7
  local headings = M.headings(outline)
  for _, heading in ipairs(headings) do
    least = math.min(least, heading.level)
  end
  for i, heading in ipairs(headings) do
    local deep = heading.level == 7 and 1 or heading.level - least
    items[i] = { bufnr = buffer, lnum = heading.line, col = 1, text = heading.title }
    rows[i] = ('%5d| %s%s'):format(heading.line, ('  '):rep(deep), one_line(heading.title))
  end
  list.add(items, rows)
  if #items > 0 then
    list.open()
  end
  return #items
end

return M
