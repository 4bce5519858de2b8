-- What subcommands share: to refuse, to need, and to say so in one line.

local protokol = require('protokol')
local editor = protokol.editor

local M = {}

-- Work that cannot be done ends here, with a word to the user.
function M.refuse(problem)
  error({ problem = type(problem) == 'string' and { message = problem } or problem }, 0)
end

-- What a function of protokol's gives, or the end.
function M.need(value, problem)
  if value == nil then
    M.refuse(problem)
  end
  return value
end

-- Runs; what goes wrong is said in one line, and editing goes on.
function M.guard(run, ...)
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

function M.names_of(list, key)
  local names = {}
  for _, item in ipairs(list) do
    names[#names + 1] = item[key]
  end
  return names
end

function M.library()
  return M.need(protokol.library(editor.folder(editor.buffer())))
end

return M
