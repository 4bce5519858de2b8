-- What Neovim and Vim do alike: through Vim's own functions.

---@param call fun(name: string, ...): any
return function(call)
  local M = { call = call }

  -- The plugin's folder, ended by a slash: absolute from the start, wherever one goes later.
  local here = debug.getinfo(1, 'S').source:sub(2)
  M.root = call('fnamemodify', here, ':p:h:h:h:h') .. '/'

  function M.buffer()
    return call('bufnr', '%')
  end

  --- What the user has set in g:protokol.
  function M.settings()
    return call('eval', 'get(g:, "protokol", {})')
  end

  --- The absolute name of the buffer's file, '' where it has none.
  function M.file(buffer)
    local name = call('bufname', buffer)
    return name == '' and '' or call('fnamemodify', name, ':p')
  end

  --- The folder whose settings bear on a buffer.
  function M.folder(buffer)
    local file = M.file(buffer)
    return file == '' and call('getcwd') or call('fnamemodify', file, ':h')
  end

  function M.filetype(buffer)
    return call('getbufvar', buffer, '&filetype')
  end

  --- Counts the buffer's changes.
  function M.tick(buffer)
    return call('getbufvar', buffer, 'changedtick')
  end

  function M.shown(buffer)
    return call('bufwinid', buffer) ~= -1
  end

  --- Line and byte column of the cursor, from 1.
  function M.cursor()
    return call('line', '.'), call('col', '.')
  end

  --- Bytes of a buffer that is shown.
  function M.size(buffer)
    local echo = 'echo line2byte(line("$") + 1) - 1'
    return tonumber(call('win_execute', call('bufwinid', buffer), echo)) or 0
  end

  --- 'n', 'i', 's' ...
  function M.mode()
    return call('mode')
  end

  function M.inserting()
    return M.mode():match('^[iR]') ~= nil
  end

  --- Lines of the current buffer.
  function M.length()
    return call('line', '$')
  end

  function M.line(number)
    return call('getline', number)
  end

  --- Selects bytes [from, to) of a line, so that typing replaces them. Keys are fed rather than
  --- executed: they leave Insert mode and survive the end of the command.
  function M.select(line, from, to)
    local last = call('eval', '&selection') == 'exclusive' and to or to - 1
    local go = '\\<Cmd>call cursor(%d,%d)\\<CR>'
    local keys = ('\\<C-\\>\\<C-n>' .. go .. 'v' .. go .. 'o\\<C-g>'):format(line, from, line, last)
    call('feedkeys', call('eval', '"' .. keys .. '"'), 'in')
  end

  --- Likewise, from where CTRL-O comes back, and with folds opened.
  function M.jump(line, column)
    M.command("normal! m'")
    call('cursor', line, column)
    M.command('normal! zv')
  end

  function M.go(line, column)
    call('cursor', line, column)
  end

  --- Puts lines where the cursor is: in place of a blank line, else below it.
  ---@return integer line of the first
  function M.insert(lines)
    local at = call('line', '.')
    if call('getline', at):match('^%s*$') then
      call('append', at, lines)
      call('deletebufline', '%', at)
      return at
    end
    call('append', at, lines)
    return at + 1
  end

  function M.modifiable(buffer)
    return call('getbufvar', buffer or M.buffer(), '&modifiable') == 1
  end

  -- Where the windows on a buffer are, and a function that brings them to the same text again.
  local function views(buffer)
    local all = {}
    for _, window in ipairs(M.table(call('win_findbuf', buffer))) do
      all[window] = {
        cursor = M.table(call('getcurpos', window)),
        top = M.table(call('getwininfo', window))[1].topline,
      }
    end
    local form = 'call winrestview({"lnum": %d, "col": %d, "curswant": %d, "topline": %d})'
    return function(moved)
      for window, view in pairs(all) do
        local line, column = moved(view.cursor[2], view.cursor[3])
        local wanted = column == view.cursor[3] and view.cursor[5] or column
        local top = moved(view.top, 1)
        call('win_execute', window, form:format(line, column - 1, wanted - 1, top))
      end
    end
  end

  --- Makes edits, in the order of the text and apart from each other. What stays is not touched,
  --- and every window goes on showing what it showed.
  function M.edit(buffer, edits)
    local change = require('protokol.edits')
    local hunks = change.hunks(edits, function(first, last)
      return M.lines(buffer, first, last)
    end)
    local restore, mark = views(buffer), M.marks(buffer)
    for i = #hunks, 1, -1 do
      local hunk = hunks[i]
      if hunk.within then
        for j = #hunk.edits, 1, -1 do
          M.put_text(buffer, hunk.edits[j])
        end
      else
        M.put_lines(buffer, hunk.line, #hunk.before, hunk.after)
      end
    end
    local function moved(line, column)
      return change.moved(hunks, line, column)
    end
    mark(moved)
    restore(moved)
  end

  --- A file's buffer, loaded and listed, but not shown.
  ---@return integer|nil buffer nil: it cannot be read
  function M.buffer_of(path)
    local file = M.absolute(path)
    if call('filereadable', file) == 0 then
      return nil
    end
    local buffer = call('bufadd', file)
    call('execute', ('call bufload(%d)'):format(buffer), 'silent')
    call('setbufvar', buffer, '&buflisted', 1)
    return buffer
  end

  --- Makes our completion that of a buffer, as far as nothing else is.
  function M.offer_completion(buffer)
    for _, option in ipairs({ '&omnifunc', '&completefunc' }) do
      if call('getbufvar', buffer, option) == '' then
        call('setbufvar', buffer, option, 'ProtokolComplete')
      end
    end
  end

  --- What a folder or name is called on a screen.
  function M.short(file)
    return call('fnamemodify', file, ':~:.')
  end

  function M.absolute(path)
    return call('fnamemodify', path, ':p')
  end

  --- Files and folders that what is typed may become, as they are to be typed. Read from their
  --- folder: the editor's own completion would run what stands between backticks in a name.
  function M.files(typed)
    local lead = typed:gsub('\\(.)', '%1')
    local folder, start = lead:match('^(.*/)([^/]*)$')
    folder, start = folder or '', start or lead
    local path = folder == '' and './' or M.absolute(folder)
    local names = call('isdirectory', path) == 1 and call('readdir', path) or {}
    local files = {}
    for _, name in ipairs(M.table(names)) do
      local hidden = name:sub(1, 1) == '.' and start:sub(1, 1) ~= '.'
      if name:sub(1, #start) == start and not hidden and not name:find('%c') then
        local slash = call('isdirectory', path .. name) == 1 and '/' or ''
        files[#files + 1] = (folder .. name .. slash):gsub('[\\%s]', '\\%0')
      end
    end
    return files
  end

  function M.exists(path)
    return call('getftype', path) ~= ''
  end

  --- Loads a buffer that a list names, without showing it; false: there is none.
  function M.load(buffer)
    if call('bufexists', buffer) == 0 then
      return false
    end
    if call('bufloaded', buffer) == 0 then
      call('bufload', buffer)
      call('setbufvar', buffer, '&buflisted', 1)
    end
    return true
  end

  function M.width(text)
    return text:match('^[\32-\126]*$') and #text or call('strdisplaywidth', text)
  end

  function M.encode(value)
    return call('json_encode', value)
  end

  --- Calls protokol's event() at these events of a buffer. Names are our own, never a file's.
  function M.listen(buffer, events)
    for _, event in ipairs(events) do
      M.ignore(buffer, { event })
      M.command(
        ('autocmd protokol %s <buffer=%d> lua require("protokol").event("%s", %d)'):format(
          event,
          buffer,
          event,
          buffer
        )
      )
    end
  end

  function M.ignore(buffer, events)
    if call('bufexists', buffer) == 1 then
      for _, event in ipairs(events) do
        M.command(('autocmd! protokol %s <buffer=%d>'):format(event, buffer))
      end
    end
  end

  --- What 'quickfixtextfunc' may be, for a function that gives the rows.
  function M.rows_by(rows)
    return rows
  end

  local own_title = 'protokol lint'
  -- What a list is, and how it is set.
  local function lister(window)
    if window then
      return function(what)
        return M.table(call('getloclist', window, what))
      end, function(action, what)
        call('setloclist', window, {}, action, what)
      end
    end
    return function(what)
      return M.table(call('getqflist', what))
    end, function(action, what)
      call('setqflist', {}, action, what)
    end
  end

  -- Fills a list of ours, or makes one; one of the user's is never written over. `same`: ours has
  -- these items already.
  local function fill(window, buffer, same, list_items, make)
    local get, set = lister(window)
    local list = get({ nr = 0, title = 1, idx = 0, context = 1 })
    local own = list.title == own_title and list.context == buffer
    if own and same then
      return
    end
    if not own and not make(list) then
      return
    end
    local items = list_items()
    local what = { title = own_title, context = buffer, items = items }
    what.idx = own and #items > 0 and math.max(1, math.min(list.idx, #items)) or nil
    set(own and 'r' or ' ', what)
  end

  local function items_of(buffer, findings, kinds)
    local items = {}
    for i, finding in ipairs(findings) do
      items[i] = {
        bufnr = buffer,
        lnum = finding.line,
        col = finding.column,
        end_lnum = finding.end_line,
        end_col = finding.end_column,
        type = kinds[finding.severity],
        text = ('%s [%s]'):format(finding.message, finding.rule):gsub('%c', ' '),
      }
    end
    return items
  end

  --- Findings as lists: in the one that was asked for, and in those that have them already.
  ---@param offer boolean make a location list in a window that has none
  ---@param same boolean nothing is new since the last time
  function M.list_findings(buffer, findings, kinds, options, explicit, offer, same)
    local items
    local function list_items()
      items = items or items_of(buffer, findings, kinds)
      return items
    end
    local quickfix, current = options.list == 'quickfix', call('win_getid')
    for _, window in ipairs(M.table(call('win_findbuf', buffer))) do
      fill(window, buffer, same, list_items, function(list)
        local asked = explicit and window == current and not quickfix
        return asked or offer and (list.nr or 0) == 0 and #findings > 0
      end)
    end
    fill(nil, buffer, same, list_items, function()
      return explicit and quickfix and buffer == M.buffer()
    end)
  end

  local lists = {} -- those of protokol's that the quickfix window may show, by their ids

  --- The entries on some lines of the quickfix window, if that is where the cursor is.
  ---@return table[]|nil entries { index =, buffer =, line =, column = }, table? list protokol's own
  function M.listed(first, last)
    local window = M.table(call('getwininfo', call('win_getid')))[1]
    if not window or window.quickfix ~= 1 or window.loclist == 1 then
      return nil
    end
    local all = M.table(call('getqflist', { id = 0, items = 1 }))
    local entries = {}
    for index = first, math.min(last, #all.items) do
      local item = all.items[index]
      if item.bufnr > 0 and item.lnum > 0 then
        entries[#entries + 1] =
          { index = index, buffer = item.bufnr, line = item.lnum, column = item.col }
      end
    end
    return entries, lists[all.id]
  end

  --- A list in the quickfix window, or the location list of the current window.
  --- items: as setqflist() wants them; rows: what the window shows, one each.
  ---@return table list with add(items, rows), title(text), size(), open(), close()
  function M.list(kind, title)
    local rows, list = {}, {}
    local function set(items, action, what)
      what.items = items
      if kind == 'quickfix' then
        call('setqflist', {}, action, what)
      else
        call('setloclist', 0, {}, action, what)
      end
    end
    local function get(what)
      return kind == 'quickfix' and call('getqflist', what) or call('getloclist', 0, what)
    end
    local function row_texts(info)
      info = M.table(info)
      local texts = {}
      for i = info.start_idx, info.end_idx do
        texts[#texts + 1] = rows[i] or ''
      end
      return M.value(texts)
    end
    set({}, ' ', { title = title, quickfixtextfunc = M.rows_by(row_texts) })
    local id = get({ id = 0 }).id
    lists[id], lists[id - 10] = kind == 'quickfix' and list or nil, nil -- editors keep ten
    --- Puts other entries, by their numbers, in the place of some; the cursor stays.
    function list.replace(items, texts)
      local all = M.table(get({ id = id, items = 1, idx = 0 }))
      for index, item in pairs(items) do
        all.items[index], rows[index] = item, texts[index]
      end
      local view = call('winsaveview')
      call('setqflist', {}, 'r', { id = id, items = all.items, idx = all.idx })
      call('winrestview', view)
    end
    function list.add(items, texts)
      for _, text in ipairs(texts) do
        rows[#rows + 1] = text
      end
      set(items, 'a', { id = id })
    end
    function list.title(text)
      set(nil, 'a', { id = id, title = text })
    end
    function list.size()
      return #rows
    end
    function list.open() -- no higher than it needs to be
      M.command(kind == 'quickfix' and 'botright copen' or 'lopen')
      if #rows > 0 then
        M.command('resize ' .. math.min(#rows, 10))
      end
      M.command('setlocal nowrap')
    end
    function list.close()
      if get({ id = 0 }).id == id then
        M.command(kind == 'quickfix' and 'cclose' or 'lclose')
      end
    end
    return list
  end

  return M
end
