-- The log of approval of a buffer: where it stands, what objections say of items, an event more.
--
-- An event goes into the buffer as one step to undo, and the buffer into its file. That is refused
-- where the file is not what the buffer was read from: then somebody else wrote it, and nothing of
-- either is lost.

local say = require('protokol.say')

local M = {}

--- Now, as RFC 3339 writes it, by the local clock.
---@return string
function M.now()
  local seconds = os.time()
  local zone = os.date('%z', seconds)
  if not zone:match('^[+-]%d%d%d%d$') then
    return os.date('!%Y-%m-%dT%H:%M:%SZ', seconds)
  end
  return os.date('%Y-%m-%dT%H:%M:%S', seconds) .. zone:sub(1, 3) .. ':' .. zone:sub(4)
end

--- Where a document's approval stands: what `protokol status --format json` tells, and `events`.
---@return table|nil standing nil: it has no log, or cannot be read
function M.of(document)
  if not ('\n' .. document.text):find('\napproval:', 1, true) then
    return nil
  end
  return (document.library:approval(document.text, document.options))
end

-- -- Items -----------------------------------------------------------------------------

local most_words = 8

local function first_words(text)
  local words = {}
  for word in text:gmatch('%S+') do
    words[#words + 1] = word
    if #words == most_words then
      break
    end
  end
  return table.concat(words, ' ')
end

--- What an item is called in the log: its id, else its first words.
function M.name_of(item)
  return item.id or first_words(item.text)
end

--- What is agreed, decided, asked and at risk, in the order of the text.
---@return table[]
function M.items(document)
  local library, text, options = document.library, document.text, document.options
  local outline = library:outline(text, options) or {}
  local lists = {
    library:actions(text, options) or {},
    library:decisions(text, options) or {},
    outline.questions or {},
    outline.risks or {},
  }
  local items, seen = {}, {}
  for _, list in pairs(lists) do
    for _, item in ipairs(list) do
      local name = M.name_of(item)
      if not seen[name] then
        seen[name] = true
        items[#items + 1] = item
      end
    end
  end
  table.sort(items, function(one, other)
    if one.line ~= other.line then
      return one.line < other.line
    end
    return (one.column or 1) < (other.column or 1)
  end)
  return items
end

--- What an objection to a line is to: the item there; else the line's own words.
---@return string|nil
function M.item_at(document, line)
  for _, item in ipairs(M.items(document)) do
    if item.line <= line and line <= (item.end_line or item.line) then
      return M.name_of(item)
    end
  end
  local number = 0
  for words in document.text:gmatch('([^\n]*)\n') do
    number = number + 1
    if number == line then
      words = words:gsub('^[%s>*+#|-]+', ''):gsub('^%d+[.)]%s+', '')
      return words:find('%S') and first_words(words) or nil
    end
  end
end

-- The place of an item that the log names: an item's, else the first line with its words.
local function place_of(document, items, name)
  for _, item in ipairs(items) do
    if item.id == name or M.name_of(item) == name then
      return item
    end
  end
  for _, item in ipairs(items) do
    if item.text:sub(1, #name) == name then
      return item
    end
  end
  local number, front = 0, false
  for words in document.text:gmatch('([^\n]*)\n') do
    number = number + 1
    if words:match('^%-%-%-%s*$') and (number == 1 or front) then
      front = number == 1
    elseif not front then
      local start = words:find(name, 1, true)
      if start then
        return { line = number, column = start, end_line = number, end_column = start + #name }
      end
    end
  end
end

--- Open objections as findings on their items.
---@return table[]
function M.objections(document, standing)
  local findings = {}
  local items = #standing.objections > 0 and M.items(document) or {}
  for _, objection in ipairs(standing.objections) do
    local place = objection.item ~= '' and place_of(document, items, objection.item)
      or { line = standing.title_line or 1, column = 1 }
    findings[#findings + 1] = {
      rule = 'objection',
      number = objection.number,
      severity = 'warning',
      message = say('%s objects (%d): %s', objection.who, objection.number, objection.text),
      line = place.line,
      column = place.column or 1,
      end_line = place.end_line or place.line,
      end_column = place.end_column or (place.column or 1) + 1,
      fixes = {},
    }
  end
  return findings
end

--- Findings with the objections among them, in the order of the text.
---@param findings table[]
---@return table[]
function M.among(document, findings)
  local standing = M.of(document)
  local more = standing and M.objections(document, standing) or {}
  if #more == 0 then
    return findings
  end
  local all, order = {}, {}
  for _, list in ipairs({ findings, more }) do
    for _, finding in ipairs(list) do
      all[#all + 1] = finding
      order[finding] = #all
    end
  end
  table.sort(all, function(one, other)
    if one.line ~= other.line then
      return one.line < other.line
    elseif one.column ~= other.column then
      return one.column < other.column
    end
    return order[one] < order[other]
  end)
  return all
end

-- -- Shown -----------------------------------------------------------------------------

--- "sent, revision 2, it is the client's move -> wait for the client's answer"
---@return string
function M.line(standing)
  local next_steps = table.concat(standing.next, '; ')
  return standing.told .. (next_steps ~= '' and ' -> ' .. next_steps or '')
end

--- Shows it below the title, and in b:protokol_approval for a statusline.
function M.show(editor, document)
  local standing = M.of(document)
  local line = standing and #standing.events > 0 and M.line(standing) or nil
  local buffer = document.buffer
  if line or editor.call('getbufvar', buffer, 'protokol_approval') ~= '' then
    editor.subtitle(buffer, standing and standing.title_line or 1, line)
    editor.call('setbufvar', buffer, 'protokol_approval', line or '')
    editor.call('setbufvar', buffer, 'protokol_stand', line and standing.told or '')
    editor.command('redrawstatus!')
  end
end

-- -- An event more -----------------------------------------------------------------------

local outside = {
  conflict = 'the file was changed meanwhile, and so was this buffer: nothing is recorded. `:write '
    .. 'OTHER` keeps this text, `:edit!` reads the file',
  deleted = 'the file is gone: `:write` it again first',
  read = 'the file was changed meanwhile and is read anew: look at it, then say it again',
}

-- Trouble if the file is not what the buffer shows; a buffer with changes is written first.
local function settle(editor, buffer)
  if editor.file(buffer) == '' then
    return say('these minutes have no file yet: `:write` them first')
  elseif not editor.modifiable(buffer) or editor.call('getbufvar', buffer, '&readonly') == 1 then
    return say('this buffer cannot be changed')
  end
  local how = editor.exists(editor.file(buffer)) and editor.changed_outside(buffer)
  if how then
    return say(outside[how])
  end
  if editor.modified(buffer) or not editor.exists(editor.file(buffer)) then
    local trouble = editor.save(buffer, false)
    if trouble then
      return trouble
    end
  end
  return not editor.is_written(buffer) and say(outside.conflict) or nil
end

-- With the file locked, for `protokol record` may be at it as well.
local function locked(editor, core, buffer, run)
  local lock, problem = core.lock(editor.file(buffer))
  if not lock then
    return nil, { message = say(problem.message), file = editor.file(buffer) }
  end
  local ran, result, trouble = pcall(run)
  lock:unlock()
  if not ran then
    error(result, 0)
  end
  return result, trouble
end

--- The minutes of a buffer as they are in its file, written there first where they need to be.
---@return table|nil document, protokol.Problem?
function M.settled(protokol, buffer)
  local trouble = settle(protokol.editor, buffer)
  if trouble then
    return nil, { message = trouble }
  end
  return protokol.document(buffer)
end

local series = { sent = 'r', amended = 'a' }

--- A file's bytes, or nil.
function M.bytes(path)
  local file = io.open(path, 'rb')
  local bytes = file and file:read('*a')
  if file then
    file:close()
  end
  return bytes
end

local function add(protokol, core, document, event, bytes)
  local editor, buffer = protokol.editor, document.buffer
  if not editor.is_written(buffer) then -- in the moment before it was locked
    return nil, { message = say(outside.conflict) }
  end
  local made, problem = document.library:record(document.text, event, document.options)
  if not made then
    return nil, { message = say(problem.message) }
  end
  local path = editor.file(buffer)
  if series[event.event] then -- before the log says so
    local number = event.event == 'sent' and made.revision or made.number
    local kept
    kept, problem = core.keep(path, series[event.event], number, bytes or M.bytes(path) or '')
    if not kept then
      return nil, problem
    end
  end
  protokol.apply(buffer, { made })
  local trouble = editor.save(buffer, true)
  if trouble then
    return nil, { message = say('recorded in the buffer, but not yet written: %s', trouble) }
  end
  return made
end

--- Records an event in a buffer and writes it.
---@param event table { event = 'sent', who =, ... } as `protokol record` takes them
---@param bytes? string what was sent, where that is not what the file holds
---@return table|nil made { event =, revision =, number =, digest = }, protokol.Problem?
function M.record(protokol, buffer, event, bytes)
  local core = require('protokol.core')
  local document, problem = M.settled(protokol, buffer)
  if not document then
    return nil, problem
  end
  event.time = event.time or M.now()
  local made
  made, problem = locked(protokol.editor, core, buffer, function()
    return add(protokol, core, document, event, bytes)
  end)
  M.show(protokol.editor, protokol.document(buffer) or document)
  return made, problem
end

return M
