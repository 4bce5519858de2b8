-- What the user may set, in one table; setup() and g:protokol lay their values over the defaults.

local M = {}

---@class protokol.Option
---@field name string
---@field default any its type is the option's type
---@field values? string[] what it may be
---@field description string

---@type protokol.Option[]
M.schema = {
  { name = 'live', default = true, description = 'check minutes as the text changes' },
  { name = 'delay', default = 0, description = 'milliseconds of quiet before a live check' },
  { name = 'update_in_insert', default = false, description = 'check while text is typed, too' },
  { name = 'max_findings', default = 200, description = 'findings shown at once in a buffer' },
  { name = 'max_size', default = 4000000, description = 'bytes above which live checks rest' },
  {
    name = 'list',
    default = 'location',
    values = { 'location', 'quickfix' },
    description = 'the list that `:Protokol lint` fills',
  },
  { name = 'virtual_text', default = true, description = 'message beside the line (Neovim)' },
  { name = 'signs', default = true, description = 'a sign in front of lines with findings' },
  { name = 'echo', default = true, description = 'message under the cursor is echoed (Vim)' },
  { name = 'next_key', default = '<Tab>', description = 'to the next placeholder; "": no key' },
  { name = 'previous_key', default = '<S-Tab>', description = 'to the previous; "": no key' },
  { name = 'complete', default = true, description = 'set omnifunc, completefunc where free' },
  { name = 'remember', default = true, description = 'keep client, place ... for new minutes' },
  { name = 'author', default = '', description = 'your name; "": $PROTOKOL_AUTHOR, or ask git' },
  { name = 'profile', default = '', description = 'profile of new minutes; "": the project\'s' },
  { name = 'language', default = '', description = 'language of new minutes; "": the profile\'s' },
  { name = 'detail', default = '', description = 'level of detail; "": the profile\'s' },
  { name = 'program', default = '', description = 'what reads files and folders; "": our own' },
}

-- Levenshtein's distance (1966), in bytes: good enough for names.
local function distance(one, other)
  local row = {}
  for j = 0, #other do
    row[j] = j
  end
  for i = 1, #one do
    local corner = row[0]
    row[0] = i
    for j = 1, #other do
      local cost = one:byte(i) == other:byte(j) and 0 or 1
      corner, row[j] = row[j], math.min(row[j] + 1, row[j - 1] + 1, corner + cost)
    end
  end
  return row[#other]
end

--- The name in `names` that is near enough to have been meant, as ' - did you mean "x"?', or ''.
---@param word string
---@param names string[]
---@return string
function M.hint(word, names)
  local best, least
  for _, name in ipairs(names) do
    local far = distance(word:lower(), name)
    if (not least or far < least) and far <= math.max(1, math.min(3, math.floor(#name * 0.4))) then
      best, least = name, far
    end
  end
  return best and require('protokol.say')(' - did you mean "%s"?', best) or ''
end

local function names()
  local list = {}
  for _, option in ipairs(M.schema) do
    list[#list + 1] = option.name
  end
  return list
end

local function is_among(value, values)
  for _, one in ipairs(values or { value }) do
    if one == value then
      return true
    end
  end
  return false
end

-- Vim script has no booleans of old: 0 and 1 stand for them.
local function fitting(value, default)
  if type(default) == 'boolean' and (value == 0 or value == 1) then
    return value == 1
  end
  if type(value) == type(default) and not (type(value) == 'number' and value < 0) then
    return value
  end
end

--- The defaults with each layer's values on them; what does not fit is left out and named.
---@param ... table|nil layers, the later the stronger
---@return table options, string[] problems
function M.merge(...)
  local options, problems = {}, {}
  local values = {}
  for _, option in ipairs(M.schema) do
    options[option.name], values[option.name] = option.default, option.values
  end
  for i = 1, select('#', ...) do
    local layer = select(i, ...)
    if layer ~= nil and type(layer) ~= 'table' then
      problems[#problems + 1] = 'options are a table, not a ' .. type(layer)
      layer = nil
    end
    for name, value in pairs(layer or {}) do
      local default = options[name]
      local fit = fitting(value, default)
      if default == nil then
        local hint = M.hint(tostring(name), names())
        problems[#problems + 1] = ('there is no option "%s"%s'):format(tostring(name), hint)
      elseif fit == nil then
        problems[#problems + 1] = ('option "%s" is a %s, not %s'):format(
          name,
          type(default),
          type(value) == 'string' and '"' .. value .. '"' or tostring(value)
        )
      elseif not is_among(fit, values[name]) then
        local words = '"' .. table.concat(values[name], '" or "') .. '"'
        problems[#problems + 1] = ('option "%s" is %s, not "%s"'):format(name, words, fit)
      else
        options[name] = fit
      end
    end
  end
  return options, problems
end

return M
