-- :Protokol new - insert a template, with what is known filled in.

local protokol = require('protokol')
local config = require('protokol.config')
local say = require('protokol.say')
local common = require('protokol.command.common')
local editor = protokol.editor
local refuse, need, names_of, library = common.refuse, common.need, common.names_of, common.library

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
  for _, file in ipairs(editor.files(path)) do
    local name = opening .. file
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

return { run = new, complete = complete_new }
