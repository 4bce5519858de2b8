-- Text cut to what a line of the screen has room for.

local M = {}

local most = 16 -- bytes a cell: no letter with its marks has more

--- As much of a text as fits into some cells: its beginning, or its end. A text may hold any bytes.
---@param from_back? boolean
---@return string
function M.fitting(editor, text, room, from_back)
  local cut = from_back and '^.[\128-\191]*' or '.[\128-\191]*$'
  if #text > room * most then
    text = from_back and text:sub(-room * most) or text:sub(1, room * most)
  end
  while text ~= '' and editor.width(text) > room do
    text = text:gsub(cut, '')
  end
  return text
end

--- Likewise, with an ellipsis for what is cut off, filled up with blanks.
function M.filled(editor, text, room, from_back)
  if editor.width(text) > room then
    text = M.fitting(editor, text, room - 1, from_back)
    text = from_back and '…' .. text or text .. '…'
  end
  return text .. (' '):rep(room - editor.width(text))
end

--- Lines folded between words, so that none but a single long word takes more than some cells.
--- Indented lines are examples: the window folds them.
---@param lines string[]
---@return string[]
function M.folded(editor, lines, room)
  room = math.max(20, math.min(room, editor.call('eval', '&columns') - 6))
  local folded = {}
  for _, line in ipairs(lines) do
    local rest = line:match('^%S') and '' or line
    for word in (rest == '' and line or ''):gmatch('%S+') do
      if rest ~= '' and editor.width(rest .. ' ' .. word) > room then
        folded[#folded + 1], rest = rest, word
      else
        rest = rest == '' and word or rest .. ' ' .. word
      end
    end
    folded[#folded + 1] = rest
  end
  return folded
end

return M
