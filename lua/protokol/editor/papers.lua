-- What recording asks of an editor: files that are what their buffers show, questions, papers
-- beside the minutes. Through Vim's own functions; `within` is each editor's own.

---@param M protokol.Editor
return function(M)
  local call = M.call

  --- Runs an Ex command in a buffer, shown or not.
  ---@return string|nil trouble what it says of an error
  function M.attempt(buffer, command)
    M.command("let g:protokol_trouble = ''")
    M.within(
      buffer,
      'try | ' .. command .. ' | catch | let g:protokol_trouble = v:exception | endtry'
    )
    local trouble = call('eval', 'g:protokol_trouble')
    M.command('unlet g:protokol_trouble')
    return trouble ~= '' and trouble or nil
  end

  function M.modified(buffer)
    return call('getbufvar', buffer, '&modified') == 1
  end

  local conflicts = {} -- buffer -> the file that was found to be another's

  local function version(buffer)
    local file = M.file(buffer)
    return call('getftime', file) .. ' ' .. call('getfsize', file)
  end

  --- Has the buffer's file changed since it was read or written? A buffer without changes of its
  --- own is read anew.
  ---@return 'conflict'|'deleted'|'read'|nil how
  function M.changed_outside(buffer)
    if not M.modified(buffer) then
      conflicts[buffer] = nil
    elseif conflicts[buffer] == version(buffer) then -- the editor tells it but once
      return 'conflict'
    end
    local tick = M.tick(buffer)
    local choice = 'let v:fcs_choice = v:fcs_reason ==# "changed" ? "reload" : ""'
    local event = ('autocmd protokol FileChangedShell <buffer=%d>'):format(buffer)
    M.command("let g:protokol_change = ''")
    M.command(event .. ' let g:protokol_change = v:fcs_reason | ' .. choice)
    M.command('checktime ' .. buffer)
    M.ignore(buffer, { 'FileChangedShell' })
    local how = call('eval', 'g:protokol_change')
    M.command('unlet g:protokol_change')
    if how == 'conflict' or how == 'deleted' then
      conflicts[buffer] = how == 'conflict' and version(buffer) or nil
      return how
    end
    return M.tick(buffer) ~= tick and 'read' or nil
  end

  --- Writes a buffer to its file. `surely`: the file is known to be what the buffer was read from;
  --- else the editor may ask.
  ---@return string|nil trouble
  function M.save(buffer, surely)
    local trouble = M.attempt(buffer, surely and 'silent write!' or 'write')
    if not trouble and M.modified(buffer) then
      trouble = require('protokol.say')('the buffer was not written')
    end
    return trouble
  end

  --- Is the file, byte for byte, what the buffer shows? Of a file that is not UTF-8: perhaps.
  function M.is_written(buffer)
    local file = io.open(M.file(buffer), 'rb')
    if not file then
      return false
    end
    local text = file:read('*a')
    file:close()
    local encoding = call('getbufvar', buffer, '&fileencoding')
    if encoding ~= '' and encoding ~= 'utf-8' then
      return true
    end
    text = text:gsub('^\239\187\191', '')
    local format = call('getbufvar', buffer, '&fileformat')
    text = format == 'dos' and text:gsub('\r\n', '\n')
      or format == 'mac' and text:gsub('\r', '\n')
      or text
    return text == M.text(buffer) or text .. '\n' == M.text(buffer)
  end

  --- What somebody types, or nil: nothing, or given up.
  ---@return string|nil
  function M.ask(prompt, default)
    local asked, answer = pcall(call, 'input', prompt .. ' ', default or '')
    M.command('redraw')
    answer = asked and type(answer) == 'string' and answer:match('^%s*(.-)%s*$') or ''
    return answer ~= '' and answer or nil
  end

  --- A question with "yes" for an answer, in one of the languages we speak.
  ---@return boolean
  function M.sure(question)
    local answer = M.ask(question .. ' [y/N]') or ''
    for _, letter in ipairs({ 'y', 'Y', 'j', 'J', 'д', 'Д' }) do
      if answer:sub(1, #letter) == letter then
        return true
      end
    end
    return false
  end

  --- A buffer of ours in a window of its own.
  ---@param paper { name: string, lines: string[], filetype?: string, kind: 'nofile'|'acwrite',
  ---  split?: string, dos?: boolean }
  ---@return integer buffer
  function M.paper(paper)
    M.command((paper.split or 'botright') .. ' new')
    local buffer = M.buffer()
    M.command('setlocal noswapfile bufhidden=hide buftype=' .. paper.kind)
    if paper.dos then
      M.command('setlocal fileformat=dos')
    end
    call('setline', 1, paper.lines)
    M.command('setlocal nomodified')
    M.rename(buffer, paper.name)
    if paper.filetype then
      call('setbufvar', buffer, '&filetype', paper.filetype)
    end
    return buffer
  end

  --- Gives a buffer of ours a name, with a number behind it where the name is taken.
  function M.rename(buffer, name)
    local wanted, number = name, 2
    while call('bufexists', wanted) == 1 do
      wanted, number = ('%s (%d)'):format(name, number), number + 1
    end
    M.attempt(buffer, 'silent file ' .. call('fnameescape', wanted))
  end

  --- Shows a buffer: in a window that has it, or in this one.
  function M.go_to(buffer)
    local window = call('bufwinid', buffer)
    if window ~= -1 then
      call('win_gotoid', window)
    else
      M.command('hide buffer ' .. buffer)
    end
  end

  --- Shows an earlier text beside a buffer, in diff mode.
  ---@return integer buffer of the earlier text
  function M.compare(buffer, name, lines)
    M.go_to(buffer)
    local filetype = M.filetype(buffer)
    M.command('diffthis')
    local earlier = M.paper({
      name = name,
      lines = lines,
      kind = 'nofile',
      filetype = filetype,
      split = 'leftabove vertical',
    })
    M.command('setlocal nomodifiable bufhidden=wipe')
    M.command('diffthis')
    local off = 'autocmd protokol BufWipeout <buffer> call win_execute(bufwinid(%d), "diffoff")'
    M.command(off:format(buffer))
    call('win_gotoid', call('bufwinid', buffer))
    return earlier
  end

  --- What a global variable of the user's holds, or nil.
  function M.global(name)
    if call('exists', 'g:' .. name) == 0 then
      return nil
    end
    return M.table(call('eval', 'g:' .. name))
  end
end
