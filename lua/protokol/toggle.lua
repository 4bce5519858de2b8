-- `:Protokol toggle`: mark items as done or open again, here or from the quickfix window.

local say = require('protokol.say')

local M = {}

local function told(changes)
  if #changes == 1 then
    return say(changes[1].to) .. ': ' .. changes[1].text:gsub('[%s%c]+', ' ')
  end
  return say('%d items changed', #changes)
end

local function target(request)
  return request.bang and 'cancelled' or nil
end

-- -- In the current buffer --------------------------------------------------------------

local function here(protokol, request)
  local editor = protokol.editor
  local buffer = editor.buffer()
  if not editor.modifiable() then
    return nil, { message = say('this buffer cannot be changed') }
  end
  local line, column = editor.cursor()
  local changes, problem = protokol.changes(buffer, {
    line = request.ranged and request.first or line,
    end_line = request.ranged and request.last or line,
    column = not request.ranged and column or nil,
    to = target(request),
  })
  if not changes then
    return nil, problem
  end
  if #changes == 0 then
    return nil, { message = say('no item to mark here') }
  end
  protokol.apply(buffer, changes)
  editor.echo(told(changes))
  return true
end

-- -- From the quickfix window -------------------------------------------------------------

-- What would change for one entry: { entry =, change = }, or nil and why not.
local function change_of(protokol, entry, request)
  local editor = protokol.editor
  if not editor.load(entry.buffer) then
    return nil, { message = say('its buffer is gone') }
  end
  if not editor.modifiable(entry.buffer) then
    return nil, { message = say('this buffer cannot be changed') }
  end
  local changes, problem = protokol.changes(entry.buffer, {
    line = entry.line,
    end_line = entry.line,
    column = math.max(entry.column, 1),
    to = target(request),
  })
  if not changes then
    return nil, problem
  end
  return changes[1] and { entry = entry, change = changes[1] }
end

-- An open item among several: then only the open ones change.
local function only_open(found)
  local open = {}
  for _, one in ipairs(found) do
    if one.change.from == 'open' then
      open[#open + 1] = one
    end
  end
  return #open > 0 and open or found
end

-- An item stands in a list once for each of its owners; it changes once.
local function by_buffer(found)
  local buffers, seen = {}, {}
  for _, one in ipairs(found) do
    local buffer = one.entry.buffer
    local place = ('%d:%d:%d'):format(buffer, one.change.line, one.change.column)
    buffers[buffer] = buffers[buffer] or {}
    if not seen[place] then
      seen[place] = true
      table.insert(buffers[buffer], one.change)
    end
  end
  return buffers
end

-- The actions as they now are, for the entries that stand for one of them.
local function renew(protokol, list, found)
  local again, read = {}, {}
  for _, one in ipairs(found) do
    local buffer = one.entry.buffer
    read[buffer] = read[buffer] or protokol.actions(buffer) or {}
    local nearest
    for _, action in ipairs(read[buffer]) do
      local distance = math.abs(action.column - one.entry.column)
      if action.line == one.change.line and (not nearest or distance < nearest) then
        nearest = distance
        action.buffer = buffer
        again[one.entry.index] = action
      end
    end
  end
  require('protokol.lists').renew(protokol.editor, list, again)
end

local function in_list(protokol, request, entries, list)
  local found = {}
  for _, entry in ipairs(entries) do
    local one, problem = change_of(protokol, entry, request)
    if problem then
      return nil, problem
    end
    found[#found + 1] = one
  end
  if #found == 0 then
    return nil, { message = say('no item to mark here') }
  end
  found = request.bang and found or only_open(found)
  local all = {}
  for buffer, changes in pairs(by_buffer(found)) do
    protokol.apply(buffer, changes)
    for _, change in ipairs(changes) do
      all[#all + 1] = change
    end
  end
  if list and list.kind == 'actions' then
    renew(protokol, list, found)
  end
  protokol.editor.echo(told(all))
  return true
end

--- Marks what is on a line, or on a range of lines; with "!" as cancelled.
---@param request { first: integer, last: integer, ranged: boolean, bang: boolean }
---@return boolean|nil done, protokol.Problem?
function M.run(protokol, request)
  local editor = protokol.editor
  local line = editor.cursor()
  local first = request.ranged and request.first or line
  local entries, list = editor.listed(first, request.ranged and request.last or line)
  if entries then
    return in_list(protokol, request, entries, list)
  end
  return here(protokol, request)
end

return M
