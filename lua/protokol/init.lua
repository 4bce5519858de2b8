-- protokol in Lua: what the command does, for maps and scripts of your own.
--
--     require('protokol').setup({ delay = 300 })   needed only to change an option
--     require('protokol').actions()                the action items of this buffer, as tables
--
-- Functions take a buffer number, the current buffer by default. What cannot be done comes back
-- as nil and a problem: { message =, file =, line =, column = }.

local config = require('protokol.config')
local editor = require('protokol.editor')

local M = { editor = editor }

---@class protokol.Problem
---@field message string
---@field file? string
---@field line? integer
---@field column? integer

-- -- Options --------------------------------------------------------------------------

local chosen
local told = {}

--- Says a thing, unless it was said before.
function M.tell_once(level, text)
  if not told[text] then
    told[text] = true
    editor.notify(level, text)
  end
end

--- Lays your options over the defaults and over g:protokol. See :help protokol-options.
---@param options? table
function M.setup(options)
  chosen = options
  M.options()
end

-- Options are flat: what they were laid together from is compared value by value.
local function copy_of(layer)
  local copy = type(layer) == 'table' and {} or layer
  for name, value in pairs(type(layer) == 'table' and layer or {}) do
    copy[name] = value
  end
  return copy
end

local function is_as_it_was(layer, was)
  if type(layer) ~= 'table' or type(was) ~= 'table' then
    return layer == was
  end
  for name, value in pairs(layer) do
    if was[name] ~= value then
      return false
    end
  end
  for name in pairs(was) do
    if layer[name] == nil then
      return false
    end
  end
  return true
end

local merged = {}

---@return table options as they hold now, not to be written to
function M.options()
  local settings = editor.settings()
  if merged.options and is_as_it_was(settings, merged.settings) then
    if is_as_it_was(chosen, merged.chosen) then
      return merged.options
    end
  end
  local options, problems = config.merge(settings, chosen)
  for _, problem in ipairs(problems) do
    M.tell_once('warn', problem)
  end
  merged = { options = options, settings = copy_of(settings), chosen = copy_of(chosen) }
  return options
end

-- -- Documents and the libraries that read them ---------------------------------------

-- What was read, by the signature of the files it was read from; folders mostly share one.
local libraries, kept = {}, 0
local most_kept = 8

--- The profiles and languages that bear on a folder, read again when one of their files changed.
---@param folder string
---@return table|nil library, protokol.Problem? problem
function M.library(folder)
  if editor.unfit() then
    return nil, { message = editor.unfit() }
  end
  local found, core = pcall(require, 'protokol.core')
  if not found then
    return nil, { message = core }
  end
  local signature, trouble = core.signature(folder)
  if not signature then
    return nil, trouble
  end
  local known = libraries[signature]
  -- Files of styles are known only once a profile has named them.
  if known and known.library and known.library:styles() ~= known.styles then
    libraries[signature], known, kept = nil, nil, kept - 1
  end
  if not known then
    if kept == most_kept then
      libraries, kept = {}, 0
    end
    local library, problem = core.library(folder)
    local styles = library and library:styles()
    libraries[signature] = { library = library, problem = problem, styles = styles }
    kept = kept + 1
  end
  return libraries[signature].library, libraries[signature].problem
end

--- A problem as one line: file:line:column: message.
---@param problem protokol.Problem
function M.sentence(problem)
  local place = problem.file and editor.short(problem.file) .. ':' or ''
  for _, number in ipairs({ problem.line or false, problem.column or false }) do
    place = number and place .. number .. ':' or place
  end
  return (place == '' and '' or place .. ' ') .. problem.message
end

-- A buffer without a name is named by its kind, so that plain text is read as such.
local function name_of(buffer)
  local file = editor.file(buffer)
  if file ~= '' then
    return file
  end
  return editor.filetype(buffer) == 'text' and 'minutes.txt' or 'minutes.md'
end

