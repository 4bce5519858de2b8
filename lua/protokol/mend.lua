-- Every mend that is certain and makes no new trouble, tried on a copy of the text: as `lint --fix`
-- of the program does, see csrc/face/mend.c.

local edits = require('protokol.edits')

local M = {}

local most_tries = 64
local patience = 2 -- seconds of processor time; then what is mended is mended

-- What a finding says, whatever its numbers.
local function key(finding)
  return finding.rule .. ' ' .. finding.message:gsub('%d+', '#')
end

local function count(findings)
  local counts, all = {}, 0
  for _, finding in ipairs(findings) do
    if finding.rule ~= 'placeholder-left' then
      counts[key(finding)] = (counts[key(finding)] or 0) + 1
      all = all + 1
    end
  end
  return counts, all
end

--- Are there fewer findings, and none that was not there before? Placeholders do not count.
function M.is_better(before, after)
  local old, old_count = count(before)
  local new, new_count = count(after)
  for what, times in pairs(new) do
    if times > (old[what] or 0) then
      return false
    end
  end
  return new_count < old_count
end

--- The mend of a finding that needs nobody to choose, if there is one.
---@return table|nil fix
function M.certain(finding)
  for _, fix in ipairs(finding.fixes) do
    if not fix.choice then
      return fix
    end
  end
end

-- The fixes to try next of what is found in lines [first, last], and whose they are.
local function chosen(state, refused, most)
  local fixes, owners = {}, {}
  for _, finding in ipairs(state.findings) do
    local fix = M.certain(finding)
    local inside = finding.line <= state.last and finding.end_line >= state.first
    if fix and #fix.edits > 0 and inside and not refused[key(finding)] and #fixes < most then
      fixes[#fixes + 1], owners[#owners + 1] = fix, finding
    end
  end
  return fixes, owners
end

local function with(lines, list)
  local hunks = edits.hunks(list, function(first, last)
    local some = {}
    for number = first, math.min(last, #lines) do
      some[#some + 1] = lines[number]
    end
    return some
  end)
  return edits.made(lines, hunks)
end

--- Rounds of edits, each from the text that the one before leaves, and how many mends they make.
--- All at once first; where that makes trouble ever fewer, to leave out the one that does.
---@param text string lines ended by "\n"
---@param first integer lines to mend
---@param last integer
---@param lint fun(text: string): table[]
---@return table[][] rounds, integer made
function M.all(text, first, last, lint)
  local lines = {}
  for line in text:gmatch('([^\n]*)\n') do
    lines[#lines + 1] = line
  end
  local state = { lines = lines, first = first, last = last, findings = lint(text) }
  local rounds, made, refused, most = {}, 0, {}, math.huge
  local stop = os.clock() + patience
  for _ = 1, most_tries do
    local fixes, owners = chosen(state, refused, most)
    if #fixes == 0 or os.clock() > stop then
      break
    end
    local list, tried = edits.of(fixes)
    local new = with(state.lines, list)
    local findings = lint(table.concat(new, '\n') .. '\n')
    if M.is_better(state.findings, findings) then
      rounds[#rounds + 1], made = list, made + tried
      state = {
        lines = new,
        first = first,
        last = state.last + #new - #state.lines,
        findings = findings,
      }
      most = most * 2
    elseif tried == 1 then
      refused[key(owners[list[1].fix])], most = true, math.huge
    else
      most = math.floor(tried / 2)
    end
  end
  return rounds, made
end

return M
