-- Neovim's way of doing what an editor must be able to do.

local function call(name, ...)
  return vim.fn[name](...)
end

local M = require('protokol.editor.shared')(call)
require('protokol.editor.papers')(M)
require('protokol.editor.shown')(M)

M.name = 'Neovim'
M.has_subtitles = true
M.echoes_findings = false
M.command = vim.api.nvim_command

local namespace = vim.api.nvim_create_namespace('protokol')
local severities = {
  error = vim.diagnostic.severity.ERROR,
  warning = vim.diagnostic.severity.WARN,
  info = vim.diagnostic.severity.INFO,
  hint = vim.diagnostic.severity.HINT,
}
local types = { error = 'E', warning = 'W', info = 'I', hint = 'N' }
local groups = { info = 'None', warn = 'WarningMsg', error = 'ErrorMsg' }

--- Why minutes cannot be read here, or nil.
function M.unfit() end

function M.table(value)
  return value
end

function M.value(value)
  return value
end

-- Asked at each key where minutes are checked as they are typed: by the shortest way.
function M.file(buffer)
  return vim.api.nvim_buf_is_valid(buffer) and vim.api.nvim_buf_get_name(buffer) or ''
end

function M.tick(buffer)
  return vim.api.nvim_buf_is_valid(buffer) and vim.api.nvim_buf_get_changedtick(buffer) or ''
end

function M.inserting()
  return vim.api.nvim_get_mode().mode:match('^[iR]') ~= nil
end

function M.size(buffer)
  return vim.api.nvim_buf_get_offset(buffer, vim.api.nvim_buf_line_count(buffer))
end

function M.text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), '\n') .. '\n'
end

function M.lines(buffer, first, last)
  return vim.api.nvim_buf_get_lines(buffer, first - 1, last, false)
end

function M.put_text(buffer, edit)
  local row, text = edit.line - 1, { edit.text }
  vim.api.nvim_buf_set_text(buffer, row, edit.column - 1, row, edit.end_column - 1, text)
end

function M.put_lines(buffer, first, count, lines)
  vim.api.nvim_buf_set_lines(buffer, first - 1, first - 1 + count, true, lines)
end

