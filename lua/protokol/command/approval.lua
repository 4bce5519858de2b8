-- :Protokol status, detail, object, resolve, approve, amend, confirm, diff - agree on the minutes.

local protokol = require('protokol')
local approval = require('protokol.approval')
local config = require('protokol.config')
local say = require('protokol.say')
local common = require('protokol.command.common')
local editor = protokol.editor
local refuse, need = common.refuse, common.need

local M = {}

-- -- What is typed ------------------------------------------------------------------------

local keys = { who = true, how = true, reference = true, time = true, item = true }

--- Words as an event's key=value, and the others as one text.
---@return table event, string text
function M.understood(words)
  local event, rest = {}, {}
  for _, word in ipairs(words) do
    local key, value = word:match('^(%l+)=(.+)$')
    if key and keys[key] then
      event[key] = value
    else
      rest[#rest + 1] = word
    end
  end
  return event, table.concat(rest, ' ')
end

--- What is typed for an answer; without one nothing is recorded.
function M.answer(prompt, default)
  return editor.ask(prompt, default) or refuse(say('nothing is recorded'))
end

function M.me()
  local values = require('protokol.values')
  return values.author(editor, protokol.options()) or M.answer(say('Your own name:'))
end

-- The people of the minutes but for ourselves.
local function others()
  local outline = protokol.outline() or {}
  local values = require('protokol.values')
  local me, names = values.author(editor, protokol.options()), {}
  for _, person in ipairs(outline.people or {}) do
    names[#names + 1] = person.name ~= me and person.name ~= '' and person.name or nil
  end
  return names
end

local function them(event, prompt, default)
  event.who = event.who or M.answer(prompt, default or others()[1])
end

--- Where the approval of these minutes stands.
---@return table standing, table document
function M.standing()
  local document = need(protokol.document())
  return need(document.library:approval(document.text, document.options)), document
end

--- One line in the message area, cut where a prompt would come up.
function M.tell(text)
  local room = editor.call('eval', 'v:echospace') - #'protokol: '
  editor.notify('info', require('protokol.cells').fitting(editor, text, math.max(room, 40)))
end

--- Records an event in the minutes and says where that leads.
function M.record(event, buffer, bytes)
  buffer = buffer or editor.buffer()
  local made = need(approval.record(protokol, buffer, event, bytes))
  local standing = approval.of(need(protokol.document(buffer)))
  local number = made.number and made.number > 0 and ' ' .. made.number or ''
  M.tell(say(made.event) .. number .. ': ' .. approval.line(standing))
  return made
end

-- -- Status -------------------------------------------------------------------------------

local function names_in(list)
  return list and #list > 0 and ' -> ' .. table.concat(list, ', ') or ''
end

-- "2027-03-01  sent, revision 1, Anna Muster -> ben@example.com"
local function log_line(event)
  local what = say(event.event) .. (event.number and ' ' .. event.number or '')
  if event.of then
    what = what .. ' ' .. event.of .. ', ' .. say(event.outcome)
  elseif event.revision then
    what = what .. ', ' .. say('revision') .. ' ' .. event.revision
  end
  local words = event.text or event.what or event.level
  return ('%s  %s, %s%s%s'):format(
    event.time:sub(1, 10),
    what,
    event.who,
    names_in(event.to),
    words and ': ' .. words or ''
  )
end

local function status_here()
  local standing = M.standing()
  local lines = { standing.title, standing.told }
  for _, step in ipairs(standing.next) do
    lines[#lines + 1] = '-> ' .. step
  end
  lines[#lines + 1] = #standing.events > 0 and '' or nil
  for _, event in ipairs(standing.events) do
    lines[#lines + 1] = log_line(event)
  end
  editor.popup(require('protokol.cells').folded(editor, lines, 76))
end

function M.status(request)
  if #request.arguments == 0 then
    status_here()
    return
  end
  local reader = need(require('protokol.program').find(editor, protokol.options().program))
  need(require('protokol.board').show(editor, reader, request.arguments))
end

function M.complete_paths(_, lead)
  return editor.files(lead), true
end

-- -- A reply that somebody saved ---------------------------------------------------------------

-- Of "confirm reply.eml" what the event is by that mail; else what was typed.
local function by_mail(kind, request)
  local path = request.arguments[1]
  if not path or not path:match('%.eml$') then
    return M.understood(request.arguments)
  end
  local _, document = M.standing()
  local bytes = approval.bytes(editor.absolute(path)) or refuse(say('cannot read %s', path))
  local about = need(document.library:mail(document.text, bytes, kind, document.options))
  if about.names_text and not about.about then
    refuse(say('the digest in it is of no text that the log knows'))
  elseif about.stranger then
    editor.notify(
      'warn',
      say('it comes from %s, an address that is not known here', about.stranger)
    )
  end
  if not about.about then
    editor.notify('warn', say('it does not say which text it means'))
  end
  local event, text = M.understood({ select(2, (unpack or table.unpack)(request.arguments)) }) -- luacheck: ignore
  for _, key in ipairs({ 'who', 'how', 'reference', 'time', 'revision', 'digest' }) do
    event[key] = event[key] or about[key]
  end
  if event.time and event.time:sub(1, 10) > os.date('!%Y-%m-%d', os.time() + 86400) then
    event.time = nil -- a time to come would keep later events out of the log
  end
  return event, text
end

function M.complete_mail(_, lead)
  local names = {}
  for _, file in ipairs(editor.files(lead)) do
    names[#names + 1] = (file:match('%.eml$') or file:match('/$')) and file or nil
  end
  return names, true
end

-- -- Before it is agreed -------------------------------------------------------------------

local levels = { 'brief', 'standard', 'detailed' }

local function among(word, list, problem)
  for _, known in ipairs(list) do
    if word == known then
      return word
    end
  end
  return refuse(say(problem, word) .. config.hint(word, list))
end

function M.detail(request)
  local event, level = M.understood(request.arguments)
  level = level ~= '' and level or M.answer(say('brief, standard or detailed?'))
  event.event = 'detail'
  event.level = among(level, levels, '"%s" is no level: brief, standard or detailed')
  event.who = event.who or M.me()
  M.record(event)
end

function M.complete_detail()
  return levels
end

function M.object(request)
  local event, text = by_mail('objection', request)
  local _, document = M.standing()
  event.digest = nil
  local line = request.ranged and request.first or editor.cursor()
  event.event = 'objection'
  event.item = event.item or approval.item_at(document, line)
  them(event, say('Who objects?'))
  if text == '' then
    local prompt = event.item and say('To "%s":', event.item) or say('Objection:')
    text = M.answer(prompt)
  end
  event.text = text
  M.record(event)
end

-- The objection on the cursor's line, or the only one that is open.
local function objection_here(document, standing)
  local line = editor.cursor()
  local open = approval.objections(document, standing)
  for _, objection in ipairs(open) do
    if objection.line <= line and line <= objection.end_line then
      return objection.number
    end
  end
  if #open == 1 then
    return open[1].number
  elseif #open == 0 then
    refuse(say('no objection is open'))
  end
  local list = {}
  for i, objection in ipairs(standing.objections) do
    list[i] = ('%d (%s)'):format(objection.number, objection.who)
  end
  return refuse(say('which objection: %s? `:Protokol resolve 1`', table.concat(list, ', ')))
end

local outcomes = { 'accepted', 'compromise', 'withdrawn' }

function M.resolve(request)
  local words, of = request.arguments, nil
  local standing, document = M.standing()
  if words[1] and words[1]:match('^%d+$') then
    of = tonumber(table.remove(words, 1))
  end
  of = of or objection_here(document, standing)
  local asks = #words == 0
  local outcome = table.remove(words, 1)
    or M.answer(say('accepted, compromise or withdrawn?'), 'accepted')
  among(outcome, outcomes, '"%s" is no outcome: accepted, compromise or withdrawn')
  local event, text = M.understood(words)
  if asks then
    text = editor.ask(say('In words:')) or ''
  end
  event.event, event.of, event.outcome = 'resolution', of, outcome
  event.text = text ~= '' and text or nil
  event.who = event.who or M.me()
  M.record(event)
end

function M.complete_resolve(before)
  local number = before[2] and before[2]:match('^%d+$') and 1 or 0
  return #before - number == 1 and outcomes or {}
end

-- -- Agreed, and after that ------------------------------------------------------------------

function M.approve(request)
  local event = by_mail('approved', request)
  local standing = M.standing()
  if not request.bang and #standing.objections > 0 then
    refuse(
      say(
        '%d objections are open: `:Protokol! approve` records it all the same',
        #standing.objections
      )
    )
  elseif not request.bang and standing.edited then
    refuse(
      say(
        'the text is not revision %d any more: send it anew, or `:Protokol! approve`',
        standing.revision
      )
    )
  end
  event.event = 'approved'
  them(event, say('Who approved?'))
  M.record(event)
end

function M.amend(request)
  local event, text = M.understood(request.arguments)
  local standing = M.standing()
  if standing.approved > 0 and not standing.changed and not request.bang then
    refuse(say('the text is still the one that was approved: change it first'))
  end
  event.event = 'amended'
  event.what = text ~= '' and text or M.answer(say('What was changed?'))
  event.who = event.who or M.me()
  M.record(event)
end

function M.confirm(request)
  local event = by_mail('confirmed', request)
  local standing = M.standing()
  event.event = 'confirmed'
  them(event, say('Who confirmed?'), standing.unconfirmed[1])
  M.record(event)
end

-- -- Revisions -------------------------------------------------------------------------------

local function lines_of(text)
  local lines = {}
  text = text:gsub('^\239\187\191', ''):gsub('\r\n', '\n')
  for line in (text:sub(-1) == '\n' and text or text .. '\n'):gmatch('([^\n]*)\n') do
    lines[#lines + 1] = line
  end
  return lines
end

-- In words, in the quickfix window: what is there no more leads to the earlier text.
local function list_differences(differences, name, now, earlier)
  local items, rows = {}, {}
  for i, one in ipairs(differences) do
    items[i] = {
      bufnr = one.line and now or earlier,
      lnum = one.line or one.old_line,
      col = one.column or one.old_column,
      text = one.message,
    }
    rows[i] = one.message:gsub('%c', ' ')
  end
  local list = editor.list('quickfix', name)
  list.add(items, rows)
  if #items > 0 then
    list.open()
    editor.go_to(now)
  end
  M.tell(differences.summary)
end

function M.diff(request)
  local word = request.arguments[1]
  local standing, document = M.standing()
  local kind, number = (word or 'r' .. standing.revision):match('^([ra]?)(%d+)$')
  number = tonumber(number)
  if not number then
    refuse(say('"%s" is no revision: 1, 2, or a1 for an amendment', word))
  elseif number == 0 then
    refuse(say('nothing was sent yet'))
  end
  kind = kind == 'a' and 'a' or 'r'
  local file = editor.file(document.buffer)
  local text, problem = require('protokol.core').revision(file, kind, number)
  local lines = lines_of(need(text, problem))
  local differences = need(document.library:compare(text, document.text, document.options))
  local name = ('%s %s%d'):format(file:match('[^/]*$'), kind, number)
  local earlier = editor.compare(document.buffer, name, lines)
  list_differences(differences, 'diff: ' .. name, document.buffer, earlier)
end

function M.complete_diff()
  local names = {}
  local standing = M.standing()
  for number = 1, standing.revision do
    names[#names + 1] = tostring(number)
  end
  for _, event in ipairs(standing.events) do
    names[#names + 1] = event.event == 'amended' and 'a' .. event.number or nil
  end
  return names
end

return M
