-- :Protokol, subcommand by subcommand.

local M = {}

local protokol = require('protokol')
local config = require('protokol.config')
local program = require('protokol.program')
local say = require('protokol.say')
local common = require('protokol.command.common')
local findings = require('protokol.command.findings')
local export = require('protokol.command.export')
local fix = require('protokol.command.fix')
local new = require('protokol.command.new')
local editor = protokol.editor
local refuse, need, guard, names_of = common.refuse, common.need, common.guard, common.names_of

-- -- actions, decisions, outline ------------------------------------------------------

local function me()
  local values = require('protokol.values')
  local name = values.author(editor, protokol.options())
  return name or refuse(say('"mine" wants to know your name: set the option "author"'))
end

local function of_this_buffer(kind, filters)
  local options = { filter = filters }
  for _, word in ipairs(filters) do
    options.me = word == 'mine' and me() or options.me
  end
  local found = need(protokol[kind](nil, kind == 'actions' and options or nil))
  if #found == 0 then
    editor.notify('info', say(kind == 'actions' and 'no action items' or 'no decisions'))
  else
    require('protokol.lists').of_buffer(editor, kind, found, editor.buffer())
  end
end

local function list(kind)
  return function(request)
    local lists = require('protokol.lists')
    local options, paths, filters = program.sort_out(editor, request.arguments)
    need(options, paths)
    if kind ~= 'actions' and #filters > 0 then
      refuse(say('"%s" is a filter, and only action items have such', filters[1]))
    end
    if #options == 0 and #paths == 0 then
      of_this_buffer(kind, filters)
      return
    end
    for _, word in ipairs(filters) do
      options[#options + 1] = '--filter=' .. word
      if word == 'mine' then
        options[#options + 1] = '--me=' .. me()
      end
    end
    local reader = need(program.find(editor, protokol.options().program))
    local argv = { reader, kind, '--format', 'jsonl' }
    for _, option in ipairs(options) do
      argv[#argv + 1] = option
    end
    local job = { kind = kind, what = table.concat(request.arguments, ' ') }
    if #paths == 0 then
      local document = need(protokol.document())
      job.input, job.buffer = document.text, document.buffer
      argv[#argv + 1], argv[#argv + 2], paths = '--stdin-name', document.name, { '-' }
    end
    argv[#argv + 1] = '--'
    for _, path in ipairs(paths) do
      argv[#argv + 1] = path
    end
    need(lists.of_program(editor, argv, job))
  end
end

local function complete_list(before, lead)
  return program.complete(editor, before[#before], lead, before[1] == 'actions')
end

local function toggle(request)
  local walkthrough = package.loaded['protokol.command.walkthrough']
  if walkthrough and walkthrough.toggle(request) then
    return
  end
  need(require('protokol.toggle').run(protokol, request))
end

local function outline()
  local buffer = editor.buffer()
  local found = need(protokol.outline(buffer))
  if require('protokol.lists').of_outline(editor, found, buffer) == 0 then
    editor.notify('info', say('no sections'))
  end
end

-- -- The rest -------------------------------------------------------------------------

-- A placeholder, or with "finding" a finding; in Normal mode also where no placeholder is left.
local function jump(direction)
  return function(request)
    local what = request.arguments[1]
    if what and what ~= 'finding' then
      refuse(say('`:Protokol %s` takes "finding", not "%s"', direction, what))
    end
    if not what and protokol.jump(direction) then
      return
    end
    local filled = not what and say('nothing is left to fill in')
    local normal = editor.mode():match('^[nc]') ~= nil -- not while a placeholder is being filled in
    if not (what or normal) or not need(protokol.step(direction)) then
      editor.notify('info', filled or say('nothing found'))
    end
  end
end

local function complete_jump()
  return { 'finding' }
end

local function stop()
  if not require('protokol.lists').stop(editor) then
    editor.notify('info', say('nothing is running'))
  end
end

local function health()
  local lines = {}
  for _, entry in ipairs(require('protokol.health').entries(protokol)) do
    lines[#lines + 1] = ('%-5s %s'):format(entry.level, entry.text)
  end
  editor.print(lines)
end

-- A function of a file that is loaded when it is first asked for.
local function of(file, name)
  return function(...)
    return require('protokol.command.' .. file)[name](...)
  end
end

---@class protokol.Subcommand
---@field name string
---@field takes string its arguments, for the list
---@field summary string
---@field run fun(request: table)
---@field complete? fun(before: string[], lead: string): string[], boolean? true: as they are

---@type protokol.Subcommand[]
M.subcommands = {
  {
    name = 'new',
    takes = '[from=FILE] [profile] ...',
    summary = 'insert a template',
    run = new.run,
    complete = new.complete,
  },
  {
    name = 'next',
    takes = '[finding]',
    summary = 'select the next thing to fill in, or go to a finding',
    run = jump('next'),
    complete = complete_jump,
  },
  {
    name = 'previous',
    takes = '[finding]',
    summary = 'the previous one',
    run = jump('previous'),
    complete = complete_jump,
  },
  {
    name = 'lint',
    takes = '[live|off]',
    summary = 'check these minutes',
    run = findings.lint,
    complete = findings.complete_lint,
  },
  {
    name = 'explain',
    takes = '[rule]',
    summary = 'say why, and how to mend it',
    run = findings.explain,
    complete = findings.complete_rules,
  },
  {
    name = 'fix',
    takes = '[all]',
    summary = 'mend this line; a range or "all" mends more',
    run = fix.run,
    complete = fix.complete,
  },
  {
    name = 'actions',
    takes = '[filters] [paths]',
    summary = 'list who does what by when',
    run = list('actions'),
    complete = complete_list,
  },
  {
    name = 'toggle',
    takes = '',
    summary = 'mark as done, or open again; with ! as cancelled',
    run = toggle,
  },
  {
    name = 'decisions',
    takes = '[paths]',
    summary = 'list what was decided',
    run = list('decisions'),
    complete = complete_list,
  },
  {
    name = 'outline',
    takes = '',
    summary = 'list the sections',
    run = outline,
  },
  {
    name = 'status',
    takes = '[paths]',
    summary = 'say where the approval stands',
    run = of('approval', 'status'),
    complete = of('approval', 'complete_paths'),
  },
  {
    name = 'detail',
    takes = 'brief|standard|detailed',
    summary = 'record the level of detail that the client asked for',
    run = of('approval', 'detail'),
    complete = of('approval', 'complete_detail'),
  },
  {
    name = 'send',
    takes = '[addresses]',
    summary = 'draft a mail to check the minutes; in the draft, send it',
    run = of('mail', 'send'),
    complete = of('mail', 'complete_send'),
  },
  {
    name = 'walkthrough',
    takes = '[who=NAME]',
    summary = 'go through the items with somebody',
    run = of('walkthrough', 'run'),
  },
  {
    name = 'object',
    takes = '[reply.eml] [who=NAME] [text]',
    summary = 'record an objection to this item',
    run = of('approval', 'object'),
    complete = of('approval', 'complete_mail'),
  },
  {
    name = 'resolve',
    takes = '[number] [outcome] [text]',
    summary = 'record what became of an objection',
    run = of('approval', 'resolve'),
    complete = of('approval', 'complete_resolve'),
  },
  {
    name = 'approve',
    takes = '[reply.eml] [who=NAME]',
    summary = 'record that it is approved',
    run = of('approval', 'approve'),
    complete = of('approval', 'complete_mail'),
  },
  {
    name = 'distribute',
    takes = '[each] [addresses]',
    summary = 'draft the mail with what was approved, to everybody',
    run = of('mail', 'distribute'),
    complete = of('mail', 'complete_distribute'),
  },
  {
    name = 'amend',
    takes = '[text]',
    summary = 'record a change after approval',
    run = of('approval', 'amend'),
  },
  {
    name = 'confirm',
    takes = '[reply.eml] [who=NAME]',
    summary = 'record that somebody has it in writing',
    run = of('approval', 'confirm'),
    complete = of('approval', 'complete_mail'),
  },
  {
    name = 'diff',
    takes = '[revision]',
    summary = 'compare with what was sent',
    run = of('approval', 'diff'),
    complete = of('approval', 'complete_diff'),
  },
  {
    name = 'export',
    takes = 'html|docx|pdf|odt [file]',
    summary = 'make a page of the final text',
    run = export.run,
    complete = export.complete,
  },
  {
    name = 'stop',
    takes = '',
    summary = 'stop what runs over files and folders',
    run = stop,
  },
  {
    name = 'health',
    takes = '',
    summary = 'say whether all is in place',
    run = health,
  },
}

local function subcommand(name)
  for _, entry in ipairs(M.subcommands) do
    if entry.name == name then
      return entry
    end
  end
end

local function overview()
  local lines = {}
  for _, entry in ipairs(M.subcommands) do
    lines[#lines + 1] = (':Protokol %-11s %-26s %s'):format(
      entry.name,
      entry.takes,
      say(entry.summary)
    )
  end
  lines[#lines + 1] = say(':help protokol tells more')
  editor.print(lines)
end

--- What the command was given: { bang, range, first line, last line, words ... }.
function M.run(given)
  local words = editor.table(given)
  local request = {
    bang = words[1] == 1,
    ranged = words[2] > 0,
    first = words[3],
    last = words[4],
    arguments = {},
  }
  for i = 6, #words do
    request.arguments[#request.arguments + 1] = words[i]
  end
  local name = (words[5] or ''):gsub('!$', '')
  request.bang = request.bang or name ~= words[5] and words[5] ~= nil
  if name == '' then
    overview()
    return
  end
  guard(function()
    local entry = subcommand(name)
    if not entry then
      local hint = config.hint(name, names_of(M.subcommands, 'name'))
      refuse(say('there is no subcommand "%s"', name) .. hint)
    end
    entry.run(request)
  end)
end

-- The words of a command line before the cursor, as <f-args> would split them.
local function words_before(line)
  local words = {}
  line = line:gsub('^.-Protokol!?%s+', '', 1):gsub('\\(.)', function(character)
    return character == ' ' and '\1' or character
  end)
  for word in line:gmatch('%S+') do
    words[#words + 1] = (word:gsub('\1', ' '))
  end
  return words
end

--- Completions, a line each, of { word so far, command line up to the cursor }.
function M.complete(given)
  given = editor.table(given)
  local lead, line = given[1], given[2]
  local words = words_before(line)
  if lead ~= '' then
    table.remove(words)
  end
  local candidates, whole
  if #words == 0 then
    candidates = names_of(M.subcommands, 'name')
  else
    local entry = subcommand((words[1]:gsub('!$', '')))
    if not entry or not entry.complete then
      return ''
    end
    candidates, whole = guard(entry.complete, words, lead)
  end
  local fitting = {}
  for _, candidate in ipairs(candidates or {}) do
    if whole or candidate:sub(1, #lead) == lead then
      fitting[#fitting + 1] = candidate
    end
  end
  return table.concat(fitting, '\n')
end

--- What 'omnifunc' wants: { start = byte column from 0, items = ... }; without `start`: nothing.
function M.candidates()
  local found = guard(function()
    return need(protokol.candidates())
  end)
  if not found or #found.items == 0 then
    return editor.value({ none = 1 })
  end
  local items = {}
  for i, item in ipairs(found.items) do
    items[i] = { word = item.text, menu = item.note, icase = 1, dup = 1 }
  end
  return editor.value({ start = found.start - 1, items = items })
end

--- A buffer that may be minutes is shown.
function M.watch(buffer)
  guard(protokol.watch, buffer)
end

--- A buffer was written.
function M.written(buffer)
  guard(protokol.written, buffer)
end

return M
