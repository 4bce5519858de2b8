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

-- -- Findings: a text property each, a sign a line, and the location list -------------

local kinds = {
  error = { name = 'ProtokolError', highlight = 'SpellBad', sign = 'E>', type = 'E', rank = 4 },
  warning = { name = 'ProtokolWarning', highlight = 'SpellCap', sign = 'W>', type = 'W', rank = 3 },
  info = { name = 'ProtokolInfo', highlight = 'SpellLocal', sign = 'I>', type = 'I', rank = 2 },
  hint = { name = 'ProtokolHint', highlight = 'SpellRare', sign = 'H>', type = 'N', rank = 1 },
}

local preview_types = { ['-'] = 'ProtokolBefore', ['+'] = 'ProtokolAfter' }

local defined
local function define()
  if defined then
    return
  end
  defined = true
  for _, kind in pairs(kinds) do
    vim.command(('highlight default link %s %s'):format(kind.name, kind.highlight))
    call('prop_type_add', kind.name, { highlight = kind.name, priority = kind.rank })
    local sign = kind.name:gsub('Protokol', 'ProtokolSign')
    vim.command(('highlight default link %s %s'):format(sign, kind.name))
    if #call('sign_getdefined', kind.name) == 0 then -- else the user's own
      call('sign_define', kind.name, { text = kind.sign, texthl = sign })
    end
  end
  for sign, name in pairs(preview_types) do
    local group = sign == '-' and 'DiffDelete' or 'DiffAdd'
    vim.command(('highlight default link %s %s'):format(name, group))
    call('prop_type_add', name, { highlight = name })
  end
end

