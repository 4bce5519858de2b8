-- Live checks: after a moment of quiet, in buffers that are minutes, without a spawn or a prompt.
--
-- While text is typed nothing happens, unless the option `update_in_insert` asks for it; then what
-- is found on the cursor's own line waits until Insert mode is left: the line is not finished.
-- A check that is not felt comes with the event itself; where checks are slow they become rare,
-- and end when they would be felt.

local M = {}

-- buffer -> { how =, timer =, tick =, minutes =, problem =, cost =, last_cost =,
-- capped =, told = }
local watched = {}
-- CursorHold comes even where CTRL-C has left Insert mode; BufEnter after changes from elsewhere.
local text_events = { 'TextChanged', 'InsertLeave', 'CursorHold', 'BufEnter', 'BufUnload' }
local unfelt = 5 -- milliseconds of a check that need not wait for the end of a change
local rest_share = 5 -- a check rests for so many times as long as it took
local longest = 250 -- milliseconds of a check that is too slow to be live

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

-- A problem is told once, and the buffer shows nothing until it is gone.
local function suffer(protokol, buffer, state, problem)
  local sentence = protokol.sentence(problem)
  if state.problem ~= sentence then
    state.problem = sentence
    protokol.hide(buffer)
    protokol.editor.notify('error', sentence)
  end
end

-- Checks rest until the buffer is written or asked for; why is said once.
local function rest(protokol, buffer, state, why)
  state.how = 'rest'
  protokol.hide(buffer)
  if not state.told then
    state.told = true
    protokol.editor.notify('info', why)
  end
end

-- Is the buffer minutes? Then they can be completed, too.
local function is_minutes(protokol, buffer, state, document)
  local library = document.library
  if state.how ~= 'always' and not library:is_minutes(document.text, document.name) then
    if state.minutes then
      protokol.hide(buffer)
    end
    state.minutes = false
    return false
  end
  if not state.minutes and protokol.options().complete then
    protokol.editor.offer_completion(buffer)
  end
  state.minutes = true
  return true
end

local function show(protokol, buffer, state, findings)
  local editor, all = protokol.editor, #findings
  if editor.inserting() and editor.buffer() == buffer then
    findings = finished(findings, (editor.cursor()))
    all = #findings
    state.tick = nil -- what waits is shown when Insert mode is left
  end
  local count = protokol.show(buffer, findings, false)
  if count < all and not state.capped then
    state.capped = true
    local say = require('protokol.say')
    local word = say('%d of %d findings are shown (option "max_findings")', count, all)
    editor.notify('info', word)
  end
end

local function check(protokol, buffer, state)
  local editor, say = protokol.editor, require('protokol.say')
  state.tick = editor.tick(buffer)
  if state.how ~= 'always' and editor.size(buffer) > protokol.options().max_size then
    rest(protokol, buffer, state, say('live checks rest: the buffer is large (option "max_size")'))
    return
  end
  local document, problem = protokol.document(buffer)
  if not document then
    suffer(protokol, buffer, state, problem)
    return
  end
  if not is_minutes(protokol, buffer, state, document) then
    return
  end
  local findings
  findings, problem = protokol.found(document)
  if not findings then
    suffer(protokol, buffer, state, problem)
    return
  end
  state.problem = nil
  require('protokol.approval').show(protokol.editor, document)
  show(protokol, buffer, state, findings)
end

local function refresh(protokol, buffer)
  local editor, state = protokol.editor, watched[buffer]
  if not state or state.how == 'never' or state.how == 'rest' or not editor.shown(buffer) then
    return
  end
  local typing = editor.inserting() and editor.buffer() == buffer
  if typing and not protokol.options().update_in_insert then
    return -- InsertLeave comes
  end
  protokol.library(editor.folder(buffer)) -- read once, and not what a check costs
  local start = os.clock()
  check(protokol, buffer, state)
  local cost = (os.clock() - start) * 1000
  state.cost = math.min(cost, state.last_cost or cost) -- one that was slow by chance does not count
  state.last_cost = cost
  if state.cost > longest and not state.how then
    local say = require('protokol.say')
    rest(protokol, buffer, state, say('live checks rest: one takes %d ms here', state.cost))
  end
end

local function try(protokol, buffer, state)
  local ran, trouble = pcall(refresh, protokol, buffer)
  if not ran then
    state.how = 'never'
    protokol.tell_once('error', tostring(trouble):match('[^\n]*'))
  end
end

-- A delay waits for quiet, and so begins again with each change; what is only too slow to be done
-- at once comes in its time, even while text is typed on.
local function soon(protokol, buffer, delay)
  local editor, state = protokol.editor, watched[buffer]
  if state.timer and delay == 0 then
    return
  elseif state.timer then
    editor.cancel(state.timer)
  end
  local cost = state.cost or 0
  delay = math.max(delay, cost > unfelt and math.floor(cost * rest_share) or 0)
  state.timer = editor.later(delay, function()
    state.timer = nil
    try(protokol, buffer, state)
  end)
end

--- See protokol.watch().
function M.watch(protokol, buffer, how)
  local editor, options = protokol.editor, protokol.options()
  if how == 'never' then
    watched[buffer] = { how = 'never' }
    editor.ignore(buffer, text_events)
    editor.ignore(buffer, { 'TextChangedI' })
    protokol.hide(buffer)
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
    if options.update_in_insert then
      editor.listen(buffer, { 'TextChangedI' })
    end
    soon(protokol, buffer, how and 0 or 10)
  end
end

--- Is the buffer checked as it changes?
function M.is_live(buffer)
  local state = watched[buffer]
  return state ~= nil
    and state.how ~= 'never'
    and state.how ~= 'rest'
    and (state.minutes or state.how == 'always')
end

--- The buffer was written. One that got its name by that has lost what it listened to.
function M.written(protokol, buffer)
  local state = watched[buffer]
  if state and state.how ~= 'never' then
    if state.minutes then
      require('protokol.values').harvest(protokol, buffer)
    end
    state.tick, state.how = nil, state.how ~= 'rest' and state.how or nil
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
    local delay = protokol.options().delay
    if delay == 0 and not state.timer and state.cost and state.cost <= unfelt then
      try(protokol, buffer, state)
    else
      soon(protokol, buffer, delay)
    end
  end
end

return M