--- Neovim's own functions drop the marks of lines they change.
function M.marks(buffer)
  local kept = {}
  for _, list in ipairs({ vim.fn.getmarklist(buffer), vim.fn.getmarklist() }) do
    for _, mark in ipairs(list) do
      if mark.mark:match("^'%a$") and mark.pos[1] == buffer then
        kept[#kept + 1] = { mark.mark:sub(2), mark.pos[2], mark.pos[3] }
      end
    end
  end
  return function(moved)
    for _, mark in ipairs(kept) do
      local line, column = moved(mark[2], mark[3])
      pcall(vim.api.nvim_buf_set_mark, buffer, mark[1], line, column - 1, {})
    end
  end
end

function M.within(buffer, command)
  vim.api.nvim_buf_call(buffer, function()
    M.command(command)
  end)
end

local below_title = vim.api.nvim_create_namespace('protokol-approval')

function M.subtitle(buffer, line, text)
  vim.api.nvim_buf_clear_namespace(buffer, below_title, 0, -1)
  if text and line <= vim.api.nvim_buf_line_count(buffer) then
    M.command('highlight default link ProtokolSubtitle Comment')
    local lines = { { { text, 'ProtokolSubtitle' } } }
    vim.api.nvim_buf_set_extmark(buffer, below_title, line - 1, 0, { virt_lines = lines })
  end
end

local defined
local function define()
  if not defined then
    defined = true
    M.command('highlight default link ProtokolBefore DiffDelete')
    M.command('highlight default link ProtokolAfter DiffAdd')
  end
end

-- A placeholder says itself what is missing: no text beside it. Of several findings one line has
-- room for one, and for how many more there are.
local function beside(diagnostic)
  if diagnostic.code ~= 'placeholder-left' then
    local more = diagnostic.user_data and diagnostic.user_data.more or 0
    return (more > 0 and ('(+%d) '):format(more) or '') .. diagnostic.message
  end
end

local followed = {} -- buffer -> what stands for its being followed
function M.follow(buffer)
  local now = {}
  followed[buffer] = now
  vim.api.nvim_buf_attach(buffer, false, {
    on_lines = function(_, _, _, first, last, new_last)
      if followed[buffer] ~= now then
        return true
      end
      M.touched(buffer, first + 1, last, new_last ~= last)
    end,
    on_reload = function()
      M.forget(buffer)
    end,
    on_detach = function()
      if followed[buffer] == now then
        followed[buffer] = nil
        M.forget(buffer)
      end
    end,
  })
end

local configured
function M.show(buffer, findings, options, explicit)
  local wanted = tostring(options.virtual_text) .. tostring(options.signs)
  local same = M.is_shown(buffer, findings, wanted) and not explicit
  M.list_findings(buffer, findings, types, options, explicit, false, same)
  if same then
    return
  end
  if configured ~= wanted then
    configured = wanted
    vim.diagnostic.config({
      virtual_text = options.virtual_text and { format = beside } or false,
      signs = options.signs,
      update_in_insert = true, -- live.lua keeps quiet where the cursor is
      severity_sort = true,
    }, namespace)
  end
  local diagnostics, on_line = {}, {}
  for _, finding in ipairs(findings) do
    local counts = finding.rule ~= 'placeholder-left' and 1 or 0
    on_line[finding.line] = (on_line[finding.line] or 0) + counts
  end
  for i, finding in ipairs(findings) do
    diagnostics[i] = {
      user_data = { more = on_line[finding.line] - 1 },
      lnum = finding.line - 1,
      col = finding.column - 1,
      end_lnum = finding.end_line - 1,
      end_col = finding.end_column - 1,
      severity = severities[finding.severity],
      message = finding.message,
      source = 'protokol',
      code = finding.rule,
    }
  end
  vim.diagnostic.set(namespace, buffer, diagnostics)
end

-- Calls on_line for each whole line of what comes in pieces.
local function lines_of(on_line)
  local rest = ''
  return function(_, pieces)
    pieces[1] = rest .. pieces[1]
    rest = table.remove(pieces)
    for _, line in ipairs(pieces) do
      on_line(line)
    end
  end
end

function M.start(argv, job)
  local run, id = pcall(vim.fn.jobstart, argv, {
    on_stdout = lines_of(job.on_line),
    on_stderr = lines_of(job.on_error),
    on_exit = function(_, status)
      job.on_exit(status)
    end,
    stdin = job.input and 'pipe' or 'null',
  })
  if not run or id <= 0 then
    return nil, 'cannot run ' .. argv[1]
  end
  if job.input then
    pcall(vim.fn.chansend, id, job.input)
    pcall(vim.fn.chanclose, id, 'stdin')
  end
  return id
end

function M.stop(id)
  vim.fn.jobstop(id)
end

function M.output(argv)
  local pieces = {}
  local run, id = pcall(vim.fn.jobstart, argv, {
    stdout_buffered = true,
    on_stdout = function(_, lines)
      pieces = lines
    end,
  })
  if not run or id <= 0 then
    return ''
  end
  if vim.fn.jobwait({ id }, 500)[1] ~= 0 then
    vim.fn.jobstop(id)
    return ''
  end
  return table.concat(pieces, '\n')
end

function M.later(milliseconds, run)
  return vim.fn.timer_start(milliseconds, run)
end

function M.cancel(timer)
  vim.fn.timer_stop(timer)
end

-- Not vim.notify(): what it says of errors becomes an exception within :try.
function M.notify(level, text)
  vim.api.nvim_echo({ { 'protokol: ' .. text, groups[level] } }, true, {})
end

function M.notice(text)
  M.notify('info', text)
  local width = math.max(1, math.min(M.width(text), vim.o.columns - 4))
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.bo[buffer].bufhidden = 'wipe'
  vim.api.nvim_buf_set_lines(buffer, 0, -1, true, { text })
  local window = vim.api.nvim_open_win(buffer, false, {
    relative = 'editor',
    anchor = 'NE',
    row = 0,
    col = vim.o.columns,
    width = width,
    height = math.ceil(M.width(text) / width),
    style = 'minimal',
    border = 'rounded',
    focusable = false,
    noautocmd = true,
  })
  M.later(5000, function()
    pcall(vim.api.nvim_win_close, window, true)
  end)
end

function M.echo(text)
  vim.api.nvim_echo({ { text } }, false, {})
end

function M.print(lines)
  vim.api.nvim_echo({ { table.concat(lines, '\n') } }, true, {})
end

function M.popup(lines)
  local options = { border = 'rounded', max_width = 80 }
  local _, window = vim.lsp.util.open_floating_preview(lines, 'markdown', options)
  vim.wo[window].linebreak = true
end

local preview_space = vim.api.nvim_create_namespace('protokol-preview')
local preview_groups = { ['-'] = 'ProtokolBefore', ['+'] = 'ProtokolAfter' }

-- What each offer changes, at the top: the question stands at the bottom or in the middle.
local function preview(offers)
  local cells = require('protokol.cells')
  local lines, marked, width = {}, {}, 20
  for i, offer in ipairs(offers) do
    lines[#lines + 1] = #offers > 1 and i .. ': ' .. offer.title or offer.title
    for _, line in ipairs(offer.preview) do
      lines[#lines + 1] = line[1] .. ' ' .. line[2]:gsub('%c', ' ')
      marked[#lines] = preview_groups[line[1]]
    end
  end
  local room = math.max(3, vim.o.lines - #offers - 6)
  if #lines > room then
    lines = vim.list_slice(lines, 1, room)
    lines[room] = '...'
  end
  for i, line in ipairs(lines) do
    lines[i] = cells.fitting(M, line, math.max(20, vim.o.columns - 4))
    width = math.max(width, M.width(lines[i]))
  end
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.bo[buffer].bufhidden = 'wipe'
  vim.api.nvim_buf_set_lines(buffer, 0, -1, true, lines)
  for number in ipairs(lines) do
    if marked[number] then
      local whole = { end_col = #lines[number], hl_group = marked[number] }
      vim.api.nvim_buf_set_extmark(buffer, preview_space, number - 1, 0, whole)
    end
  end
  return vim.api.nvim_open_win(buffer, false, {
    relative = 'editor',
    row = 0,
    col = math.max(0, vim.o.columns - width - 2),
    width = width,
    height = #lines,
    style = 'minimal',
    border = 'rounded',
    focusable = false,
    noautocmd = true,
  })
end

function M.choose(prompt, offers, chosen)
  local titles = {}
  for i, offer in ipairs(offers) do
    titles[i] = offer.title
  end
  define()
  local window = preview(offers)
  local function close()
    pcall(vim.api.nvim_win_close, window, true)
  end
  -- whoever asks instead of Neovim may never tell that nothing was chosen
  local away = { 'CursorMoved', 'InsertEnter', 'BufUnload' }
  vim.api.nvim_create_autocmd(away, { buffer = M.buffer(), once = true, callback = close })
  M.command('redraw')
  vim.ui.select(titles, { prompt = prompt, kind = 'protokol' }, function(_, index)
    close()
    if index then
      M.command('redraw') -- the question goes before the answer comes
      chosen(index)
    end
  end)
end

-- An earlier map of the buffer's own comes back; a global one was only hidden.
function M.map(buffer, keys)
  local api, earlier = vim.api, {}
  for _, mode in ipairs({ 'n', 'i', 's' }) do
    for _, map in ipairs(api.nvim_buf_get_keymap(buffer, mode)) do
      for key in pairs(keys) do
        if map.lhs:lower() == key:lower() then
          earlier[#earlier + 1] = { mode = mode, map = map }
        end
      end
    end
    for key, subcommand in pairs(keys) do
      local right = '<Plug>(protokol-' .. subcommand .. ')'
      local options = { silent = true, noremap = false }
      if mode == 'i' then
        options.expr = true
        right = ('pumvisible() ? "%s" : "\\%s"'):format(key:gsub('<', '\\<'), right)
      end
      api.nvim_buf_set_keymap(buffer, mode, key, right, options)
    end
  end
  return function()
    if not api.nvim_buf_is_valid(buffer) then
      return
    end
    for _, mode in ipairs({ 'n', 'i', 's' }) do
      for key in pairs(keys) do
        pcall(api.nvim_buf_del_keymap, buffer, mode, key)
      end
    end
    for _, was in ipairs(earlier) do
      local map = was.map
      api.nvim_buf_set_keymap(buffer, was.mode, map.lhs, map.rhs or '', {
        callback = map.callback,
        expr = map.expr == 1,
        noremap = map.noremap == 1,
        nowait = map.nowait == 1,
        script = map.script == 1,
        silent = map.silent == 1,
        desc = map.desc,
      })
    end
  end
end

--- The reporters of :checkhealth, by the names they have had since 0.10.
function M.health()
  local health = vim.health or require('health')
  return {
    start = health.start or health.report_start,
    ok = health.ok or health.report_ok,
    warn = health.warn or health.report_warn,
    error = health.error or health.report_error,
  }
end

function M.decode(json)
  return vim.json.decode(json, { luanil = { object = true, array = true } })
end

function M.data()
  return vim.fn.stdpath('data') .. '/protokol'
end

return M
