-- Vim's way of doing what an editor must be able to do, over its Lua bridge.
--
-- The bridge knows lists and dictionaries only as its own objects, has 0 and 1 for booleans in
-- what comes out of JSON, and loses jobs: a lambda keeps them in g:protokol_jobs.

local function from_vim(value)
  local kind = vim.type(value)
  local copy = {}
  if kind == 'list' then
    for item in value() do
      copy[#copy + 1] = from_vim(item)
    end
    return copy
  elseif kind == 'dict' then
    for key, item in value() do
      copy[key] = from_vim(item)
    end
    return copy
  end
  return value
end

local function to_vim(value)
  if type(value) ~= 'table' then
    return value
  end
  local copy
  if next(value) == nil or #value > 0 then
    copy = vim.list()
    for _, item in ipairs(value) do
      copy:add(to_vim(item))
    end
  else
    copy = vim.dict()
    for key, item in pairs(value) do
      copy[key] = to_vim(item)
    end
  end
  return copy
end

local unpack = table.unpack or unpack -- luacheck: ignore

local function call(name, ...)
  local count, arguments = select('#', ...), { ... }
  for i = 1, count do
    arguments[i] = to_vim(arguments[i])
  end
  return from_vim(vim.fn[name](unpack(arguments, 1, count)))
end

local M = require('protokol.editor.shared')(call)
require('protokol.editor.papers')(M)
require('protokol.editor.shown')(M)
require('protokol.editor.marks')(M, call)

M.name = 'Vim'
M.has_subtitles = vim.eval('has("patch-9.0.0200")') == 1
M.echoes_findings = true
M.command = vim.command
M.table = from_vim

-- Vim 9.0 crashes when it calls a Lua function for rows a second time: a partial finds it here.
local row_makers, makers = {}, 0
function M.rows(number, info)
  return row_makers[number] and row_makers[number](info) or vim.list()
end

function M.rows_by(rows)
  makers = makers + 1
  row_makers[makers], row_makers[makers - 40] = rows, nil
  local luaeval = ([[luaeval('require("protokol.editor").rows(%d, _A)', info)]]):format(makers)
  return vim.eval('{info -> ' .. luaeval .. '}')
end

--- Why minutes cannot be read here, or nil. Columns are bytes of UTF-8.
function M.unfit()
  if vim.eval('&encoding') ~= 'utf-8' then
    return 'minutes are read as UTF-8: put `set encoding=utf-8` into your vimrc'
  end
end

M.value = to_vim

local function count_breaks(text)
  local count, from = 0, text:find('\n', 1, true)
  while from do
    count, from = count + 1, text:find('\n', from + 1, true)
  end
  return count
end

function M.text(buffer)
  local text = vim.eval(('join(getbufline(%d,1,"$"),"\\n")'):format(buffer))
  local lines = vim.buffer(buffer)
  if count_breaks(text) ~= #lines - 1 then -- a NUL, which getbufline() gives as "\n"
    local whole = {}
    for i = 1, #lines do
      whole[i] = lines[i]
    end
    text = table.concat(whole, '\n')
  end
  return text .. '\n'
end

function M.lines(buffer, first, last)
  local all, lines = vim.buffer(buffer), {}
  for number = first, math.min(last, #all) do
    lines[#lines + 1] = all[number]
  end
  return lines
end

-- A NUL is a line break in a line of Vim's, and the end of a string in the bridge.
local function stored(line)
  return (line:gsub('%z', '\n'))
end

function M.put_text(buffer, edit)
  local line = vim.buffer(buffer)[edit.line]
  local text = line:sub(1, edit.column - 1) .. edit.text .. line:sub(edit.end_column)
  call('setbufline', buffer, edit.line, stored(text))
end

function M.put_lines(buffer, first, count, lines)
  local more = {}
  for i, line in ipairs(lines) do
    if i <= count then
      call('setbufline', buffer, first + i - 1, stored(line))
    else
      more[#more + 1] = stored(line)
    end
  end
  if #more > 0 then
    call('appendbufline', buffer, first + #lines - #more - 1, more)
  elseif count > #lines then
    call('deletebufline', buffer, first + #lines, first + count - 1)
  end
end

--- Vim keeps them itself.
function M.marks()
  return function() end
end

--- A hidden buffer has no window to run in: it gets one that nobody sees.
function M.within(buffer, command)
  local window = call('bufwinid', buffer)
  local unseen = window == -1 and call('popup_create', buffer, { hidden = true })
  call('win_execute', unseen or window, command)
  if unseen then
    call('popup_close', unseen)
  end
end

local subtitle_type
function M.subtitle(buffer, line, text)
  if not M.has_subtitles then
    return
  end
  if not subtitle_type then
    subtitle_type = 'ProtokolSubtitle'
    vim.command('highlight default link ProtokolSubtitle Comment')
    call('prop_type_add', subtitle_type, { highlight = subtitle_type })
  end
  call('prop_remove', { type = subtitle_type, bufnr = buffer, all = true })
  if text and line <= #vim.buffer(buffer) then
    local what = { type = subtitle_type, bufnr = buffer, text = text, text_align = 'below' }
    call('prop_add', line, 0, what)
  end
end

-- -- Programs -------------------------------------------------------------------------

vim.command('let g:protokol_jobs = {}')
local keep =
  vim.eval('{id, argv, options -> extend(g:protokol_jobs, {id: job_start(argv, options)})}')
local alive = vim.eval('{id -> job_status(g:protokol_jobs[id]) !=# "fail"}')
local feed = vim.eval(
  '{id, text -> [ch_sendraw(g:protokol_jobs[id], text), ch_close_in(g:protokol_jobs[id])]}'
)
local halt = vim.eval('{id -> has_key(g:protokol_jobs, id) && job_stop(g:protokol_jobs[id])}')
local forget =
  vim.eval('{id -> has_key(g:protokol_jobs, id) && !empty(remove(g:protokol_jobs, id))}')
local printed = vim.eval(
  '{argv -> ch_readraw(job_start(argv, {"err_io": "null", "in_io": "null"}), {"timeout": 500})}'
)

local started = 0

function M.start(argv, job)
  if call('executable', argv[1]) ~= 1 then
    return nil, 'cannot run ' .. argv[1]
  end
  started = started + 1
  local id, status, closed = tostring(started), nil, false
  local function finish()
    if status and closed then
      forget(id)
      job.on_exit(status)
    end
  end
  local options = {
    out_cb = function(_, line)
      job.on_line(line)
    end,
    err_cb = function(_, line)
      job.on_error(line)
    end,
    close_cb = function()
      closed = true
      finish()
    end,
    exit_cb = function(_, code)
      status = code
      finish()
    end,
  }
  if not job.input then
    options.in_io = 'null'
  end
  keep(id, to_vim(argv), to_vim(options))
  if alive(id) == 0 then
    return nil, 'cannot run ' .. argv[1]
  end
  if job.input then
    feed(id, job.input)
  end
  return id
end

function M.stop(id)
  halt(id)
end

function M.output(argv)
  if call('executable', argv[1]) ~= 1 then
    return ''
  end
  return printed(to_vim(argv))
end

function M.later(milliseconds, run)
  return call('timer_start', milliseconds, run)
end

function M.cancel(timer)
  call('timer_stop', timer)
end

-- -- Words to the user ----------------------------------------------------------------

local groups = { info = 'None', warn = 'WarningMsg', error = 'ErrorMsg' }

-- The command fetches the text itself: no text becomes part of a command.
local function say(command, group, text)
  M.said = text
  vim.command('echohl ' .. group)
  vim.command(command .. ' luaeval(\'require("protokol.editor.vim").said\')')
  vim.command('echohl None')
end

function M.notify(level, text)
  say('echomsg', groups[level], 'protokol: ' .. text:gsub('\n', ' '))
end

function M.notice(text)
  M.notify('info', text)
  call('popup_notification', text, { time = 5000, highlight = 'Pmenu', line = 1 })
end

function M.echo(text)
  say('echo', 'None', text)
end

function M.print(lines)
  say('echo', 'None', table.concat(lines, '\n'))
end

function M.popup(lines)
  local options = { border = {}, padding = { 0, 1, 0, 1 }, maxwidth = 80 }
  local window = call('popup_atcursor', lines, options)
  call('win_execute', window, 'setlocal linebreak')
end

-- A menu, and below it what the offer it stands on would change. Vim calls partials, which find the
-- menu here: see rows_by().
local menu
local menu_filter =
  vim.eval([[{id, key -> luaeval('require("protokol.editor").menu_key(_A)', key)}]])
local menu_callback =
  vim.eval([[{id, index -> luaeval('require("protokol.editor").menu_closed(_A)', index)}]])

local preview_types = { ['-'] = 'ProtokolBefore', ['+'] = 'ProtokolAfter' }

local defined
local function define()
  if defined then
    return
  end
  defined = true
  for sign, name in pairs(preview_types) do
    local group = sign == '-' and 'DiffDelete' or 'DiffAdd'
    vim.command(('highlight default link %s %s'):format(name, group))
    call('prop_type_add', name, { highlight = name })
  end
end

local function menu_preview()
  local lines = {}
  for _, line in ipairs(menu.offers[call('line', '.', menu.id)].preview) do
    local text = { text = line[1] .. ' ' .. line[2]:gsub('%c', ' ') }
    if preview_types[line[1]] then
      text.props = { { col = 1, length = #text.text, type = preview_types[line[1]] } }
    end
    lines[#lines + 1] = text
  end
  call('popup_settext', menu.preview, lines)
  local place = call('popup_getpos', menu.id)
  call('popup_move', menu.preview, { line = place.line + place.height, col = place.col })
  call(#lines > 0 and 'popup_show' or 'popup_hide', menu.preview)
end

--- A key for the menu: a figure chooses at once.
function M.menu_key(key)
  local index = tonumber(key)
  if index and menu.offers[index] then
    call('popup_close', menu.id, index)
    return 1
  end
  local done = call('popup_filter_menu', menu.id, key)
  if menu then
    menu_preview()
  end
  return done
end

function M.menu_closed(index)
  local chosen = menu.chosen
  call('popup_close', menu.preview)
  menu = nil
  if index > 0 then
    chosen(index)
  end
end

function M.choose(prompt, offers, chosen)
  define()
  local titles = {}
  for i, offer in ipairs(offers) do
    titles[i] = (i < 10 and i .. ' ' or '  ') .. offer.title
  end
  menu = { offers = offers, chosen = chosen }
  menu.preview = call('popup_create', '', { border = {}, padding = { 0, 1, 0, 1 }, hidden = true })
  menu.id = call('popup_menu', titles, {
    title = ' ' .. prompt .. ' ',
    line = 2,
    pos = 'topleft',
    col = 4,
    filter = menu_filter,
    callback = menu_callback,
  })
  menu_preview()
end

-- An earlier map of the buffer's own comes back; a global one was only hidden.
function M.map(buffer, keys)
  local earlier = {}
  local inside = vim.eval(('bufnr("%%") == %d'):format(buffer)) == 1
  for _, mode in ipairs({ 'n', 'i', 's' }) do
    for key, subcommand in pairs(keys) do
      local map = inside and call('maparg', key, mode, false, true) or {}
      if map.buffer == 1 then
        earlier[#earlier + 1] = { mode = mode, map = map }
      end
      local right = '<Plug>(protokol-' .. subcommand .. ')'
      local expr = mode == 'i' and '<expr>' or ''
      if mode == 'i' then
        right = ('pumvisible() ? "%s" : "\\%s"'):format(key:gsub('<', '\\<'), right)
      end
      vim.command(('%smap <buffer> <silent> %s %s %s'):format(mode, expr, key, right))
    end
  end
  return function()
    if vim.eval('bufnr("%")') ~= buffer then
      return
    end
    for _, mode in ipairs({ 'n', 'i', 's' }) do
      for key in pairs(keys) do
        vim.command(('silent! %sunmap <buffer> %s'):format(mode, key))
      end
    end
    for _, was in ipairs(earlier) do
      call('mapset', was.mode, false, was.map)
    end
  end
end

-- -- Data -----------------------------------------------------------------------------

local decode = vim.eval('{json -> json_decode(json)}')

function M.decode(json)
  return from_vim(decode(json))
end

function M.data()
  local home = os.getenv('XDG_DATA_HOME')
  return (home and home ~= '' and home or call('expand', '~/.local/share')) .. '/protokol'
end

return M
