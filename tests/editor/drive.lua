-- drive.lua - real editors, headless, each with a script to run and a file to tell what came out.
--
-- A script is Vim script. It calls Tell(name, value) as often as it likes; run() gives the values
-- by name. In a `live` run the editor's own main loop goes on: Steps([[keys, milliseconds], ...])
-- types keys (or calls a function) one after another, and then the editor quits.
local json = require('tests.support.json')

local M = {}

--- What a shell command prints.
local function output(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read('a')
  pipe:close()
  return text
end

M.output = output
M.root = output('pwd -P'):gsub('\n$', '')
M.null = json.null

local function quote(word)
  return "'" .. word:gsub("'", "'\\''") .. "'"
end
M.quote = quote

local prelude = [[
set nomore shortmess+=I ttimeout ttimeoutlen=1
function! Tell(name, value)
  call writefile([json_encode([a:name, a:value])], $TELL, 'a')
endfunction
function! Try(command)
  try
    execute a:command
    return ''
  catch
    return v:exception
  endtry
endfunction
function! Wait(condition)
  for i in range(400)
    if eval(a:condition)
      return 1
    endif
    sleep 10m
  endfor
  return 0
endfunction
let s:steps = []
function! Steps(steps)
  let s:steps = a:steps
  call timer_start(1, function('s:step'))
endfunction
function! s:step(_)
  if empty(s:steps)
    qall!
  endif
  let [What, pause] = remove(s:steps, 0)
  if type(What) == v:t_func
    call What()
  else
    call feedkeys(What, 't')
  endif
  call timer_start(pause, function('s:step'))
endfunction
]]

M.neovim = {
  name = 'Neovim',
  program = 'nvim',
  quiet = 'nvim --headless -u NONE -i NONE -n -S %s </dev/null',
  live = 'nvim --headless -u NONE -i NONE -n -S %s </dev/null',
}
M.vim = {
  name = 'Vim',
  program = 'vim.nox',
  quiet = 'vim.nox -es -u NONE -i NONE -n -N -S %s </dev/null',
  live = 'vim.nox --not-a-term -T dumb -u NONE -i NONE -n -N -S %s <>%s',
}
M.plain = { -- a Vim without Lua
  name = 'Vim without Lua',
  program = 'vim.basic',
  quiet = 'vim.basic -es -u NONE -i NONE -n -N -S %s </dev/null',
}

for _, editor in ipairs({ M.neovim, M.vim, M.plain }) do
  editor.there = output('command -v ' .. editor.program) ~= ''
end

--- Both editors that run Lua, as far as they are installed.
M.both = {}
for _, editor in ipairs({ M.neovim, M.vim }) do
  if editor.there then
    M.both[#M.both + 1] = editor
  end
end

function M.write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

function M.read(path)
  local file = io.open(path, 'rb')
  if not file then
    return nil
  end
  local text = file:read('a')
  file:close()
  return text
end

--- A fresh folder that is the editor's home and current folder; free it with M.leave().
---@param home? string where it is to be
function M.enter(home)
  home = home or output('mktemp -d'):gsub('\n$', '')
  os.execute('mkdir -p ' .. quote(home .. '/notes') .. ' && mkfifo ' .. quote(home .. '/keys'))
  return home
end

function M.leave(home)
  os.execute('rm -rf ' .. quote(home))
end

--- Runs a script in an editor. options: home, live, root (where the plugin is), bare (no plugin),
--- seconds (until it is ended).
---@return table values by name, string everything the editor printed
function M.run(editor, script, options)
  options = options or {}
  local home = options.home or M.enter()
  local root = options.root or M.root
  local lines = { prelude }
  if not options.bare then
    lines[#lines + 1] = ("let &runtimepath = '%s,' . &runtimepath"):format(root:gsub("'", "''"))
    lines[#lines + 1] = 'runtime plugin/protokol.vim'
  end
  lines[#lines + 1] = 'cd ' .. home:gsub(' ', '\\ ') .. '/notes'
  lines[#lines + 1] = script
  if not options.live then
    lines[#lines + 1] = 'qall!'
  end
  local file, told = home .. '/script.vim', home .. '/told'
  M.write(file, table.concat(lines, '\n'))
  os.remove(told)
  local command = (options.live and editor.live or editor.quiet):format(
    quote(file),
    quote(home .. '/keys')
  )
  local status = os.execute(
    ('HOME=%s XDG_CONFIG_HOME=%s/.config XDG_DATA_HOME=%s/.local/share TELL=%s '):format(
      quote(home),
      quote(home),
      quote(home),
      quote(told)
    )
      .. 'GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null '
      .. ('timeout %d '):format(options.seconds or 20)
      .. command
      .. ' >'
      .. quote(home .. '/printed')
      .. ' 2>&1'
  )
  local values, printed = {}, M.read(home .. '/printed') or ''
  for _, pair in ipairs(json.lines(M.read(told) or '')) do
    values[pair[1]] = pair[2]
  end
  values.ended = status == true
  if not options.home then
    M.leave(home)
  end
  return values, printed
end

--- A fresh home of one name for each test of the block that this is called in, with files in its
--- notes. run(script, options) fails where the editor does not end by itself or tells of a Lua
--- error.
---@param given? { prelude?: string, files?: table<string, string>, seconds?: integer } prelude:
--- stands before each script
---@return fun(script: string, options?: table): table, string run
---@return string home
function M.at_home(editor, given)
  local busted, luassert = require('busted'), require('luassert')
  given = given or {}
  local home = output('mktemp -u -d'):gsub('\n$', '')
  busted.before_each(function()
    M.enter(home)
    for name, text in pairs(given.files or {}) do
      M.write(home .. '/notes/' .. name, text)
    end
  end)
  busted.after_each(function()
    M.leave(home)
  end)
  local function run(script, options)
    local settings = { home = home, seconds = given.seconds }
    for key, value in pairs(options or {}) do
      settings[key] = value
    end
    local values, printed = M.run(editor, (given.prelude or '') .. script, settings)
    luassert.is_true(values.ended, printed)
    luassert.is_nil(printed:match('stack traceback'), printed)
    return values, printed
  end
  return run, home
end

return M
