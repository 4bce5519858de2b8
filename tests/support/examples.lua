-- examples.lua - read examples from Markdown: a heading says what is true, fences show it.
--
--     ## keeps silent about a cancelled action
--
--     ````minutes lang=de name=a.txt
--     ...
--     ````
--
--     ````findings
--     none
--     ````
--
-- Fences have four backticks, so that minutes may hold fences of three.
local M = {}

--- All lines with their line ends; a last one may lack it.
local function each_line(text)
  return text:gmatch('([^\n]*\n?)')
end

local function settings_of(words)
  local settings = {}
  for key, value in words:gmatch('(%w+)=(%S+)') do
    settings[key] = value
  end
  return settings
end

--- Examples in the order of the file, a new one at each heading with fences under it:
--- { title =, line =, settings =, and the fences' texts by their first word }.
function M.read(path)
  local file = assert(io.open(path, 'rb'))
  local examples, example, fence, number = {}, nil, nil, 0
  for text in each_line(file:read('*a')) do
    number = number + 1
    local line = text:gsub('\r?\n$', '')
    if fence then
      if line == '````' then
        fence = nil
      else
        example[fence] = example[fence] .. text
      end
    elseif line:match('^````%w') then
      local kind, words = line:match('^````(%w+)(.*)$')
      assert(
        example and not example[kind],
        path .. ':' .. number .. ': one fence of a kind a heading'
      )
      fence, example[kind] = kind, ''
      if words ~= '' then
        example.settings = settings_of(words)
      end
    elseif line:match('^##+ ') then
      example = { title = line:match('^#+ (.*)$'), line = number, settings = {} }
      examples[#examples + 1] = example
    end
  end
  file:close()
  return examples
end

return M
