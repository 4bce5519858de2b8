-- A board of minutes as a quickfix list: where the approval of each stands, and what is to be done.

local say = require('protokol.say')
local cells = require('protokol.cells').filled

local M = {}

local stands = { 'draft', 'sent', 'objected', 'agreed', 'distributed', 'closed' }
local place_width = 28

local function one_line(text)
  return (text:gsub('[%s%c]+', ' '))
end

local function entry(editor, one)
  local file = editor.absolute(one.file)
  local text = one_line(table.concat(one.next, '; '))
  local since = one.since and one.since:sub(1, 10) or ''
  local revision = one.revision > 0 and 'r' .. one.revision or ''
  text = ('%s  %s  %s'):format(cells(editor, revision, 3), cells(editor, since, 10), text)
  local place = cells(editor, editor.short(file), place_width, true)
  return { filename = file, lnum = 1, col = 1, text = text }, place .. ' ' .. text
end

-- Under the name of each stand those that are there; a name leads nowhere.
local function fill(editor, list, documents)
  local items, rows = {}, {}
  for _, stand in ipairs(stands) do
    local there = {}
    for _, one in ipairs(documents) do
      there[#there + 1] = one.stand == stand and one or nil
    end
    if #there > 0 then
      local heading = ('%s (%d)'):format(say(stand), #there)
      items[#items + 1], rows[#rows + 1] = { text = heading, valid = 0 }, heading
    end
    for _, one in ipairs(there) do
      items[#items + 1], rows[#rows + 1] = entry(editor, one)
    end
  end
  list.add(items, rows)
end

--- Reads files and folders with our program, then fills and opens the quickfix window.
---@param reader string the program
---@param words string[] paths
---@return boolean|nil started, protokol.Problem?
function M.show(editor, reader, words)
  local argv = { reader, 'status', '--format', 'jsonl', '--' }
  for _, word in ipairs(words) do
    argv[#argv + 1] = editor.absolute(word)
  end
  local documents, errors = {}, {}
  local id, why = editor.start(argv, {
    on_line = function(line)
      local read, one = pcall(editor.decode, line)
      if read and type(one) == 'table' and one.stand then
        documents[#documents + 1] = one
      end
    end,
    on_error = function(line)
      errors[#errors + 1] = line ~= '' and line or nil
    end,
    on_exit = function()
      if #errors > 0 then
        editor.notify('error', table.concat(errors, '\n'))
      end
      if #documents == 0 then
        editor.notify('info', say('no minutes there'))
        return
      end
      local list = editor.list('quickfix', 'status: ' .. table.concat(words, ' '))
      fill(editor, list, documents)
      list.open()
    end,
  })
  if not id then
    return nil, { message = why }
  end
  return true
end

return M
