-- {{what to fill in}}: from one to the next, with keys that exist only where one is being filled.

local M = {}

local pattern = '{{[^{}\n]+}}'
local sessions = {} -- buffer -> { line = last one gone to, keys =, unmap = }

--- Places of placeholders in a text: lists of { line, from, to }, bytes from 1, end exclusive.
---@param text string
function M.find(text)
  local places, number = {}, 0
  for line in text:gmatch('([^\n]*)\n') do
    number = number + 1
    local from, to = line:find(pattern)
    while from do
      places[#places + 1] = { line = number, from = from, to = to + 1 }
      from, to = line:find(pattern, to + 1)
    end
  end
  return places
end

-- Does `place` come behind the cursor? In Insert mode one that starts at it does.
local function behind(place, line, column, inserting)
  if place.line ~= line then
    return place.line > line
  end
  return place.from > column or inserting and place.from == column
end

--- The place to go to from a cursor; past the last one it starts again.
function M.choose(places, line, column, direction, inserting)
  local chosen
  for _, place in ipairs(places) do
    if direction == 'next' then
      if behind(place, line, column, inserting) then
        return place
      end
    elseif place.line < line or place.line == line and place.from < column then
      chosen = place
    end
  end
  return chosen or places[direction == 'next' and 1 or #places]
end

local function map(editor, buffer, session)
  if not session.unmap and next(session.keys) then
    session.unmap = editor.map(buffer, session.keys)
  end
end

local function unmap(session)
  if session.unmap then
    session.unmap()
    session.unmap = nil
  end
end

local function finish(editor, buffer)
  local session = sessions[buffer]
  if session then
    unmap(session)
    sessions[buffer] = nil
    editor.ignore(buffer, { 'CursorMovedI' }) -- CursorMoved serves the findings, too
  end
end

local function start(editor, settings, buffer)
  local session = sessions[buffer]
  if not session then
    session = { keys = {} }
    for _, direction in ipairs({ 'next', 'previous' }) do
      local key = settings[direction .. '_key']
      if key ~= '' then
        session.keys[key] = direction
      end
    end
    sessions[buffer] = session
    editor.listen(buffer, { 'CursorMoved', 'CursorMovedI' })
  end
  return session
end

local function select(editor, settings, buffer, place)
  local session = start(editor, settings, buffer)
  session.line = place.line
  map(editor, buffer, session)
  editor.select(place.line, place.from, place.to)
end

--- See protokol.jump().
function M.jump(editor, settings, direction)
  local buffer = editor.buffer()
  local places = M.find(editor.text(buffer))
  if #places == 0 then
    finish(editor, buffer)
    return false
  end
  local line, column = editor.cursor()
  local place = M.choose(places, line, column, direction, editor.inserting())
  select(editor, settings, buffer, place)
  return true
end

--- Inserts a template and selects the first thing to fill in.
function M.insert(editor, settings, text)
  local buffer = editor.buffer()
  local lines = {}
  for line in (text:gsub('\n$', '') .. '\n'):gmatch('([^\n]*)\n') do
    lines[#lines + 1] = line
  end
  local at = editor.insert(lines)
  if editor.file(buffer) == '' and editor.filetype(buffer) == '' then
    editor.command('setlocal filetype=markdown')
  end
  local place = M.find(table.concat(lines, '\n') .. '\n')[1]
  if place then
    place.line = at + place.line - 1
    select(editor, settings, buffer, place)
  else
    editor.go(at, 1)
  end
end

--- The cursor moved: the keys are there on the line last gone to and at a placeholder, only.
function M.moved(editor, buffer)
  local session = sessions[buffer]
  if not session then
    return
  end
  local line, column = editor.cursor()
  local at = line == session.line
  if not at then
    for _, place in ipairs(M.find(editor.line(line) .. '\n')) do
      at = at or place.from <= column and column <= place.to
    end
  end
  if at then
    map(editor, buffer, session)
  else
    unmap(session)
  end
end

--- Listens again where a session goes on.
function M.resume(editor, buffer)
  if sessions[buffer] then
    editor.listen(buffer, { 'CursorMoved', 'CursorMovedI' })
  end
end

function M.forget(buffer)
  sessions[buffer] = nil
end

return M
