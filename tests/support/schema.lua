-- schema.lua - does a decoded JSON value fit a JSON Schema? As much of draft 7 as our schemas use.
-- luacheck: std lua54
local json = require('tests.support.json')

local function kind_of(value)
  if value == json.null then
    return 'null'
  elseif type(value) ~= 'table' then
    return type(value)
  end
  -- dkjson tells what an empty table was.
  return (getmetatable(value) or {}).__jsontype or (value[1] ~= nil and 'array' or 'object')
end

local fits

local checks = {
  type = function(types, value)
    local kind = kind_of(value)
    for _, one in ipairs(type(types) == 'table' and types or { types }) do
      if one == kind or (one == 'integer' and math.type(value) == 'integer') then
        return true
      end
    end
    return false
  end,
  enum = function(values, value)
    for i = 1, #values do
      if values[i] == value then
        return true
      end
    end
    return false
  end,
  anyOf = function(schemas, value)
    for _, schema in ipairs(schemas) do
      if fits(schema, value) then
        return true
      end
    end
    return false
  end,
  required = function(keys, value)
    for _, key in ipairs(kind_of(value) == 'object' and keys or {}) do
      if value[key] == nil then
        return false
      end
    end
    return true
  end,
  items = function(schema, value)
    for _, item in ipairs(kind_of(value) == 'array' and value or {}) do
      if not fits(schema, item) then
        return false
      end
    end
    return true
  end,
  minItems = function(count, value)
    return kind_of(value) ~= 'array' or #value >= count
  end,
  maxItems = function(count, value)
    return kind_of(value) ~= 'array' or #value <= count
  end,
  minimum = function(least, value)
    return type(value) ~= 'number' or value >= least
  end,
  pattern = function(pattern, value)
    assert(pattern == '^[0-9]{1,9}$', 'a pattern this cannot read')
    return type(value) ~= 'string' or (value:find('^%d+$') ~= nil and #value <= 9)
  end,
}

local words = {
  ['$schema'] = true,
  title = true,
  description = true,
  properties = true,
  patternProperties = true,
}

local function properties_fit(schema, value)
  for key, member in pairs(kind_of(value) == 'object' and value or {}) do
    local own = schema.properties and schema.properties[key]
    for pattern, inner in pairs(schema.patternProperties or {}) do
      assert(pattern == '[.]', 'a pattern this cannot read')
      own = own or (key:find('.', 1, true) and inner)
    end
    if own == nil then
      own = schema.additionalProperties
    end
    if own == false or (type(own) == 'table' and not fits(own, member)) then
      return false
    end
  end
  return true
end

function fits(schema, value)
  for key, of in pairs(schema) do
    assert(checks[key] or words[key] or key == 'additionalProperties', 'unknown keyword ' .. key)
    if checks[key] and not checks[key](of, value) then
      return false
    end
  end
  return properties_fit(schema, value)
end

return { fits = fits }
