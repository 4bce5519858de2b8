-- Lists of findings: which to show, which is next, how they are told in a few letters.

local M = {}

local ranks = { error = 1, warning = 2, info = 3, hint = 4 }
local letters = { { 'error', 'E' }, { 'warning', 'W' }, { 'info', 'I' }, { 'hint', 'H' } }

--- No more than `most` of them, the gravest, in the order of the text.
---@return table[]
function M.few(findings, most)
  if #findings <= most then
    return findings
  end
  local room, of_rank, few = most, { 0, 0, 0, 0 }, {}
  for _, finding in ipairs(findings) do
    local rank = ranks[finding.severity]
    of_rank[rank] = of_rank[rank] + 1
  end
  for rank, count in ipairs(of_rank) do
    of_rank[rank] = math.min(count, room)
    room = room - of_rank[rank]
  end
  for _, finding in ipairs(findings) do
    local rank = ranks[finding.severity]
    if of_rank[rank] > 0 then
      of_rank[rank] = of_rank[rank] - 1
      few[#few + 1] = finding
    end
  end
  return few
end

--- "E1 W3 H2"; "ok" where nothing is found.
---@param known? table how many there are of each severity
---@return string
function M.status(findings, known)
  local counts, parts = known or {}, {}
  for _, finding in ipairs(known and {} or findings) do
    counts[finding.severity] = (counts[finding.severity] or 0) + 1
  end
  for _, letter in ipairs(letters) do
    local count = counts[letter[1]]
    parts[#parts + 1] = count and count > 0 and letter[2] .. count or nil
  end
  return #parts == 0 and 'ok' or table.concat(parts, ' ')
end

--- Those that touch a line, the ones at the column first.
---@return table[]
function M.under(findings, line, column)
  local here, beside = {}, {}
  for _, finding in ipairs(findings) do
    if finding.line <= line and line <= finding.end_line then
      local before = finding.line == line and column < finding.column
      local behind = finding.end_line == line and column >= finding.end_column
      table.insert((before or behind) and beside or here, finding)
    end
  end
  for _, finding in ipairs(beside) do
    here[#here + 1] = finding
  end
  return here
end

--- The one to go to from a place; past the last one it starts again.
---@param direction 'next'|'previous'
---@return table|nil
function M.beyond(findings, line, column, direction)
  local chosen
  for _, finding in ipairs(findings) do
    local behind = finding.line > line or finding.line == line and finding.column > column
    local before = finding.line < line or finding.line == line and finding.column < column
    if direction == 'next' and behind then
      return finding
    elseif direction == 'previous' and before then
      chosen = finding
    end
  end
  return chosen or findings[direction == 'next' and 1 or #findings]
end

--- One line for the first of some findings, and for how many more there are.
---@return string|nil
function M.words(findings)
  local first = findings[1]
  if not first then
    return nil
  end
  local text = ('%s [%s]'):format(first.message, first.rule)
  return #findings > 1 and ('(+%d) %s'):format(#findings - 1, text) or text
end

return M
