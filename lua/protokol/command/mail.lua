-- :Protokol send, distribute - the draft of a mail to look at; sent and recorded after a yes.
--
-- The program writes the draft; a buffer shows it, and it may be changed there. Said again in that
-- buffer, `:Protokol send` hands it to the user's own mail command, or believes that it was sent.
-- The log hears of it when that is done, not before.

local protokol = require('protokol')
local approval = require('protokol.approval')
local say = require('protokol.say')
local common = require('protokol.command.common')
local agree = require('protokol.command.approval')
local editor = protokol.editor
local refuse, need, guard = common.refuse, common.need, common.guard

local M = {}

local drafts = {} -- buffer -> { minutes =, event =, state = nil|'sending'|'sent', next = draft }

-- -- The user's own command ------------------------------------------------------------------

--- g:protokol_mail_command as a list: a string is split at blanks, and no shell sees it.
---@return string[]|nil argv
local function mail_command()
  local command, argv = editor.global('protokol_mail_command'), {}
  if type(command) == 'string' then
    for word in command:gmatch('%S+') do
      argv[#argv + 1] = word
    end
  elseif type(command) == 'table' then
    for _, word in ipairs(command) do
      argv[#argv + 1] = tostring(word)
    end
  end
  return #argv > 0 and argv or nil
end

-- -- A draft that was looked at --------------------------------------------------------------

local open

local function done(buffer, draft, event, bytes)
  agree.record(event, draft.minutes, bytes)
  draft.state = 'sent'
  if editor.call('bufexists', buffer) == 1 then
    editor.call('setbufvar', buffer, '&modifiable', 0)
  end
  if draft.next then
    open(draft.next)
  end
end

local function hand_over(argv, text, buffer, draft, run)
  local said = {}
  local function hear(line)
    said[#said + 1] = line ~= '' and line or nil
  end
  draft.state = 'sending'
  local id, why = editor.start(argv, {
    input = text,
    on_line = hear,
    on_error = hear,
    on_exit = function(status)
      draft.state = nil
      if status == 0 then
        guard(run)
        return
      end
      local words = #said > 0 and ': ' .. table.concat(said, ' ') or ''
      local failed = say('%s ended with %d: nothing is recorded', argv[1], status)
      editor.notify('error', failed .. words)
    end,
  })
  if not id then
    draft.state = nil
    refuse(why)
  end
  drafts[buffer] = draft
end

local function go(buffer, draft)
  if draft.state then
    refuse(say(draft.state == 'sent' and 'this mail was sent already' or 'it is being sent'))
  end
  local document = need(approval.settled(protokol, draft.minutes))
  local text = editor.text(buffer)
  local about = need(document.library:mail(document.text, text, draft.event, document.options))
  if not about.current then
    refuse(say('the minutes are not what this draft is about: make a new one'))
  elseif #about.to == 0 then
    refuse(say('this draft goes to nobody'))
  end
  local standing = need(document.library:approval(document.text, document.options))
  local bytes = approval.bytes(editor.file(draft.minutes))
  local event = {
    event = draft.event,
    who = draft.who,
    to = about.to,
    how = 'mail',
    reference = about.reference,
    digest = standing.digest,
  }
  local argv, whom = mail_command(), table.concat(about.to, ', ')
  if argv then
    if not editor.sure(say('Send it to %s by %s?', whom, table.concat(argv, ' '))) then
      refuse(say('nothing is recorded'))
    end
    hand_over(argv, text, buffer, draft, function()
      done(buffer, draft, event, bytes)
    end)
  elseif editor.sure(say('Was it sent to %s?', whom)) then
    done(buffer, draft, event, bytes)
  else
    refuse(say('nothing is recorded'))
  end
end

-- -- The draft ---------------------------------------------------------------------------------

function open(draft)
  local buffer = editor.paper({
    name = draft.name,
    lines = draft.lines,
    kind = 'nofile',
    filetype = 'mail',
    dos = true,
  })
  drafts[buffer] = draft
  protokol.at(buffer, 'BufUnload', function()
    drafts[buffer] = nil
  end)
  editor.go(1, 1)
  local argv = mail_command()
  agree.tell(
    argv and say('look at it; `:Protokol send` here hands it to %s', argv[1])
      or say('look at it, send it (`:w FILE.eml` keeps it), then say `:Protokol send` here')
  )
end

-- The drafts that the program wrote: one, or one for each in a folder.
local function collect(path, draft, each)
  local first, last
  for number = 1, each and math.huge or 1 do
    local text = approval.bytes(each and ('%s/%d.eml'):format(path, number) or path)
    if not text then
      break
    end
    local one = { lines = {} }
    for key, value in pairs(draft) do
      one[key] = value
    end
    for line in text:gmatch('([^\n]*)\n') do
      one.lines[#one.lines + 1] = line:gsub('\r$', '')
    end
    if last then
      last.next = one
    end
    first, last = first or one, one
  end
  editor.call('delete', path, 'rf')
  return first
end

local function errors_in(document)
  local count = 0
  for _, finding in ipairs(need(document.library:lint(document.text, document.options))) do
    count = count + (finding.severity == 'error' and 1 or 0)
  end
  return count
end

-- Why the program writes no draft, as it is said here: in the user's language, of a file that need
-- not be named, without options that nobody can type.
local function refusal(line, file)
  line = line:gsub('^protokol: ', '')
  if line:sub(1, #file + 2) == file .. ': ' then
    line = line:sub(#file + 3)
  end
  local address = line:match('^"(.*)" is no address that a mail can go to$')
  if address then
    return say('"%s" is no address that a mail can go to', address)
  elseif line:find('who sends it?', 1, true) == 1 then
    return say('your own address is not known: name it among the participants, or set $EMAIL')
  end
  return say((line:gsub(' %(%-%-force goes on%)$', '')))
end

-- Writes a draft and shows it when it is there.
local function prepare(request, event, kind)
  local document = need(approval.settled(protokol, editor.buffer()))
  local errors = request.bang and 0 or errors_in(document)
  if errors > 0 then
    refuse(say('errors: %d; `:Protokol lint` shows them, `:Protokol! %s` goes on', errors, kind))
  end
  local file = editor.file(document.buffer)
  local draft = {
    minutes = document.buffer,
    event = event,
    who = agree.me(),
    name = ('%s: %s'):format(say('draft'), file:match('[^/]*$')),
  }
  local path, each = editor.call('tempname'), false
  local program = need(require('protokol.program').find(editor, protokol.options().program))
  local argv = { program, 'send', '--output', path, '--me', draft.who }
  for _, word in ipairs(request.arguments) do
    if event == 'distributed' and word == 'each' then
      each = true
      argv[#argv + 1] = '--each'
      editor.call('mkdir', path, 'p', tonumber('700', 8))
    else
      argv[#argv + 1] = '--to=' .. word
    end
  end
  argv[#argv + 1] = request.bang and '--force' or nil
  argv[#argv + 1], argv[#argv + 2] = '--', file
  local said = {}
  need(editor.start(argv, {
    on_line = function() end,
    on_error = function(line)
      said[#said + 1] = line ~= '' and refusal(line, file) or nil
    end,
    on_exit = function(status)
      guard(function()
        local first = collect(path, draft, each)
        if status ~= 0 or not first then
          refuse(table.concat(said, '\n'))
        end
        open(first)
      end)
    end,
  }))
end

-- -- Subcommands -----------------------------------------------------------------------------

local function send_or_go(request, event, kind)
  local buffer = editor.buffer()
  if drafts[buffer] then
    go(buffer, drafts[buffer])
    return
  end
  local standing = agree.standing()
  local approved = standing.approved > 0
  if event == 'sent' and approved then
    refuse(say('it is approved: `:Protokol distribute` writes to everybody'))
  elseif event == 'distributed' and not approved then
    refuse(say('nothing was approved yet'))
  end
  prepare(request, event, kind)
end

function M.send(request)
  send_or_go(request, 'sent', 'send')
end

function M.distribute(request)
  send_or_go(request, 'distributed', 'distribute')
end

--- Addresses of the people.
local function addresses()
  local outline, list = protokol.outline() or {}, {}
  for _, person in ipairs(outline.people or {}) do
    for _, contact in ipairs(person.contacts or {}) do
      list[#list + 1] = contact:find('@', 2, true) and contact or nil
    end
  end
  return list
end

function M.complete_send()
  return addresses()
end

function M.complete_distribute()
  local list = addresses()
  table.insert(list, 1, 'each')
  return list
end

return M
