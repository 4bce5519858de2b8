-- What edits do to a buffer's lines: where lines change, what they become, where a place goes.
--
-- An edit replaces the bytes from { line, column } up to { end_line, end_column } by `text`; a hunk
-- is a stretch of whole lines with all the edits in it:
--
--     { line = its first line, before = lines now, after = lines then, edits = ... }
--
-- An insertion between lines has no `before`, a deletion no `after`.

local M = {}

local function before(one, other)
  if one.line ~= other.line then
    return one.line < other.line
  end
  return one.column < other.column
end

local function is_empty(edit)
  return edit.line == edit.end_line and edit.column == edit.end_column
end

-- By place; what is inserted stands before what is replaced there; else as given.
local function in_order(one, other)
  if before(one, other) or before(other, one) then
    return before(one, other)
  end
  if is_empty(one) ~= is_empty(other) then
    return is_empty(one)
  end
  return one.order < other.order
end

--- The edits of some fixes, in the order of the text. A fix with an edit inside one of a fix named
--- earlier is left out as a whole.
---@param fixes { edits: table[] }[]
---@return table[] edits, integer made how many fixes they are of
function M.of(fixes)
  local all, dropped, made = {}, {}, #fixes
  for i, fix in ipairs(fixes) do
    for _, edit in ipairs(fix.edits) do
      local copy = { fix = i, order = #all }
      for key, value in pairs(edit) do
        copy[key] = value
      end
      all[#all + 1] = copy
    end
  end
  table.sort(all, in_order)
  local holder
  for _, edit in ipairs(all) do
    local inside = holder
      and holder.fix ~= edit.fix
      and not dropped[holder.fix]
      and before(edit, { line = holder.end_line, column = holder.end_column })
    if not dropped[edit.fix] then
      if inside then
        dropped[math.max(edit.fix, holder.fix)] = true
        made = made - 1
      end
      holder = dropped[edit.fix] and holder or edit
    end
  end
  local edits = {}
  for _, edit in ipairs(all) do
    edits[#edits + 1] = not dropped[edit.fix] and edit or nil
  end
  return edits, made
end

local function split(text)
  local lines = {}
  if text ~= '' and text:sub(-1) ~= '\n' then
    text = text .. '\n'
  end
  for line in text:gmatch('([^\n]*)\n') do
    lines[#lines + 1] = line
  end
  return lines
end

-- Lines that stay as they are at either end are no part of the change.
local function trim(hunk)
  local function drop(list, at)
    table.remove(list, at or #list)
  end
  local old, new = hunk.before, hunk.after
  while #old > 0 and #new > 0 and old[#old] == new[#new] do
    drop(old)
    drop(new)
  end
  while #old > 0 and #new > 0 and old[1] == new[1] do
    drop(old, 1)
    drop(new, 1)
    hunk.line = hunk.line + 1
  end
end

local function change(hunk, lines)
  local start, length, within = {}, 0, #lines == 1
  for i, line in ipairs(lines) do
    start[hunk.line + i - 1] = length
    length = length + #line + 1
  end
  local text = #lines == 0 and '' or table.concat(lines, '\n') .. '\n'
  local function offset(line, column)
    return start[line] and math.min(start[line] + column - 1, #text) or #text
  end
  local pieces, done = {}, 0
  for _, edit in ipairs(hunk.edits) do
    pieces[#pieces + 1] = text:sub(done + 1, offset(edit.line, edit.column))
    pieces[#pieces + 1] = edit.text
    done = offset(edit.end_line, edit.end_column)
    within = within and edit.end_line == hunk.line and not edit.text:find('\n')
  end
  pieces[#pieces + 1] = text:sub(done + 1)
  hunk.before, hunk.after = lines, split(table.concat(pieces))
  hunk.within = within -- one line, and it stays one
  if not within then
    trim(hunk)
  end
end

--- Where lines change by edits in the order of the text.
---@param edits table[]
---@param lines fun(first: integer, last: integer): string[] lines as they are; none past the end
---@return table[] hunks
function M.hunks(edits, lines)
  local hunks, hunk = {}, nil
  for _, edit in ipairs(edits) do
    if not hunk or edit.line > hunk.last then
      hunk = { line = edit.line, last = edit.end_line, edits = {} }
      hunks[#hunks + 1] = hunk
    end
    hunk.edits[#hunk.edits + 1] = edit
    hunk.last = math.max(hunk.last, edit.end_line)
  end
  local changed = {}
  for _, one in ipairs(hunks) do
    change(one, lines(one.line, one.last))
    changed[#changed + 1] = (#one.before > 0 or #one.after > 0) and one or nil
  end
  return changed
end

--- Lines with the hunks made.
---@param lines string[]
---@return string[]
function M.made(lines, hunks)
  local all, number = {}, 1
  for _, hunk in ipairs(hunks) do
    for i = number, hunk.line - 1 do
      all[#all + 1] = lines[i]
    end
    for _, line in ipairs(hunk.after) do
      all[#all + 1] = line
    end
    number = hunk.line + #hunk.before
  end
  for i = number, #lines do
    all[#all + 1] = lines[i]
  end
  return all
end

local function moved_within(hunk, column)
  local shift = 0
  for _, edit in ipairs(hunk.edits) do
    if column < edit.column then
      break
    elseif column < edit.end_column then
      return edit.column + shift
    end
    shift = shift + #edit.text - (edit.end_column - edit.column)
  end
  return column + shift
end

--- Where a place of the text before the hunks is in the text behind them.
---@return integer line, integer column
function M.moved(hunks, line, column)
  local shift = 0
  for _, hunk in ipairs(hunks) do
    if line < hunk.line then
      break
    elseif line < hunk.line + #hunk.before then
      if hunk.within then
        return line + shift, moved_within(hunk, column)
      end
      local at = math.min(line - hunk.line, math.max(#hunk.after - 1, 0))
      return hunk.line + at + shift, column
    end
    shift = shift + #hunk.after - #hunk.before
  end
  return line + shift, column
end

local function put(shown, sign, lines, most, blank)
  local count = 0
  for _, line in ipairs(lines) do
    if blank or line:find('%S') then
      count = count + 1
      if count > most then
        shown[#shown + 1] = { ' ', '...' }
        return
      end
      shown[#shown + 1] = { sign, line }
    end
  end
end

--- What changes, as lines with a sign: { '-', line } as it is, { '+', line } as it will be, { ' ',
--- line } below which something is put in, or '...' for what is left out. Blank lines are shown
--- only where nothing else changes.
---@param lines fun(first: integer, last: integer): string[]
---@param most integer lines of each sign in a hunk
---@return { [1]: string, [2]: string }[]
function M.preview(hunks, lines, most)
  local shown = {}
  for _, hunk in ipairs(hunks) do
    local above = hunk.line - 1
    while #hunk.before == 0 and above > 0 do
      local line = lines(above, above)[1]
      if line:find('%S') then
        shown[#shown + 1] = { ' ', line }
        break
      end
      above = above - 1
    end
    local blank = not (table.concat(hunk.before) .. table.concat(hunk.after)):find('%S')
    put(shown, '-', hunk.before, most, blank)
    put(shown, '+', hunk.after, most, blank)
  end
  return shown
end

return M
