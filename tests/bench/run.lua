-- How fast it is beside its peers, in one run and by turns: tables here, all figures in JSON.
--
--     lua5.4 tests/bench/run.lua [PART]...       start files large core actions growth editors
--
-- FULL=1 lets the curves of growth go on to 100 MB and 100,000 files (900 MB of disk).
package.path = './?.lua;' .. package.path
local generate = require('tests.bench.generate')
local json = require('tests.support.json')
local peers = require('tests.bench.peers')

local output = peers.output
local build = os.getenv('BUILD') or 'build'
local root = output('pwd -P')
local folder = root .. '/' .. build .. '/bench'
local corpus = folder .. '/corpus'
local program = root .. '/' .. build .. '/protokol'
local full = (os.getenv('FULL') or '') ~= ''
local figures = {} -- what becomes JSON, by part

-- -- Measuring -----------------------------------------------------------------------------

local function median(values)
  table.sort(values)
  local middle = #values // 2
  return #values % 2 == 1 and values[middle + 1] or (values[middle] + values[middle + 1]) / 2
end

-- One run: { wall, CPU (both in ms), peak (MB) }; nil and the status where it failed.
local function once(command, where, files)
  local line = ("cd '%s' && %s/measure %s"):format(where, folder, (command:gsub('FILES', files)))
  local wall, user, system, peak, status = output(line):match('(%S+) (%S+) (%S+) (%S+) (%S+)$')
  status = tonumber(status) or 127
  if status > 1 then -- 1 says that there are findings
    return nil, status
  end
  return { (wall + 0) * 1000, (user + system) * 1000, peak / 1024 }
end

