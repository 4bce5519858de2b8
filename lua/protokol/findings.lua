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

-- How many bytes two texts have in common, from the front.
local function common(one, other)
  local same, most = 0, math.min(#one, #other)
  local step = most
  while step > 0 do
    local to = math.min(same + step, most)
    if to > same and one:sub(same + 1, to) == other:sub(same + 1, to) then
      same = to
    else
      step = math.floor(step / 2)
    end
  end
  return same
end

local function lines_in(text, from, to)
  local count, at = 0, text:find('\n', from, true)
  while at and at <= to do
    count, at = count + 1, text:find('\n', at + 1, true)
  end
  return count
end

--- Where the findings of a text are in what has become of it; those in lines that have changed are
--- left out.
---@param old string
---@param new string
---@return table[]
function M.moved(findings, old, new)
  local front = common(old, new)
  local back = math.min(common(old:reverse(), new:reverse()), #old - front, #new - front)
  local all, above = lines_in(old, 1, #old), lines_in(old, 1, front)
  local shift = lines_in(new, 1, #new) - all
  -- the first line of what they have in common at the end may be but the end of one
  local below = math.max(0, lines_in(old, #old - back + 1, #old) - 1)
  local list = {}
  for _, finding in ipairs(findings) do
    local by = finding.end_line <= above and 0 or finding.line > all - below and shift
    if by == 0 then
      list[#list + 1] = finding
    elseif by then
      local copy = {}
      for key, value in pairs(finding) do
        copy[key] = value
      end
      copy.line, copy.end_line = finding.line + by, finding.end_line + by
      list[#list + 1] = copy
    end
  end
  return list
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