--- A buffer's text with what is needed to read it.
---@param library? table where it is known
---@return table|nil document { buffer =, name =, text =, library =, options = }, protokol.Problem?
function M.document(buffer, library)
  local problem
  buffer = buffer or editor.buffer()
  if not library then
    library, problem = M.library(editor.folder(buffer))
  end
  if not library then
    return nil, problem
  end
  local name = name_of(buffer)
  return {
    buffer = buffer,
    name = name,
    text = editor.text(buffer),
    library = library,
    options = { name = name, today = os.date('%Y-%m-%d') },
  }
end

local function ask(method)
  return function(buffer, options)
    local document, problem = M.document(buffer)
    if not document then
      return nil, problem
    end
    for name, value in pairs(options or {}) do
      document.options[name] = value
    end
    return document.library[method](document.library, document.text, document.options)
  end
end

--- What is to be done by whom, as in :help protokol-json; `filter`: words as `:Protokol actions`
--- takes, `me`: whose "mine" are.
---@type fun(buffer?: integer, options?: table): table[]|nil, protokol.Problem?
M.actions = ask('actions')
---@type fun(buffer?: integer): table[]|nil, protokol.Problem?
M.decisions = ask('decisions')
---@type fun(buffer?: integer): table|nil, protokol.Problem?
M.outline = ask('outline')
--- The edits that change the state of what is on some lines, with
--- options { line =, end_line =, column =, to = }.
---@type fun(buffer?: integer, options: table): table[]|nil, protokol.Problem?
M.changes = ask('toggle')
--- What is found in a document, and the objections to it that are open.
---@param before? table what its rules found before, or true: such a list is wanted
---@return table[]|nil findings, protokol.Problem?
---@return table[]? found by rules alone; what is as `before` is the same table
function M.found(document, before)
  local findings, problem = document.library:lint(document.text, document.options, before)
  if not findings then
    return nil, problem
  end
  return require('protokol.approval').among(document, findings), nil, findings
end

--- Findings, without showing them.
---@return table[]|nil findings, protokol.Problem?
function M.findings(buffer)
  local document, problem = M.document(buffer)
  if not document then
    return nil, problem
  end
  return M.found(document)
end

--- Where the approval stands, as `protokol status --format json` tells, with `events` and `told`.
---@type fun(buffer?: integer): table|nil, protokol.Problem?
M.approval = ask('approval')

--- The rules in the buffer's language, with the severities of its profile.
---@return table[]|nil rules, protokol.Problem?
function M.rules(buffer)
  local outline, problem = M.outline(buffer)
  if not outline then
    return nil, problem
  end
  local library = M.library(editor.folder(buffer or editor.buffer()))
  return library:rules({ profile = outline.profile, language = outline.language })
end

-- -- Findings in a buffer -------------------------------------------------------------

local shown = {} -- buffer -> the findings it shows

-- What a statusline shows waits in a variable of the buffer: to read it costs nothing.
local function publish(buffer, status)
  if editor.call('getbufvar', buffer, 'protokol_status') ~= status then
    editor.call('setbufvar', buffer, 'protokol_status', status)
    editor.command('redrawstatus!')
  end
end

--- Shows findings in a buffer, no more than the option `max_findings` at once.
---@param counts? table how many there are of each severity, where not all are among those found
---@return integer how many are shown
function M.show(buffer, found, explicit, counts)
  local options = M.options()
  local few = require('protokol.findings').few(found, options.max_findings)
  shown[buffer] = few
  editor.show(buffer, few, options, explicit)
  publish(buffer, require('protokol.findings').status(found, counts))
  if editor.echoes_findings and options.echo and #few > 0 then
    editor.listen(buffer, { 'CursorMoved' })
  end
  return #few
end

--- Shows nothing in a buffer, not even that nothing is found.
function M.hide(buffer)
  if shown[buffer] then
    M.show(buffer, {}, false)
    shown[buffer] = nil
  end
  publish(buffer, '')
end

--- Checks a buffer and shows what is found.
---@return table[]|nil findings
---@return protokol.Problem?
---@return integer? count how many are shown
function M.lint(buffer)
  local document, problem = M.document(buffer)
  local found
  if document then
    found, problem = M.found(document)
  end
  if not found then
    return nil, problem
  end
  require('protokol.approval').show(editor, document)
  return found, nil, M.show(document.buffer, found, true)
end

