-- Live checks: after a while of quiet, in buffers that are minutes, without a spawn or a prompt.
--
-- In Insert mode what is found on the cursor's own line waits until the mode is left: the line is
-- not finished. Marks elsewhere come and go as they should.

local M = {}

local watched = {} -- buffer -> { how =, timer =, tick =, minutes =, problem = }
local text_events = { 'TextChanged', 'TextChangedI', 'InsertLeave', 'BufUnload' }

-- Those that are not on the line being typed.
local function finished(findings, line)
  local list = {}
  for _, finding in ipairs(findings) do
    if line < finding.line or finding.end_line < line then
      list[#list + 1] = finding
    end
  end
  return list
end

local function clear(protokol, buffer)
  protokol.show(buffer, {}, false)
end

-- A problem is told once, and the buffer shows nothing until it is gone.
local function suffer(protokol, buffer, state, problem)
  local sentence = protokol.sentence(problem)
  if state.problem ~= sentence then
    state.problem = sentence
    clear(protokol, buffer)
    protokol.editor.notify('error', sentence)
  end
end

local function refresh(protokol, buffer)
  local editor, state = protokol.editor, watched[buffer]
  if not state or state.how == 'never' or not editor.shown(buffer) then
    return
  end
  local document, problem = protokol.document(buffer)
  if not document then
    suffer(protokol, buffer, state, problem)
    return
  end
  state.tick = editor.tick(buffer)
  if #document.text > protokol.options().max_size then
    local say = require('protokol.say')
    protokol.tell_once('info', say('live checks rest: the buffer is large (option "max_size")'))
    return
  end
  local library = document.library
  if state.how ~= 'always' and not library:is_minutes(document.text, document.name) then
    if state.minutes then
      clear(protokol, buffer)
    end
    state.minutes = false
    return
  end
  if not state.minutes and protokol.options().complete then
    editor.offer_completion(buffer)
  end
  state.minutes = true
  local findings
  findings, problem = library:lint(document.text, document.options)
  if not findings then
    suffer(protokol, buffer, state, problem)
    return
  end
  state.problem = nil
  if editor.inserting() and editor.buffer() == buffer then
    findings = finished(findings, (editor.cursor()))
    state.tick = nil -- what waits is shown when Insert mode is left
  end
  protokol.show(buffer, findings, false)
end

local function soon(protokol, buffer, delay)
  local editor, state = protokol.editor, watched[buffer]
  if state.timer then
    editor.cancel(state.timer)
  end
  state.timer = editor.later(delay, function()
    state.timer = nil
    local ran, trouble = pcall(refresh, protokol, buffer)
    if not ran then
      state.how = 'never'
      protokol.tell_once('error', tostring(trouble):match('[^\n]*'))
    end
  end)
end

--- See protokol.watch().
function M.watch(protokol, buffer, how)
  local editor, options = protokol.editor, protokol.options()
  if how == 'never' then
    watched[buffer] = { how = 'never' }
    editor.ignore(buffer, text_events)
    clear(protokol, buffer)
    return
  end
  local state = watched[buffer]
  if not state then
    if not options.live and how ~= 'always' then
      return
    end
    state = {}
    watched[buffer] = state
  end
  if how or state.how ~= 'never' then
    state.how = how == 'always' and how or state.how ~= 'never' and state.how or nil
    editor.listen(buffer, text_events)
    soon(protokol, buffer, how and 0 or 10)
  end
end

--- Is the buffer checked as it changes?
function M.is_live(buffer)
  local state = watched[buffer]
  return state ~= nil and state.how ~= 'never' and (state.minutes or state.how == 'always')
end

--- The buffer was written. One that got its name by that has lost what it listened to.
function M.written(protokol, buffer)
  local state = watched[buffer]
  if state and state.how ~= 'never' then
    if state.minutes then
      require('protokol.values').harvest(protokol, buffer)
    end
    state.tick = nil
    M.watch(protokol, buffer) -- a profile may have changed, too
  end
end

--- The buffer's text changed, or is gone.
function M.changed(protokol, buffer, event)
  local editor, state = protokol.editor, watched[buffer]
  if event == 'BufUnload' then
    if state and state.timer then
      editor.cancel(state.timer)
    end
    watched[buffer] = nil
  elseif state and state.tick ~= editor.tick(buffer) then
    soon(protokol, buffer, protokol.options().delay)
  end
end

return M
