#!/usr/bin/env lua5.4
-- report.lua BUILD [FILE...] - the share of branches of csrc that the tests took, by file and in
-- all, from what gcov counted in the objects under BUILD; of the files named each branch that was
-- never taken, with its line. Ends with status 1 below the bar.
local json = require('tests.support.json')

local BAR = 90 -- per cent of branches
local build = assert(arg[1], 'report.lua BUILD [FILE...]')

local function lines_of(command)
  local pipe = assert(io.popen(command))
  local lines = {}
  for line in pipe:lines() do
    lines[#lines + 1] = line
  end
  assert(pipe:close(), command)
  return lines
end

-- A header's code, and what is built once more for a test, is in several objects: a branch is
-- known by its function, its line and its place in that line, and what each object counted adds up.
local files = {}

local function take_line(branches, line)
  for place, branch in ipairs(line.branches) do
    local key = ('%s:%d:%d'):format(line.function_name or '', line.line_number, place)
    branches[key] = (branches[key] or 0) + branch.count
  end
end

for _, object in ipairs(lines_of(("find '%s' -name '*.gcno'"):format(build))) do
  for _, text in ipairs(lines_of(("gcov --branch-probabilities --json-format --stdout '%s' 2>/dev/null"):format(object))) do
    for _, file in ipairs(json.decode(text).files) do
      local name = file.file:match('^%./?(csrc/.*)') or file.file:match('^csrc/.*')
      if name then
        files[name] = files[name] or {}
        for _, line in ipairs(file.lines) do
          take_line(files[name], line)
        end
      end
    end
  end
end

local function share(taken, all)
  return all == 0 and 100 or 100 * taken / all
end

local names, rows = {}, {}
local taken_of_all, all = 0, 0
for name, branches in pairs(files) do
  local row = { taken = 0, all = 0 }
  for _, count in pairs(branches) do
    row.all = row.all + 1
    row.taken = row.taken + (count > 0 and 1 or 0)
  end
  taken_of_all, all = taken_of_all + row.taken, all + row.all
  names[#names + 1], rows[name] = name, row
end
table.sort(names, function(a, b)
  local left, right = rows[a], rows[b]
  local x, y = share(left.taken, left.all), share(right.taken, right.all)
  return x == y and a < b or x < y
end)

for _, name in ipairs(names) do
  local row = rows[name]
  if row.all > 0 then
    print(('%6.1f %%  %4d of %4d  %s'):format(share(row.taken, row.all), row.taken, row.all, name))
  end
end

for place = 2, #arg do
  local missed = {}
  for key, count in pairs(files[arg[place]] or {}) do
    local line = tonumber(key:match(':(%d+):'))
    missed[line] = (missed[line] or 0) + (count == 0 and 1 or 0)
  end
  local number = 0
  for text in io.lines(arg[place]) do
    number = number + 1
    if (missed[number] or 0) > 0 then
      print(('%s:%d: %d never taken: %s'):format(arg[place], number, missed[number], text))
    end
  end
end

local percent = share(taken_of_all, all)
print(('%6.1f %%  %d of %d branches of csrc (bar %d %%)'):format(percent, taken_of_all, all, BAR))
os.exit(percent >= BAR and 0 or 1)
