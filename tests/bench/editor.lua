-- What the plugin costs in each editor: lua5.4 tests/bench/editor.lua
--
-- Keys are typed into a buffer while it is checked as it changes, without delay, in Insert mode
-- too: the time from a key (InsertCharPre) until what is found is set, and the longest time that
-- our own functions held the editor. Start-up is the time to source plugin/protokol.vim.
package.path = './?.lua;' .. package.path
local drive = require('tests.editor.drive')
local generate = require('tests.bench.generate')

local M = {}

local function summary(times)
  table.sort(times)
  return {
    median = times[#times // 2 + 1],
    p99 = times[math.ceil(#times * 0.99)],
    best = times[1],
    worst = times[#times],
    runs = #times,
  }
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

-- Minutes of 8 KB in which so many things are found.
local function flawed(findings)
  local lines = { '---', 'protokol: meeting', 'lang: en', 'title: Minutes', '---', '' }
  for line in generate.text('en'):gsub('^%-%-%-.-\n%-%-%-\n+', ''):gmatch('([^\n]*)\n') do
    lines[#lines + 1] = line
    if findings > 0 and line:match('^%- %[') then
      lines[#lines + 1] = '- [ ] send the letter'
      findings = findings - 2 -- neither owner nor day
    end
  end
  return table.concat(lines, '\n') .. '\n'
end

-- What is typed: mostly letters, now and then a new line, by which all below it moves.
local script = [=[
let g:protokol = {'delay': 0, 'update_in_insert': v:true, 'max_size': 4000000}
set noswapfile
lua << EOF
local clock = vim.api and vim.loop.hrtime
local since = not clock and vim.eval('reltime()')
local elapsed = not clock and vim.eval('{since -> reltimefloat(reltime(since)) * 1000}')
local function now()
  return clock and clock() / 1e6 or elapsed(since)
end
times, held, pressed = {}, 0, nil
function press() pressed = pressed or now() end
-- Whatever runs on our behalf, and for how long.
local depth = 0
local function timed(run)
  return function(...)
    local start = now()
    depth = depth + 1
    local ran, problem = pcall(run, ...)
    depth = depth - 1
    if depth == 0 then held = math.max(held, now() - start) end
    if not ran then error(problem) end
  end
end
bench = function()
  local protokol = require('protokol')
  local editor = protokol.editor
  local show, later, event = editor.show, editor.later, protokol.event
  editor.show = function(...)
    show(...)
    count = #(select(2, ...))
    -- of a text that is large, what holds of the last check is shown before that of this one
    if pressed and require('protokol.live').is_current(protokol, (...)) then
      times[#times + 1] = now() - pressed
      pressed = nil
    end
  end
  editor.later = function(delay, run) return later(delay, timed(run)) end
  protokol.event = timed(event)
end
EOF
edit minutes.md
Protokol lint live
lua bench()
autocmd InsertCharPre <buffer> lua press()
let s:steps = [['', 300], [{-> cursor(line('$') / 2, 1)}, 50], ["O", 100],
      \ [{-> execute('lua held = 0')}, 1]]
let s:keys = split('Anna told that the offer is late @and asked Ben to call {{whom}} .', '\zs')
for s:i in range(KEYS)
  let s:key = s:keys[s:i % len(s:keys)]
  call add(s:steps, [s:key ==# '@' ? "\<CR>" : s:key, PAUSE])
endfor
call add(s:steps, ['', 2000])
call add(s:steps, [{-> Tell('got',
      \ luaeval("table.concat(times, ' ') .. ';' .. held .. ';' .. (count or -1)"))}, 1])
call Steps(s:steps)
]=]

local function typed(editor, text, keys, pause)
  local home = drive.enter()
  drive.write(home .. '/notes/minutes.md', text)
  local got, printed = drive.run(
    editor,
    (script:gsub('KEYS', keys):gsub('PAUSE', pause)),
    { home = home, live = true, seconds = 20 + keys * (pause + 20) // 1000 }
  )
  drive.leave(home)
  local list, held, count = assert(got.got, printed):match('^(.-);(.-);(.-)$')
  local times = {}
  for number in list:gmatch('%S+') do
    times[#times + 1] = tonumber(number)
  end
  assert(#times > 0, 'nothing was shown: ' .. printed)
  local figure = summary(times)
  figure.stop, figure.findings, figure.keys = tonumber(held), tonumber(count), keys
  return figure
end

local function show(editor, title, figure, more)
  local line = '  %-8s %-16s median %6.2f  p99 %6.2f  worst %6.2f ms%s'
  print(line:format(editor.name, title, figure.median, figure.p99, figure.worst, more or ''))
end

-- { name, title, megabytes, keys, milliseconds between them }
local cases = { { 'small', '8 KB', 0, 400, 20 }, { 'large', '1 MB', 1, 60, 250 } }

--- By the editor's name: { start =, small =, large = }.
function M.all()
  local figures = {}
  for _, editor in ipairs(drive.both) do
    local one = { start = startup(editor) }
    figures[editor.name] = one
    show(editor, 'source plugin/', one.start)
    for _, case in ipairs(cases) do
      local name, title, megabytes, keys, pause = table.unpack(case)
      local text = flawed(50)
      while #text < megabytes << 20 do
        text = text
          .. generate.text(#text % 2 == 0 and 'en' or 'ru'):gsub('^%-%-%-.-\n%-%-%-\n', '')
      end
      local figure = typed(editor, text, keys, pause)
      one[name] = figure
      local more = '; %d findings shown, %d of %d keys; held for %.2f ms at most'
      show(editor, title, figure, more:format(figure.findings, figure.runs, keys, figure.stop))
    end
  end
  return figures
end

if arg and arg[0]:find('editor%.lua$') then
  M.all()
end

return M
