-- Live checks: after a moment of quiet, in buffers that are minutes, without a spawn or a prompt.
--
-- While text is typed nothing happens, unless the option `update_in_insert` asks for it; then what
-- is found on the cursor's own line waits until Insert mode is left: the line is not finished.
-- A check that is not felt comes with the event itself, one of a large text runs in a thread of its
-- own. Where checks are slow they become rare, and end when they would be felt.

local M = {}

-- buffer -> { how =, timer =, minutes =, problem =, capped =, told =, tick =: what was looked at,
-- found =: what rules found there, partial =: not all of it was said, aside =: a check that runs,
-- cost =, last_cost = }
local watched = {}
-- CursorHold comes even where CTRL-C has left Insert mode; BufEnter after changes from elsewhere.
local text_events = { 'TextChanged', 'InsertLeave', 'CursorHold', 'BufEnter', 'BufUnload' }
local unfelt = 5 -- milliseconds of a check after which none need rest
local bearable = 25 -- ... of one that may come with the event after a rest, and not only in quiet
local large = 60000 -- bytes of a text that is checked aside
local look_again = 3 -- milliseconds until a check aside is asked whether it is done
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

-- counts: how many there are in all, by severity, where these are but the gravest.
local function show(protokol, buffer, state, findings, counts)
  local editor, all = protokol.editor, 0
  for _, count in pairs(counts or {}) do
    all = all + count
  end
  state.partial = editor.inserting() and editor.buffer() == buffer
  if state.partial then -- what waits is shown when Insert mode is left
    findings = finished(findings, (editor.cursor()))
  end
  all = math.max(all, #findings)
  local count = protokol.show(buffer, findings, false, counts)
  if count < all and count == protokol.options().max_findings and not state.capped then
    state.capped = true
    local say = require('protokol.say')
    local word = say('%d of %d findings are shown (option "max_findings")', count, all)
    editor.notify('info', word)
  end
end

local function conclude(protokol, buffer, state, document, findings, counts)
  state.problem = nil
  require('protokol.approval').show(protokol.editor, document)
  show(protokol, buffer, state, findings, counts)
end

local refresh

-- An error of ours is told once, and the buffer is left alone.
local function try(protokol, buffer, state, run)
  local ran, trouble = pcall(run, protokol, buffer, state)
  if not ran then
    state.how = 'never'
    protokol.tell_once('error', tostring(trouble):match('[^\n]*'))
  end
end

local function later(protokol, buffer, state, delay, run)
  return protokol.editor.later(delay, function()
    try(protokol, buffer, state, run)
  end)
end

local function collect(protokol, buffer, state)
  local aside = state.aside
  if watched[buffer] ~= state or not aside then
    return
  elseif not aside.run:done() then
    later(protokol, buffer, state, look_again, collect)
    return
  end
  state.aside = nil
  if state.how == 'never' or state.how == 'rest' then
    return
  end
  local document, among = aside.document, require('protokol.approval').among
  local findings, counts = aside.run:findings(protokol.options().max_findings)
  if aside.tick ~= protokol.editor.tick(buffer) then
    -- Who types faster than the check is shown what still holds of it, while the next one runs.
    refresh(protokol, buffer)
    if findings and state.aside then
      local new = state.aside.document
      findings = require('protokol.findings').moved(findings, document.text, new.text)
      show(protokol, buffer, state, among(new, findings), counts)
    end
  elseif not findings then
    suffer(protokol, buffer, state, counts)
  else
    conclude(protokol, buffer, state, document, among(document, findings), counts)
  end
end

local function check(protokol, buffer, state, library)
  local editor, say = protokol.editor, require('protokol.say')
  state.tick = editor.tick(buffer)
  if state.how ~= 'always' and editor.size(buffer) > protokol.options().max_size then
    rest(protokol, buffer, state, say('live checks rest: the buffer is large (option "max_size")'))
    return
  end
  local document, problem = protokol.document(buffer, library)
  if not document then
    suffer(protokol, buffer, state, problem)
    return
  end
  if not is_minutes(protokol, buffer, state, document) then
    return
  end
  local aside = #document.text > large
    and document.library:lint_aside(document.text, document.options)
  if aside then
    state.aside = { run = aside, tick = state.tick, document = document }
    later(protokol, buffer, state, look_again, collect)
    return
  end
  local findings
  findings, problem, state.found = protokol.found(document, state.found or true)
  if not findings then
    suffer(protokol, buffer, state, problem)
    return
  end
  conclude(protokol, buffer, state, document, findings)
end

-- Is there anything that was not looked at? What is said of a line that is typed waits.
local function is_behind(editor, buffer, state)
  local inserting = editor.inserting() and editor.buffer() == buffer
  return state.tick ~= editor.tick(buffer) or state.partial and not inserting
end

-- After a check that is felt comes a rest; changes that fall into it are looked at behind it.
local function pause(protokol, buffer, state)
  if state.cost > unfelt and not state.timer then
    local length = math.floor(state.cost * rest_share)
    state.timer = later(protokol, buffer, state, length, function()
      state.timer = nil
      if watched[buffer] == state and is_behind(protokol.editor, buffer, state) then
        refresh(protokol, buffer)
      end
    end)
  end
end

function refresh(protokol, buffer)
  local editor, state = protokol.editor, watched[buffer]
  if not state or state.how == 'never' or state.how == 'rest' or not editor.shown(buffer) then
    return
  end
  local typing = editor.inserting() and editor.buffer() == buffer
  if state.aside or typing and not protokol.options().update_in_insert then
    return -- what runs looks again; InsertLeave comes
  end
  local library = protokol.library(editor.folder(buffer)) -- read once, and not what a check costs
  local start = os.clock()
  check(protokol, buffer, state, library)
  local cost = (os.clock() - start) * 1000
  state.cost = math.min(cost, state.last_cost or cost) -- one that was slow by chance does not count
  state.last_cost = cost
  if state.cost > longest and not state.how then
    local say = require('protokol.say')
    rest(protokol, buffer, state, say('live checks rest: one takes %d ms here', state.cost))
  end
  pause(protokol, buffer, state)
end

-- In the quiet after the last change.
local function soon(protokol, buffer, delay)
  local state = watched[buffer]
  if state.timer then
    protokol.editor.cancel(state.timer)
  end
  delay = math.max(delay, math.floor((state.cost or 0) * rest_share))
  state.timer = later(protokol, buffer, state, delay, function()
    state.timer = nil
    refresh(protokol, buffer)
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

--- Is what is shown that of the text as it is now?
function M.is_current(protokol, buffer)
  local state = watched[buffer]
  return state ~= nil and not state.aside and state.tick == protokol.editor.tick(buffer)
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
  elseif state and is_behind(editor, buffer, state) then
    local delay = protokol.options().delay
    if delay > 0 or not state.cost or state.cost > bearable then
      soon(protokol, buffer, delay)
    elseif not state.timer then
      try(protokol, buffer, state, refresh)
    end
  end
end

return M