-- A finding's properties, one a line, no longer than its lines.
local function properties(lines, finding, each)
  local first, last = math.min(finding.line, #lines), math.min(finding.end_line, #lines)
  for number = first, last do
    local length = #lines[number]
    local from = number == finding.line and math.min(finding.column, length + 1) or 1
    local to = number == finding.end_line and math.min(finding.end_column, length + 1) or length + 1
    if first == last and to <= from then
      to = math.min(from + 1, length + 1)
    end
    if from < to or number == first then
      each(number, from, to)
    end
  end
end

-- What stands on each line, in one string a line, to compare what is with what should be.
local function add(on_line, number, word)
  on_line[number] = on_line[number] or {}
  table.insert(on_line[number], word)
end

local function alike(one, other)
  table.sort(one or {})
  table.sort(other or {})
  return table.concat(one or {}, ' ') == table.concat(other or {}, ' ')
end

local function differing(is, should)
  local numbers = {}
  for number, words in pairs(should) do
    numbers[number] = not alike(is[number], words) or nil
  end
  for number in pairs(is) do
    numbers[number] = should[number] == nil or numbers[number]
  end
  return numbers
end

local function words_on_lines(expression)
  local on_line = {}
  for number, word in call('eval', expression):gmatch('(%d+) (%S+)') do
    add(on_line, tonumber(number), word)
  end
  return on_line
end

local properties_shown = [[join(map(prop_list(%d, {'bufnr': %d, 'end_lnum': %d, 'types':
  \ ['ProtokolError', 'ProtokolWarning', 'ProtokolInfo', 'ProtokolHint']}), {_, v -> v.lnum . ' ' .
  \ v.type . ':' . v.col . ':' . (v.col + v.length) . ':' . v.start . v.end}))]]
properties_shown = properties_shown:gsub('\n%s*\\', '')
local signs_shown = [[join(map(sign_getplaced(%d, {'group': 'protokol'%s})[0].signs,
  \ {_, v -> v.lnum . ' ' . v.name . ':' . v.id}))]]
signs_shown = signs_shown:gsub('\n%s*\\', '')

-- What was put on the lines of a buffer: { properties =, signs = }. It is asked for again where
-- lines have changed, and everywhere when they have moved.
local put = {}

-- read(number): the words of one line; read(): those of all.
local function on_lines(known, since, read)
  if not known or since.last > since.first then
    return read()
  end
  if since.first == since.last then
    known[since.first] = read(since.first)[since.first]
  end
  return known
end

-- Text properties and signs move with the text: only lines where they are wrong are touched.
local function mark_text(buffer, findings, since)
  local lines, should, wanted = vim.buffer(buffer), {}, {}
  for _, finding in ipairs(findings) do
    local kind = kinds[finding.severity].name
    properties(lines, finding, function(number, from, to)
      add(should, number, ('%s:%d:%d:11'):format(kind, from, to))
      add(wanted, number, { kind, from, to })
    end)
  end
  local is = on_lines(put[buffer] and put[buffer].properties, since, function(number)
    return words_on_lines(properties_shown:format(number or 1, buffer, number or -1))
  end)
  for number in pairs(differing(is, should)) do
    for _, kind in pairs(is[number] and number <= #lines and kinds or {}) do
      call('prop_remove', { type = kind.name, bufnr = buffer, all = true }, number)
    end
    for _, one in ipairs(wanted[number] or {}) do
      local what = { type = one[1], bufnr = buffer, length = one[3] - one[2] }
      call('prop_add', number, one[2], what)
    end
  end
  return should
end

local function mark_lines(buffer, findings, since)
  local gravest, should = {}, {}
  for _, finding in ipairs(findings) do
    local kind, old = kinds[finding.severity], gravest[finding.line]
    gravest[finding.line] = old and old.rank > kind.rank and old or kind
  end
  for number, kind in pairs(gravest) do
    should[number] = { kind.name }
  end
  local placed = on_lines(put[buffer] and put[buffer].signs, since, function(number)
    return words_on_lines(signs_shown:format(buffer, number and ", 'lnum': " .. number or ''))
  end)
  local is, ids = {}, {}
  for number, words in pairs(placed) do
    for _, word in ipairs(words) do
      add(is, number, word:match('^(.-):'))
      add(ids, number, tonumber(word:match('%d+$')))
    end
  end
  for number in pairs(differing(is, should)) do
    for _, id in ipairs(ids[number] or {}) do
      call('sign_unplace', 'protokol', { buffer = buffer, id = id })
    end
    local kind = gravest[number]
    placed[number] = nil
    if kind then
      local where = { lnum = number, priority = 10 + kind.rank }
      local id = call('sign_place', 0, 'protokol', kind.name, buffer, where)
      placed[number] = { kind.name .. ':' .. id }
    end
  end
  return placed
end

local types = {}
for severity, kind in pairs(kinds) do
  types[severity] = kind.type
end

-- Vim 9.0 does not always draw signs where an undo has moved them to. Any window option that is
-- set, be it to what it is, has the window drawn anew, without clearing it.
local lengths = {} -- buffer -> its lines when findings were shown last
local function redraw_moved(buffer)
  local length = #vim.buffer(buffer)
  if lengths[buffer] and lengths[buffer] ~= length then
    for _, window in ipairs(call('win_findbuf', buffer)) do
      call('win_execute', window, 'noautocmd let &l:signcolumn = &l:signcolumn')
    end
  end
  lengths[buffer] = length
end

-- Vim tells of changes in lists, when it finds time for it or is asked to.
-- `added` may be 0 where lines have moved; within one line nothing does.
local listen = vim.eval(
  '{buffer -> listener_add({_, first, behind, added, changes -> luaeval('
    .. '\'require("protokol.editor").touched(_A[1], _A[2], _A[3] - 1, _A[4] > 0)\', '
    .. '[buffer, first, behind, behind - first > 1 || added || len(changes) > 1])}, buffer)}'
)
function M.follow(buffer)
  listen(buffer)
  vim.command('augroup protokol_shown')
  local forget = 'lua require("protokol.editor").forget(%d)'
  vim.command(('autocmd! BufUnload <buffer=%d> '):format(buffer) .. forget:format(buffer))
  vim.command('augroup END')
end

function M.show(buffer, findings, options, explicit)
  define()
  call('listener_flush', buffer)
  local same, since = M.is_shown(buffer, findings, tostring(options.signs))
  same = same and not explicit
  if not same then
    local known = not explicit and since or { first = 1, last = math.huge }
    put[buffer] = {
      properties = mark_text(buffer, findings, known),
      signs = mark_lines(buffer, options.signs and findings or {}, known),
    }
  end
  redraw_moved(buffer)
  M.list_findings(buffer, findings, types, options, explicit, true, same)
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