-- Runs all by turns, so that what else the machine does meets each of them; what takes long gets
-- fewer turns. Rows: { name =, wall =, cpu =, peak =, walls = }, medians.
local function contest(contestants, kind, where, files, rounds, seconds)
  local rows = {}
  for _, one in ipairs(contestants) do
    if one[kind] then
      rows[#rows + 1] =
        { name = one.name, command = one[kind], spent = 0, walls = {}, cpus = {}, peaks = {} }
    end
  end
  for turn = 0, rounds do -- the first brings the files into memory
    for _, row in ipairs(rows) do
      if not row.failed and row.spent < seconds * 1000 then
        local took, status = once(row.command, where, files)
        row.failed = not took and 'failed with status ' .. status or nil
        row.spent = row.spent + (took and took[1] or 0)
        if took and (turn > 0 or row.spent > seconds * 1000) then
          row.walls[#row.walls + 1] = took[1]
          row.cpus[#row.cpus + 1] = took[2]
          row.peaks[#row.peaks + 1] = took[3]
        end
      end
    end
  end
  for _, row in ipairs(rows) do
    row.command, row.spent = nil, nil
    row.runs = #row.walls
    if not row.failed then
      row.wall, row.cpu, row.peak = median(row.walls), median(row.cpus), median(row.peaks)
    end
    row.cpus, row.peaks = nil, nil
  end
  return rows
end

local function of(rows, name)
  for _, row in ipairs(rows or {}) do
    if row.name == name then
      return row
    end
  end
end

-- -- Parts ---------------------------------------------------------------------------------

local function show(title, rows)
  print('\n' .. title)
  print(
    ('  %-20s %10s %10s %9s %9s %5s'):format('', 'wall ms', 'CPU ms', 'peak MB', 'ratio', 'runs')
  )
  local own = rows[1]
  for _, row in ipairs(rows) do
    if row.failed then
      print(('  %-20s %s'):format(row.name, row.failed))
    else
      local line = '  %-20s %10.2f %10.2f %9.1f %9.2f %5d'
      print(line:format(row.name, row.wall, row.cpu, row.peak, row.wall / own.wall, row.runs))
    end
  end
end

-- Contests: of one file and of many, against all who are here.
local contests = {
  start = { 'Start: one file of 8 KB', 'one', '', 'small-en.md', 31, 15 },
  files = { '2,000 files of 8 KB', 'many', '/files-2000', '*.md', 9, 15, counts = { 2000 } },
  large = { 'One file of 50 MB', 'one', '', '50.md', 5, 15, sizes = { 50 } },
}

local function fight(part, contestants)
  local title, kind, where, files, rounds, seconds = table.unpack(contests[part])
  local fit = {}
  for _, one in ipairs(contestants) do
    if part ~= 'large' or not one.slow then -- it would take minutes
      fit[#fit + 1] = one
    end
  end
  figures[part] = contest(fit, kind, corpus .. where, files, rounds, seconds)
  show(title, figures[part])
end

local function core()
  figures.core = {}
  print('\nThe core in one process, 8 KB, microseconds of CPU: median / 99th percentile')
  for _, language in ipairs({ 'en', 'ru' }) do
    local command = ('%s/core %s/small-%s.md %s 2000'):format(folder, corpus, language, language)
    local figure = json.decode(output(command))
    figures.core[language] = figure
    local cells = {}
    for _, step in ipairs({ 'parse', 'read', 'lint', 'actions', 'whole' }) do
      cells[#cells + 1] = ('%s %.0f / %.0f'):format(step, figure[step].median, figure[step].p99)
    end
    print(('  %s  %s'):format(language, table.concat(cells, '   ')))
  end
end

local function actions()
  local sorted = { name = 'protokol actions', many = program .. ' actions --all --sort due FILES' }
  figures.actions = contest({ sorted }, 'many', corpus, 'files-10000', 3, 30)
  show('Actions of 10,000 files, sorted by due date', figures.actions)
end

local steps = {
  sizes = full and { 1, 2, 5, 10, 20, 50, 100 } or { 1, 2, 5, 10, 20, 50 },
  counts = full and { 100, 1000, 10000, 100000 } or { 100, 1000, 2000, 10000 },
}

-- What a unit takes should not depend on how many there are.
local function curve(title, unit, numbers, name)
  print('\n' .. title)
  print(
    ('  %10s %12s %14s %10s'):format(unit, 'wall ms', 'us a ' .. unit:gsub('s$', ''), 'peak MB')
  )
  local rows, longest = {}, 0
  for i, number in ipairs(numbers) do
    local lint = { name = tostring(number), many = program .. ' lint --all --quiet FILES' }
    local row = contest({ lint }, 'many', corpus, name:format(number), 5, 20)[1]
    row.number, row.each = number, row.wall * 1000 / number
    rows[i], longest = row, math.max(longest, row.each)
  end
  for _, row in ipairs(rows) do
    local bar = ('#'):rep(math.floor(row.each / longest * 30 + 0.5))
    local line = '  %10d %12.1f %14.1f %10.1f  %s'
    print(line:format(row.number, row.wall, row.each, row.peak, bar))
  end
  return rows
end

local function growth()
  figures.growth = {
    sizes = curve('Growth: one file', 'MB', steps.sizes, '%d.md'),
    counts = curve('Growth: files of 8 KB', 'files', steps.counts, 'files-%d'),
  }
end

local function editors()
  print('\nKey pressed to findings shown')
  figures.editors = require('tests.bench.editor').all()
end

-- -- What we want ----------------------------------------------------------------------------

local function ratio(part, peer, inverse)
  return function()
    local own, other = of(figures[part], 'protokol lint'), of(figures[part], peer)
    if own and other and own.wall and other.wall then
      return inverse and other.wall / own.wall or own.wall / other.wall
    end
  end
end

local function own(part, name, field, scale)
  return function()
    local row = of(figures[part], name)
    return row and row[field] and row[field] * (scale or 1)
  end
end

local function in_core(field)
  return function()
    local worst
    for _, figure in pairs(figures.core or {}) do
      worst = math.max(worst or 0, figure.whole[field] / 1000)
    end
    return worst
  end
end

local function in_editor(editor, case, field)
  return function()
    local figure = figures.editors and figures.editors[editor]
    return figure and figure[case] and figure[case][field]
  end
end

-- The last step against the middle one: small ones pay for the start.
local function grown(which, field)
  return function()
    local rows = figures.growth and figures.growth[which]
    if not rows then
      return nil
    end
    local last, middle = rows[#rows], rows[(#rows + 1) // 2]
    if field == 'peak' then
      return last.peak / middle.peak / (last.number / middle.number)
    end
    return last.each / middle.each
  end
end

-- { goal, what is measured, '<' or '>', bar, unit }
local bars = {
  { '2,000 files: time by that of wc -l', ratio('files', 'wc -l'), '<', 1, 'x' },
  { '2,000 files: faster than rumdl, cold', ratio('files', 'rumdl', true), '>', 15, 'x' },
  { '2,000 files: than rumdl, warm cache', ratio('files', 'rumdl, warm cache', true), '>', 4, 'x' },
  { '2,000 files: than rg -P, 29 patterns', ratio('files', 'rg -P', true), '>', 10, 'x' },
  { '2,000 files: than rg, 29 patterns', ratio('files', 'rg', true), '>', 20, 'x' },
  { '2,000 files: memory', own('files', 'protokol lint', 'peak'), '<', 16, 'MB' },
  {
    '50 MB: speed',
    function()
      local wall = own('large', 'protokol lint', 'wall')()
      return wall and 50 * 1024 * 1024 / 1e6 / (wall / 1000)
    end,
    '>',
    150,
    'MB/s',
  },
  { '50 MB: time by that of md2html', ratio('large', 'md2html'), '<', 1, 'x' },
  { '50 MB: memory', own('large', 'protokol lint', 'peak'), '<', 82, 'MB' },
  { 'start on 8 KB', own('start', 'protokol lint', 'wall'), '<', 3, 'ms' },
  { 'start, by that of rg', ratio('start', 'rg'), '<', 1.2, 'x' },
  { 'start, by that of rg -P', ratio('start', 'rg -P'), '<', 1.2, 'x' },
  { 'core, 8 KB: median', in_core('median'), '<', 0.1, 'ms' },
  { 'core, 8 KB: 99th percentile', in_core('p99'), '<', 0.25, 'ms' },
  { 'actions of 10,000 files', own('actions', 'protokol actions', 'wall', 0.001), '<', 1, 's' },
  { 'growth: time a MB', grown('sizes', 'each'), '<', 1.25, 'x' },
  { 'growth: memory a MB', grown('sizes', 'peak'), '<', 1.25, 'x' },
  { 'growth: time a file', grown('counts', 'each'), '<', 1.25, 'x' },
  { 'growth: memory a file', grown('counts', 'peak'), '<', 1.25, 'x' },
  { 'Neovim, 8 KB with 50 findings: median', in_editor('Neovim', 'small', 'median'), '<', 1, 'ms' },
  { 'Neovim, the same: 99th percentile', in_editor('Neovim', 'small', 'p99'), '<', 5, 'ms' },
  { 'Neovim, 1 MB: median', in_editor('Neovim', 'large', 'median'), '<', 30, 'ms' },
  { 'Neovim, 1 MB: longest stop of typing', in_editor('Neovim', 'large', 'stop'), '<', 30, 'ms' },
  { 'Vim, 8 KB with 50 findings: median', in_editor('Vim', 'small', 'median'), '<', 2, 'ms' },
  { 'Vim, the same: 99th percentile', in_editor('Vim', 'small', 'p99'), '<', 8, 'ms' },
}

local function judge()
  print(('\n%-40s %12s  %10s'):format('What we want', 'bar', 'measured'))
  figures.bars = {}
  for _, bar in ipairs(bars) do
    local goal, measure, way, limit, unit = table.unpack(bar)
    local value = measure()
    if value then
      local met = way == '<' and value <= limit or way == '>' and value >= limit
      local wanted = ('%s= %g %s'):format(way, limit, unit)
      print(('%-40s %12s  %10.2f  %s'):format(goal, wanted, value, met and 'met' or 'NOT MET'))
      table.insert(figures.bars, { goal = goal, bar = wanted, measured = value, met = met })
    end
  end
end

-- -- All together ------------------------------------------------------------------------------

local runs = { core = core, actions = actions, growth = growth, editors = editors }
local order = { 'start', 'files', 'large', 'core', 'actions', 'growth', 'editors' }

local function machine()
  return {
    cores = tonumber(output('nproc')),
    processor = output("sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1"),
    system = output('uname -srm'),
    load = output('cat /proc/loadavg'),
    day = os.date('!%Y-%m-%dT%H:%M:%SZ'),
    commit = output('git describe --always --dirty'),
  }
end

-- Which files the parts need.
local function needed(wanted)
  local sizes, counts = {}, {}
  for part in pairs(wanted) do
    local contest_of = contests[part] or {}
    table.move(contest_of.sizes or {}, 1, 9, #sizes + 1, sizes)
    table.move(contest_of.counts or {}, 1, 9, #counts + 1, counts)
  end
  if wanted.growth then
    table.move(steps.sizes, 1, #steps.sizes, #sizes + 1, sizes)
    table.move(steps.counts, 1, #steps.counts, #counts + 1, counts)
  end
  if wanted.actions then
    counts[#counts + 1] = 10000
  end
  return sizes, counts
end

local function main(parts)
  local wanted = {}
  for _, part in ipairs(#parts > 0 and parts or order) do
    assert(contests[part] or runs[part], 'there is no part "' .. part .. '"')
    wanted[part] = true
  end
  generate.corpus(corpus, needed(wanted))
  figures.machine = machine()
  local about = figures.machine
  print(('%s, %s cores, %s'):format(about.processor, about.cores, about.system))
  print(('%s, load %s; medians, ratios by protokol lint'):format(about.commit, about.load))
  local contestants
  for _, part in ipairs(order) do
    if wanted[part] and contests[part] then
      if not contestants then
        contestants, figures.left_out = peers.all(folder, program)
        for _, why in ipairs(figures.left_out) do
          print('left out - ' .. why)
        end
      end
      fight(part, contestants)
    elseif wanted[part] then
      runs[part]()
    end
  end
  judge()
  local file = assert(io.open(build .. '/bench.json', 'w'))
  file:write(json.encode(figures), '\n')
  file:close()
  print('\nAll figures: ' .. build .. '/bench.json')
end

main(arg)
