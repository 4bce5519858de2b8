-- The program that reads files and folders: where it is, and what it may be told.

local config = require('protokol.config')

local say = require('protokol.say')

local M = {}

-- Options that the lists may be narrowed by; those with a value say so.
local filters = {
  { name = '--open' },
  { name = '--done' },
  { name = '--overdue' },
  { name = '--mine' },
  { name = '--me', value = true },
  { name = '--owner', value = true },
  { name = '--due-before', value = true },
  { name = '--sort', value = true, words = { 'due', 'owner', 'file' } },
  { name = '--group', value = true, words = { 'owner', 'due', 'file' } },
  { name = '--today', value = true },
  { name = '--profile', value = true },
  { name = '--lang', value = true },
  { name = '--all' },
}

local function names()
  local list = {}
  for i, filter in ipairs(filters) do
    list[i] = filter.name
  end
  return list
end

local function filter_of(word)
  for _, filter in ipairs(filters) do
    if word == filter.name or filter.value and word:find(filter.name .. '=', 1, true) == 1 then
      return filter
    end
  end
end

-- Is the word one of a filter's: "open", "owner=anna", "due<2026-04-01"? true, or nil and why not.
local function is_filter(word)
  local found, core = pcall(require, 'protokol.core')
  if not found then
    return nil, { message = core }
  end
  local known, problem = core.filter(word)
  if not known and not word:match('^[%w-]+[<=>]') then
    local near = problem.message:match('did you mean "(.-)"')
    local hint = near and say(' - did you mean "%s"?', near) or ''
    problem = { message = say('"%s" is neither a filter nor a file', word) .. hint }
  end
  return known, problem
end

-- The file that a word names; a filter that nothing bears the name of is probably misspelt.
local function path_of(editor, word)
  if word == '%' then
    local file = editor.file(editor.buffer())
    if file == '' then
      return nil, { message = say('"%%" is the current file, and this buffer has none') }
    end
    return file
  end
  local path = editor.absolute(word)
  local like_a_filter = word:match('^%a+$') or word:match('^%a+[<=>]')
  if like_a_filter and not editor.exists(path) then
    return nil, select(2, is_filter(word))
  end
  return path
end

--- Words as options, paths and filters. Paths are made absolute: none is expanded, run or taken
--- for an option. "%" is the current file. What is a filter's word is one; "./open" is a file.
---@param words string[]
---@return string[]|nil options, string[]|protokol.Problem paths, string[]? filters
function M.sort_out(editor, words)
  local options, paths, chosen, i = {}, {}, {}, 1
  while words[i] do
    local word = words[i]
    local filter = filter_of(word)
    if filter then
      options[#options + 1] = word
      if filter.value and word == filter.name then
        i = i + 1
        if not words[i] then
          return nil, { message = say('%s needs a value', word) }
        end
        options[#options + 1] = words[i]
      end
    elseif word:sub(1, 2) == '--' then
      local hint = config.hint(word, names())
      return nil, { message = say('there is no option "%s" here', word) .. hint }
    elseif word ~= '%' and is_filter(word) then
      chosen[#chosen + 1] = word
    else
      local path, problem = path_of(editor, word)
      if not path then
        return nil, problem
      end
      paths[#paths + 1] = path
    end
    i = i + 1
  end
  return options, paths, chosen
end

--- The program: the one that the user's option names, the one built here, or one in $PATH.
---@param set string the option
---@return string|nil path, protokol.Problem?
function M.find(editor, set)
  if set ~= '' then
    if editor.call('executable', set) == 1 then
      return set
    end
    return nil, { message = say('cannot run "%s" (option "program")', set) }
  end
  local own = editor.root .. 'build/protokol'
  if editor.call('executable', own) == 1 then
    return own
  end
  local installed = editor.call('exepath', 'protokol')
  if installed ~= '' then
    return installed
  end
  return nil, { message = say('the program is not built: run `make` in %s', editor.root) }
end

--- What may stand where `lead` does: options, their values, words of a filter, files.
---@param previous string the word before it
---@param filtered boolean do words of a filter serve here?
---@return string[] candidates, boolean? whole true: they fit already
function M.complete(editor, previous, lead, filtered)
  local filter = filter_of(previous)
  if filter and filter.value and previous == filter.name then
    return filter.words or {}
  end
  if lead:sub(1, 1) == '-' then
    return names()
  end
  local list = {}
  local found, core = pcall(require, 'protokol.core')
  for _, word in ipairs(filtered and found and core.filters or {}) do
    if word:sub(1, #lead) == lead then
      list[#list + 1] = word
    end
  end
  for _, name in ipairs(editor.files(lead)) do
    list[#list + 1] = name
  end
  return list, true
end

return M
