-- json.lua - JSON for the tests; busted itself needs dkjson, so it is there where busted is.
local dkjson = require('dkjson')

local M = {}

--- One value; JSON's null becomes M.null.
M.null = dkjson.null
function M.decode(text)
  local value, _, message = dkjson.decode(text, 1, M.null)
  if message then
    error('no JSON: ' .. message .. '\n' .. text, 2)
  end
  return value
end

---@return string
function M.encode(value)
  return dkjson.encode(value, { indent = true })
end

--- One value a line.
function M.lines(text)
  local values = {}
  for line in text:gmatch('[^\n]+') do
    values[#values + 1] = M.decode(line)
  end
  return values
end

return M
