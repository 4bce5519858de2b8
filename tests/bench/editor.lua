-- What the plugin costs in each editor: lua5.4 tests/bench/editor.lua
--
-- Start-up is the time to source plugin/protokol.vim, by --startuptime; linting is the time from
-- a buffer of 1,000 lines to shown findings. Medians of many runs in milliseconds, with the best
-- (what it costs on a quiet machine) and the worst.
package.path = './?.lua;' .. package.path
local drive = require('tests.editor.drive')

local function summary(times)
  table.sort(times)
  return ('%6.2f  (best %.2f, worst %.2f, %d runs)'):format(
    times[#times // 2 + 1],
    times[1],
    times[#times],
    #times
  )
end

local function startup(editor)
  local home, times = drive.enter(), {}
  local rc, log = home .. '/rc.vim', home .. '/log'
  drive.write(rc, ("let &rtp = '%s,' . &rtp\n"):format(drive.root))
  for _ = 1, 15 do
    os.remove(log)
    os.execute(
      ('%s -u %s -i NONE -n --startuptime %s -c "qall!" </dev/null >/dev/null 2>&1'):format(
        editor == drive.neovim and 'nvim --headless' or editor.program .. ' --not-a-term',
        drive.quote(rc),
        drive.quote(log)
      )
    )
    local time = (drive.read(log) or ''):match('(%d+%.%d+): sourcing [^\n]*plugin/protokol%.vim')
    times[#times + 1] = tonumber(time)
  end
  drive.leave(home)
  return summary(times)
end

-- Meetings one after another, with a fault here and there.
local function minutes(lines)
  local text =
    { '---', 'protokol: meeting', 'lang: en', '---', '', '# Minutes', '', '- Date: 2026-03-02', '' }
  local week = 0
  while #text < lines do
    week = week + 1
    for _, line in ipairs({
      '## Topics discussed',
      '',
      ('Group %d told how far the work on the interface is, and what holds it up.'):format(week),
      'The delivery of the second part is late; the reasons are known and were discussed.',
      '',
      '## Next steps',
      '',
      ('- [ ] Anna: send the draft of part %d by 2026-03-%02d'):format(week, week % 28 + 1),
      '- [ ] ask for an offer',
      '- [x] Ben: book a room by 2026-03-01',
      '',
    }) do
      text[#text + 1] = line
    end
  end
  return table.concat(text, '\n', 1, lines) .. '\n'
end

local script = [[
edit minutes.md
lua << EOF
local protokol, times = require('protokol'), {}
local clock = vim.api and vim.loop.hrtime or nil
local function now()
  if clock then return clock() / 1e6 end
  return vim.eval('reltimefloat(reltime()) * 1000')
end
local count
for i = 1, 100 do
  local start = now()
  count = #protokol.lint()
  times[i] = now() - start
end
result = table.concat(times, ' ') .. ' ' .. count
EOF
call Tell('times', luaeval('result'))
]]

for _, editor in ipairs(drive.both) do
  local home = drive.enter()
  drive.write(home .. '/notes/minutes.md', minutes(1000))
  local got, printed = drive.run(editor, script, { home = home })
  drive.leave(home)
  local times = {}
  for number in assert(got.times, printed):gmatch('%S+') do
    times[#times + 1] = tonumber(number)
  end
  local count = table.remove(times)
  print(('%-8s source plugin/        %s'):format(editor.name, startup(editor)))
  print(('%-8s lint of 1,000 lines   %s, %d findings'):format(editor.name, summary(times), count))
end
