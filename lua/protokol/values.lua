-- What is known before minutes are written: today, the author, and what stood in earlier minutes.
--
-- Earlier values are harvested as minutes are saved, a few a field, newest first, in one small
-- file of the user's own (option `remember`).

local M = {}

local fields = { 'client', 'place', 'chair', 'secretary' }
local kept_values, kept_bytes = 10, 200

--- Keys that somebody may well fill in beforehand.
M.keys = { 'client', 'place', 'subject', 'chair', 'secretary', 'date', 'time' }

local function file_of(editor)
  return editor.data() .. '/values.json'
end

local function load(editor)
  local file = io.open(file_of(editor), 'rb')
  if not file then
    return {}
  end
  local text = file:read('*a')
  file:close()
  local read, values = pcall(editor.decode, text)
  return read and type(values) == 'table' and values or {}
end

-- Into a file beside it first: nobody reads half a file.
local function save(editor, values)
  local path = file_of(editor)
  if editor.call('isdirectory', editor.data()) == 0 then
    editor.call('mkdir', editor.data(), 'p', tonumber('700', 8))
  end
  local new = ('%s.%d'):format(path, editor.call('getpid'))
  local file = io.open(new, 'wb')
  if file then
    local written = file:write(editor.encode(values), '\n')
    if file:close() and written then
      os.rename(new, path)
    else
      os.remove(new)
    end
  end
end

--- The list with a value in front, once, and no longer than kept_values.
function M.with(list, value)
  local new = { value }
  for _, old in ipairs(list or {}) do
    if old ~= value and #new < kept_values then
      new[#new + 1] = old
    end
  end
  return new
end

--- What stood in a field of earlier minutes, newest first.
---@return string[]
function M.earlier(editor, settings, field)
  local list, strings = settings.remember and load(editor)[field], {}
  for _, value in ipairs(type(list) == 'table' and list or {}) do
    strings[#strings + 1] = type(value) == 'string' and value or nil
  end
  return strings
end

local function git_name(editor)
  local name = editor.output({ 'git', 'config', 'user.name' }):match('^%s*(.-)%s*$')
  return name ~= '' and name or nil
end

--- What the user has set, for this editor or, as the program reads it, for all.
local function set_name(settings)
  local name = settings.author ~= '' and settings.author or os.getenv('PROTOKOL_AUTHOR')
  return name ~= '' and name or nil
end

--- The user's own name, where the option, $PROTOKOL_AUTHOR or git tells it.
function M.author(editor, settings)
  return set_name(settings) or git_name(editor)
end

--- Values for a template by key, and which of them come from earlier minutes.
function M.known(editor, settings)
  local values, remembered = {}, {}
  if settings.remember then
    local earlier = load(editor)
    for _, field in ipairs(fields) do
      local list = earlier[field]
      local value = type(list) == 'table' and list[1]
      if type(value) == 'string' and value ~= '' then
        values[field], remembered[field] = value, value
      end
    end
  end
  local name = set_name(settings)
  if name then
    values.secretary, remembered.secretary = name, nil
  end
  values.secretary = values.secretary or git_name(editor)
  return values, remembered
end

--- Remembers the fields of minutes that were just saved.
function M.harvest(protokol, buffer)
  local editor = protokol.editor
  if not protokol.options().remember then
    return
  end
  local outline = protokol.outline(buffer)
  local earlier, changed = load(editor), false
  for _, field in ipairs(fields) do
    local value = outline and outline.meeting and outline.meeting[field]
    local fit = type(value) == 'string' and value ~= '' and #value <= kept_bytes
    local list = type(earlier[field]) == 'table' and earlier[field] or {}
    if fit and not value:find('[{}%c]') and list[1] ~= value then
      earlier[field] = M.with(list, value)
      changed = true
    end
  end
  if changed then
    save(editor, earlier)
  end
end

return M
