-- Sentences in the language of the user's interface, by the `says:` of its language file.

-- "ru" of "ru_RU.UTF-8"; the variables are those of POSIX, in their order.
local function language(editor)
  local name = editor.call('eval', 'v:lang')
  if name:match('^C$') or name:match('^C%.') or name == 'POSIX' then
    for _, variable in ipairs({ 'LC_ALL', 'LC_MESSAGES', 'LANG' }) do
      local value = os.getenv(variable)
      if value and value ~= '' then
        name = value
        break
      end
    end
  end
  return name:match('^%a+')
end

local function translated(english)
  local protokol = package.loaded['protokol']
  if type(protokol) ~= 'table' then -- not in an editor
    return english
  end
  local editor = protokol.editor
  local id = language(editor)
  if not id or id == 'en' or id == 'C' or id == 'POSIX' then
    return english
  end
  local library = protokol.library(editor.folder(editor.buffer()))
  local says = library and library:says(id)
  return says and says[english] or english
end

--- An English sentence, translated where the language has words for it, with what string.format()
--- puts in it.
---@param english string
---@return string
return function(english, ...)
  local sentence = translated(english)
  return select('#', ...) > 0 and sentence:format(...) or sentence
end
