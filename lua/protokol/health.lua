-- :checkhealth protokol and :Protokol health: is all in place, and does the core read minutes?

local M = {}

local sheet = [[
---
protokol: meeting
lang: en
---

# Minutes

## Action items

- [ ] Ada: send the draft by 2026-03-04
]]

-- A known sheet through the real core: what comes out is known, too.
local function works(library)
  local actions, problem = library:actions(sheet, { name = 'sheet.md', today = '2026-03-01' })
  if not actions then
    return false, problem.message
  end
  local action = actions[1] or {}
  local owner = (action.owners or {})[1]
  if #actions == 1 and action.due == '2026-03-04' and owner == 'Ada' and action.line == 10 then
    return true
  end
  return false, ('it reads %d action items in a sheet that has one'):format(#actions)
end

---@param protokol table
---@return { level: 'ok'|'warn'|'error', text: string }[]
function M.entries(protokol)
  local editor, entries = protokol.editor, {}
  local function say(level, text)
    entries[#entries + 1] = { level = level, text = text }
  end
  local folder = editor.folder(editor.buffer())
  local found, core = pcall(require, 'protokol.core')
  if not found then
    say('error', core)
  else
    say('ok', ('core %s in %s with %s'):format(core.version, editor.name, _VERSION))
    local library, problem = protokol.library(folder)
    if not library then
      say('error', protokol.sentence(problem))
    else
      local good, why = works(library)
      say(good and 'ok' or 'error', good and 'the core reads a known sheet' or why)
      local names = {}
      for _, profile in ipairs(library:profiles()) do
        local from = profile.file and profile.file ~= '' and editor.short(profile.file)
        names[#names + 1] = profile.id .. (from and ' (' .. from .. ')' or '')
      end
      say('ok', 'profiles: ' .. table.concat(names, ', '))
      for _, rule in ipairs(library:rules()) do
        if rule.problem then
          say('warn', ('rule %s is not run: %s'):format(rule.id, protokol.sentence(rule.problem)))
        end
      end
    end
  end
  local path, problem = require('protokol.program').find(editor, protokol.options().program)
  if path then
    local version = editor.output({ path, '--version' }):match('%S+%s*$') or '?'
    say('ok', ('program %s %s'):format(path, version))
    if found and version:match('%S+') ~= core.version then
      say('warn', 'the program and the core differ in version: run `make`')
    end
  else
    say('warn', problem.message .. ': `:Protokol actions PATH` needs it')
  end
  local _, problems = require('protokol.config').merge(editor.settings())
  for _, text in ipairs(problems) do
    say('warn', text)
  end
  if protokol.options().author == '' and editor.output({ 'git', 'config', 'user.name' }) == '' then
    say('warn', 'your name is not known: set the option "author", or user.name in git')
  end
  return entries
end

--- For :checkhealth.
function M.check()
  local health = require('protokol.editor').health()
  health.start('protokol')
  local entries = M.entries(require('protokol'))
  for _, entry in ipairs(entries) do
    health[entry.level](entry.text)
  end
end

return M
