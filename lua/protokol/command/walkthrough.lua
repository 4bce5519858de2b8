-- :Protokol walkthrough - a checklist of the items, to go through with somebody on the phone.
--
-- It is a buffer of its own; <Space> or <CR> on an item goes from not yet asked to understood to
-- unclear, and :write puts into the log what was asked.

local protokol = require('protokol')
local approval = require('protokol.approval')
local say = require('protokol.say')
local common = require('protokol.command.common')
local agree = require('protokol.command.approval')
local editor = protokol.editor
local refuse, need = common.refuse, common.need

local M = {}

local papers = {} -- buffer of a checklist -> { minutes =, event =, names = }
local after = { [' '] = '+', ['+'] = '?', ['?'] = ' ' }

local function lines_of(document, paper)
  local lines = {
    '# ' .. say('[ ] not asked yet, [+] understood, [?] unclear: <Space> changes it'),
    '# ' .. say(':write records it; lines without a box are a note'),
  }
  for _, item in ipairs(approval.items(document)) do
    local owners = item.owners and #item.owners > 0 and table.concat(item.owners, ', ') .. ': '
      or ''
    local due = item.due and (' (%s)'):format(item.due) or ''
    local id = item.id and item.id .. ' ' or ''
    local words = (id .. owners .. item.text .. due):gsub('[%s%c]+', ' ')
    lines[#lines + 1] = '[ ] ' .. words
    paper.names[words] = approval.name_of(item)
  end
  return lines
end

--- The next state of the items on some lines of a checklist; false: this is none.
function M.toggle(request)
  if not papers[editor.buffer()] then
    return false
  end
  local first = request.ranged and request.first or editor.cursor()
  for number = first, request.ranged and request.last or first do
    local state, words = editor.line(number):match('^%[([ +?])%] (.*)$')
    if state then
      editor.call('setline', number, ('[%s] %s'):format(after[state], words))
    end
  end
  return true
end

-- What a checklist says: an event, as far as anything was asked.
local function said(buffer, paper)
  local event, note = { understood = {}, unclear = {} }, {}
  for _, line in ipairs(editor.lines(buffer, 1, editor.call('line', '$'))) do
    local state, words = line:match('^%[(.)%] (.*)$')
    local list = state == '+' and event.understood or state == '?' and event.unclear
    if list then
      list[#list + 1] = paper.names[words] or words
    elseif not state and not line:match('^#') and line:find('%S') then
      note[#note + 1] = line
    end
  end
  event.text = #note > 0 and table.concat(note, '\n') or nil
  return event
end

-- A checklist is written: into the log.
local function write(buffer)
  local paper = papers[buffer]
  local event = said(buffer, paper)
  if #event.understood + #event.unclear == 0 then
    refuse(say('nothing was asked yet: nothing is recorded'))
  end
  for key, value in pairs(paper.event) do
    event[key] = value
  end
  event.understood = #event.understood > 0 and event.understood or nil
  event.unclear = #event.unclear > 0 and event.unclear or nil
  event.event = 'walkthrough'
  agree.record(event, paper.minutes)
  editor.call('setbufvar', buffer, '&modified', 0)
end

function M.run(request)
  local event = agree.understood(request.arguments)
  local standing, document = agree.standing()
  if standing.revision == 0 then
    refuse(say('nothing was sent yet'))
  end
  local outline = need(protokol.outline())
  local first = outline.people and outline.people[1] and outline.people[1].name
  event.who = event.who or agree.answer(say('With whom?'), first)
  event.how = event.how or 'phone'
  local paper = { minutes = document.buffer, event = event, names = {} }
  local lines = lines_of(document, paper)
  if #lines == 2 then
    refuse(say('no items to go through'))
  end
  local name = editor.file(document.buffer):match('[^/]*$')
  local buffer = editor.paper({
    name = ('%s: %s'):format(say('walkthrough'), name),
    lines = lines,
    kind = 'acwrite',
  })
  papers[buffer] = paper
  protokol.at(buffer, 'BufWriteCmd', function()
    common.guard(write, buffer)
  end)
  protokol.at(buffer, 'BufUnload', function()
    papers[buffer] = nil
  end)
  for _, key in ipairs({ '<Space>', '<CR>' }) do
    editor.command(('nnoremap <buffer> <silent> %s <Cmd>Protokol toggle<CR>'):format(key))
  end
  editor.go(3, 1)
end

return M
