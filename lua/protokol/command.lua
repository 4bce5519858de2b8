-- :Protokol, subcommand by subcommand.

local M = {}

local protokol = require('protokol')
local config = require('protokol.config')
local program = require('protokol.program')
local say = require('protokol.say')
local editor = protokol.editor

-- Work that cannot be done ends here, with a word to the user.
local function refuse(problem)
  error({ problem = type(problem) == 'string' and { message = problem } or problem }, 0)
end

-- What a function of protokol's gives, or the end.
local function need(value, problem)
  if value == nil then
    refuse(problem)
  end
  return value
end

-- Runs; what goes wrong is said in one line, and editing goes on.
local function guard(run, ...)
  local ran, result, more = pcall(run, ...)
  if ran then
    return result, more
  end
  if type(result) == 'table' and result.problem then
    editor.notify('error', protokol.sentence(result.problem))
  else
    editor.notify('error', tostring(result):match('[^\n]*'))
  end
end

local function names_of(list, key)
  local names = {}
  for _, item in ipairs(list) do
    names[#names + 1] = item[key]
  end
  return names
end

local function library()
  return need(protokol.library(editor.folder(editor.buffer())))
end

-- -- new ------------------------------------------------------------------------------

-- What `new` may be told: names, and of each whether it is a profile, language or level.
local function choices()
  local names, kinds = {}, {}
  for _, kind in ipairs({
    { 'profile', names_of(library():profiles(), 'id') },
    { 'language', names_of(library():languages(), 'id') },
    { 'detail', { 'brief', 'standard', 'detailed' } },
  }) do
    for _, name in ipairs(kind[2]) do
      names[#names + 1] = name
      kinds[name] = kinds[name] or kind[1]
    end
  end
  return names, kinds
end

-- Words in any order; from=FILE carries over, another key=value fills a placeholder.
local function understood(words)
  local names, kinds = choices()
  local options = { values = {} }
  for i, word in ipairs(words) do
    local key, value = word:match('^([%w_-]+)=(.*)$')
    if word == '--from' or words[i - 1] == '--from' then -- as on the command line
      options.from = word ~= '--from' and word or nil
    elseif key == 'from' or key == '--from' then
      options.from = value
    elseif key then
      options.values[key] = value
    elseif kinds[word] then
      options[kinds[word]] = word
    else
      local hint = config.hint(word, names)
      refuse(say('"%s" is no profile, language or level of detail', word) .. hint)
    end
  end
  return options
end

local function name_of(path)
  return path:match('[^/]*$')
end

-- What to tell of new minutes, or nil.
local function told(remembered, carried, earlier)
  if carried then
    local name = name_of(editor.file(carried.buffer))
    return say('%d open carried over from %s, %d closed', carried.open, name, carried.closed)
      .. (carried.marked and say('; marked there, not yet written') or '')
  elseif earlier then
    return say('%s has what was open: `:Protokol new from=`', name_of(earlier))
  end
  local list = {}
  for key, value in pairs(remembered) do
    list[#list + 1] = key .. ' ' .. value
  end
  table.sort(list)
  return #list > 0 and say('as last time: %s', table.concat(list, ', ')) or nil
end

local function new(request)
  if not editor.modifiable() then
    refuse(say('this buffer cannot be changed'))
  end
  local options = understood(request.arguments)
  local earlier = not options.from and protokol.earlier(options)
  local remembered, problem, carried = protokol.new(options)
  local text = told(need(remembered, problem), carried, earlier)
  if text then
    editor.notice(text)
  end
end

local function escaped(name)
  return (name:gsub('[\\%s]', '\\%0'))
end

-- Files behind "from=" or "--from"; the newest earlier minutes of the series are the first.
local function complete_from(opening, path, earlier)
  local first = earlier and opening .. escaped(editor.short(earlier))
  local typed_so_far = opening .. path
  local names = { first and first:sub(1, #typed_so_far) == typed_so_far and first or nil }
  for _, file in ipairs(editor.call('getcompletion', path:gsub('\\(.)', '%1'), 'file')) do
    local name = opening .. escaped(file)
    names[#names + 1] = name ~= first and name or nil
  end
  return names
end

-- What was already typed, as far as it is understood.
local function typed(before)
  local known, options = pcall(understood, { (unpack or table.unpack)(before, 2) }) -- luacheck: ignore
  return known and options or nil
end

-- Minutes to go on from, names, and keys; behind a key what stood there in earlier minutes.
local function complete_new(before, lead)
  local earlier = protokol.earlier(typed(before))
  local first = earlier and 'from=' .. escaped(editor.short(earlier))
  local names, key, value = choices(), lead:match('^([%w_-]+)=(.*)$')
  if key == 'from' or key == '--from' then
    return complete_from(key .. '=', value, earlier), true
  elseif before[#before] == '--from' then
    return complete_from('', lead, earlier), true
  end
  names[#names + 1] = not first and 'from=' or nil
  for _, field in ipairs(require('protokol.values').keys) do
    names[#names + 1] = field .. '='
  end
  if key then
    names = require('protokol.values').earlier(editor, protokol.options(), key)
    for i, known in ipairs(names) do
      names[i] = key .. '=' .. escaped(known)
    end
  elseif first then
    table.insert(names, 1, first)
  end
  return names
end

-- -- lint, explain, fix ---------------------------------------------------------------

local counted = { -- one, several
  error = { '1 error', '%d errors' },
  warning = { '1 warning', '%d warnings' },
  info = { '1 info', '%d info' },
  hint = { '1 hint', '%d hints' },
}

local function count_of(findings)
  if #findings == 0 then
    return say('nothing found')
  end
  local counts, parts = {}, {}
  for _, finding in ipairs(findings) do
    counts[finding.severity] = (counts[finding.severity] or 0) + 1
  end
  for _, severity in ipairs({ 'error', 'warning', 'info', 'hint' }) do
    local count = counts[severity]
    if count then
      local words = counted[severity]
      parts[#parts + 1] = count == 1 and say(words[1]) or say(words[2], count)
    end
  end
  return table.concat(parts, ', ')
end

local function lint(request)
  local how = request.arguments[1]
  if how == 'off' then
    protokol.watch(nil, 'never')
  elseif how == 'live' then
    need(protokol.document())
    protokol.watch(nil, 'always')
  elseif how then
    refuse(say('`:Protokol lint` takes "live" or "off", not "%s"', how))
  else
    local findings = need(protokol.lint())
    protokol.watch(nil, 'again')
    local more = #findings > 0 and ' ' .. say('(`:lopen` lists them)') or ''
    editor.echo(count_of(findings) .. more)
  end
end

-- What is shown on the cursor's line, checked anew where that is nothing.
local function findings_here()
  local line, column = editor.cursor()
  local buffer = editor.buffer()
  if #protokol.under(buffer, line, column) == 0 then
    need(protokol.lint())
  end
  return protokol.under(buffer, line, column)
end

-- A paragraph a line; examples, which are indented, as they are; no blank lines at the end.
local function paragraphs(text)
  local lines = {}
  for line in (text:gsub('%s+$', '') .. '\n'):gmatch('(.-)\n') do
    local before = lines[#lines]
    local goes_on = line:match('^%S') and before and before:match('^%S')
    if goes_on then
      lines[#lines] = before .. ' ' .. line
    else
      lines[#lines + 1] = line
    end
  end
  return lines
end

-- The findings first: the rule says what would be well, they say what is not.
local function explain(request)
  local id, here = request.arguments[1], {}
  if not id then
    here = findings_here()
    id = here[1] and here[1].rule
  end
  if not id then
    refuse(say('nothing is found on this line: name a rule (<Tab> completes them)'))
  end
  local rules = need(protokol.rules())
  for _, rule in ipairs(rules) do
    if rule.id == id then
      local lines = {}
      for i, finding in ipairs(here) do
        lines[i] = ('%s [%s]'):format(finding.message, finding.rule)
      end
      lines[#lines + 1] = #here > 0 and '' or nil
      lines[#lines + 1] = ('%s (%s)'):format(rule.id, say(rule.severity))
      lines[#lines + 1] = say('Rule: %s', rule.summary)
      lines[#lines + 1] = ''
      for _, line in ipairs(paragraphs(rule.help)) do
        lines[#lines + 1] = line
      end
      editor.popup(require('protokol.cells').folded(editor, lines, 76))
      return
    end
  end
  refuse(say('there is no rule "%s"', id) .. config.hint(id, names_of(rules, 'id')))
end

local function mend(findings, choice)
  local fixes = {}
  for _, finding in ipairs(findings) do
    fixes[#fixes + 1] = choice or finding.fixes[1]
  end
  local made = protokol.apply(editor.buffer(), fixes)
  local left = need(protokol.lint())
  -- behind the finding that the cursor comes to stand on
  editor.later(50, function()
    editor.echo(say('%d mended, left: %s', made, count_of(left)))
  end)
end

-- On the cursor's line one fix, of the user's choice where there are several; in a range, or
-- with "!", the first fix of each finding.
local function fix(request)
  if not editor.modifiable() then
    refuse(say('this buffer cannot be changed'))
  end
  local first, last = request.first, request.last
  if request.bang and not request.ranged then
    first, last = 1, math.huge
  end
  local findings = need(protokol.mendable(first, last))
  if #findings == 0 then
    local whole = request.bang or request.ranged
    refuse(
      whole and say('nothing here can be mended for you')
        or say('nothing on this line can be mended for you (`:Protokol! fix` mends all there is)')
    )
  end
  if request.bang or request.ranged then
    mend(findings)
    return
  end
  local titles, offers = {}, {}
  for _, finding in ipairs(findings) do
    for _, choice in ipairs(finding.fixes) do
      titles[#titles + 1] = choice.title .. ' [' .. finding.rule .. ']'
      offers[#offers + 1] = { finding, choice }
    end
  end
  if #offers == 1 then
    mend(findings)
    return
  end
  local buffer = editor.buffer()
  local tick = editor.tick(buffer)
  editor.choose(say('Mend:'), titles, function(index) -- perhaps later, and elsewhere
    if editor.buffer() == buffer and editor.tick(buffer) == tick then
      guard(mend, { offers[index][1] }, offers[index][2])
    end
  end)
end

local function complete_rules()
  return names_of(need(protokol.rules()), 'id')
end

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

local function jump(direction)
  return function()
    if not protokol.jump(direction) then
      editor.notify('info', say('nothing is left to fill in'))
    end
  end
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

local function complete_lint()
  return { 'live', 'off' }
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
    run = new,
    complete = complete_new,
  },
  {
    name = 'next',
    takes = '',
    summary = 'select the next thing to fill in',
    run = jump('next'),
  },
  {
    name = 'previous',
    takes = '',
    summary = 'select the previous one',
    run = jump('previous'),
  },
  {
    name = 'lint',
    takes = '[live|off]',
    summary = 'check these minutes',
    run = lint,
    complete = complete_lint,
  },
  {
    name = 'explain',
    takes = '[rule]',
    summary = 'say why, and how to mend it',
    run = explain,
    complete = complete_rules,
  },
  {
    name = 'fix',
    takes = '',
    summary = 'mend this line; a range or ! mends more',
    run = fix,
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
    lines[#lines + 1] = (':Protokol %-9s %-26s %s'):format(
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