--- The findings shown on a line, those at the column first.
function M.under(buffer, line, column)
  return require('protokol.findings').under(shown[buffer] or {}, line, column)
end

--- For a statusline, "E1 W3": errors, warnings, infos, hints; "ok" where nothing is found, ""
--- where nothing was checked.
---@return string
function M.statusline(buffer)
  return editor.call('getbufvar', buffer or editor.buffer(), 'protokol_status')
end

local echoed = {}
local function echo(text)
  -- no longer than the message line, so that no prompt comes up
  local room = editor.call('eval', 'v:echospace')
  editor.echo(require('protokol.cells').fitting(editor, text, room))
end

local function echo_finding(buffer)
  local text = require('protokol.findings').words(M.under(buffer, editor.cursor()))
  if text then
    echo(text)
  elseif echoed[buffer] then
    editor.echo('')
  end
  echoed[buffer] = text
end

--- Goes to the next finding, or the previous one, as the text is now.
---@param direction 'next'|'previous'
---@return boolean|nil found, protokol.Problem?
function M.step(direction)
  local found, problem = M.findings()
  if not found then
    return nil, problem
  end
  local list = require('protokol.findings')
  local line, column = editor.cursor()
  local finding = list.beyond(found, line, column, direction)
  if finding then
    editor.jump(finding.line, finding.column)
    local text = list.words(list.under(found, finding.line, finding.column))
    editor.later(50, function() -- behind what the move itself says
      echo(text)
    end)
  end
  return finding ~= nil
end

-- -- Mending --------------------------------------------------------------------------

--- Makes the edits of some fixes, as one step to undo; one that overlaps an earlier is left out.
---@return integer how many fixes were made
function M.apply(buffer, fixes)
  local edits, made = require('protokol.edits').of(fixes)
  editor.edit(buffer, edits)
  require('protokol.live').changed(M, buffer, 'TextChanged') -- of another buffer no event tells
  return made
end

--- Findings with a fix that touch lines [first, last], as the text is now.
---@return table[]|nil findings, protokol.Problem?
function M.mendable(first, last)
  local findings, problem = M.findings()
  if not findings then
    return nil, problem
  end
  local list = {}
  for _, finding in ipairs(findings) do
    if #finding.fixes > 0 and finding.line <= last and finding.end_line >= first then
      list[#list + 1] = finding
    end
  end
  return list
end

--- What is found in a text as if it were that of a document.
---@return table[]|nil findings, protokol.Problem?
function M.findings_in(document, text)
  return document.library:lint(text, document.options)
end

--- Makes every mend in lines [first, last] that is certain and makes no new trouble, as one step to
--- undo.
---@return integer|nil made, protokol.Problem?
function M.mend(first, last)
  local document, problem = M.document()
  if not document then
    return nil, problem
  end
  local mend = require('protokol.mend')
  local rounds, made = mend.all(document.text, first, last, function(text)
    return M.findings_in(document, text) or {}
  end)
  for _, list in ipairs(rounds) do
    M.apply(document.buffer, { { edits = list } })
  end
  return made
end

-- -- New minutes ----------------------------------------------------------------------

--- The newest earlier minutes of the series that a buffer belongs to.
---@param options? { profile?: string, values?: table } what is known of the new ones
---@return string|nil path
function M.earlier(options, buffer)
  buffer = buffer or editor.buffer()
  local library = M.library(editor.folder(buffer))
  local wanted = {
    profile = options and options.profile,
    client = options and options.values and options.values.client,
    today = os.date('%Y-%m-%d'),
  }
  return library and require('protokol.series').earlier(editor, library, buffer, wanted)
end

-- What a template is made of: what is asked for, what the options say, what is remembered. Where
-- it follows earlier minutes, these come before the last two.
local function ingredients(options, settings, previous)
  local values, remembered = require('protokol.values').known(editor, settings)
  for key in pairs(previous and remembered or {}) do
    values[key], remembered[key] = nil, nil
  end
  for key, value in pairs(options.values or {}) do
    values[key] = value
    remembered[key] = nil
  end
  local function set(name)
    local value = options[name] or not previous and settings[name]
    return value and value ~= '' and value or nil
  end
  return {
    profile = set('profile'),
    language = set('language'),
    detail = set('detail'),
    today = os.date('%Y-%m-%d'),
    values = values,
    from = previous and editor.text(previous),
    from_name = previous and editor.file(previous),
  },
    remembered
end

--- Inserts a template at the cursor, with what is known filled in. With `from`, a path, what is
--- open in those minutes is carried over, and marked in their buffer, which is not written.
---@param options { profile?: string, language?: string, detail?: string, values?: table,
---  from?: string }
---@return table|nil filled which values came from earlier minutes
---@return protokol.Problem?
---@return table? carried { open =, closed =, buffer =, marked = }
function M.new(options)
  local settings, buffer = M.options(), editor.buffer()
  local library, problem = M.library(editor.folder(buffer))
  if not library then
    return nil, problem
  end
  local previous
  if options.from then
    local say = require('protokol.say')
    previous = editor.buffer_of(options.from)
    if not previous then
      return nil, { message = say('cannot read %s', options.from) }
    elseif previous == buffer then
      return nil, { message = say('these are the minutes to carry over from: open new ones first') }
    end
  end
  local parts, remembered = ingredients(options, settings, previous)
  local text, carried = library:new(parts)
  if not text then
    return nil, carried
  end
  for key, value in pairs(remembered) do
    remembered[key] = text:find(value, 1, true) and value or nil
  end
  require('protokol.placeholder').insert(editor, settings, text)
  M.watch(buffer, 'again')
  if previous then
    carried.buffer = previous
    carried.marked = #carried.edits > 0 and editor.modifiable(previous)
    if carried.marked then
      M.apply(previous, { { edits = carried.edits } })
    end
  end
  return remembered, nil, carried
end

--- What may be meant by the words before the cursor: people, days.
---@return { start: integer, items: { text: string, note: string }[] }|nil, protokol.Problem?
function M.candidates()
  local document, problem = M.document()
  if not document then
    return nil, problem
  end
  document.options.line, document.options.column = editor.cursor()
  return document.library:complete(document.text, document.options)
end

--- Goes to the next placeholder, or the previous one.
---@param direction 'next'|'previous'
---@return boolean found
function M.jump(direction)
  return require('protokol.placeholder').jump(editor, M.options(), direction)
end

-- -- Live -----------------------------------------------------------------------------

--- Checks a buffer as it changes, where it is minutes. `how`: nil as the buffer is first shown,
--- 'always' even where it does not look like minutes, 'never', 'again' to look anew.
function M.watch(buffer, how)
  require('protokol.live').watch(M, buffer or editor.buffer(), how)
end

--- A buffer was written: its values are remembered, and it is looked at anew.
function M.written(buffer)
  require('protokol.placeholder').resume(editor, buffer)
  require('protokol.live').written(M, buffer)
end

local events = {
  CursorMoved = function(buffer)
    if shown[buffer] and editor.echoes_findings then
      echo_finding(buffer)
    end
    require('protokol.placeholder').moved(editor, buffer)
  end,
  CursorMovedI = function(buffer)
    require('protokol.placeholder').moved(editor, buffer)
  end,
  BufUnload = function(buffer)
    shown[buffer], echoed[buffer] = nil, nil
    require('protokol.placeholder').forget(buffer)
    require('protokol.live').changed(M, buffer, 'BufUnload')
  end,
}

local own_events = {} -- buffer -> event -> what to run

--- Runs at an event of a buffer, until it is unloaded.
---@param run fun(buffer: integer)
function M.at(buffer, name, run)
  own_events[buffer] = own_events[buffer] or {}
  own_events[buffer][name] = run
  editor.listen(buffer, { name, 'BufUnload' })
end

--- What plugin/ calls at the events we listen to. Trouble here is said once; editing goes on.
function M.event(name, buffer)
  local own = own_events[buffer]
  if name == 'BufUnload' then
    own_events[buffer] = nil
  end
  local run = own and own[name]
    or events[name]
    or function()
      require('protokol.live').changed(M, buffer, name)
    end
  local ran, trouble = pcall(run, buffer)
  if not ran then
    editor.ignore(buffer, { name })
    M.tell_once('error', tostring(trouble):match('[^\n]*'))
  end
end

return M
