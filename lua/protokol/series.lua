-- The minutes before these: the newest earlier ones in the same folder that are of one series.

local M = {}

local endings = { md = true, markdown = true, txt = true, text = true, protokol = true }
local most_read, most_bytes = 40, 1000000

--- The day in a file's name as YYYY-MM-DD, or nil: 2026-03-12, 20260312, 12.03.2026.
---@param name string
function M.day(name)
  local year, month, day = name:match('(%d%d%d%d)[-_.]?(%d%d)[-_.]?(%d%d)')
  if not year then
    day, month, year = name:match('(%d%d)[-_.](%d%d)[-_.](%d%d%d%d)')
  end
  if year and month >= '01' and month <= '12' and day >= '01' and day <= '31' then
    return year .. '-' .. month .. '-' .. day
  end
end

--- Names alike but for their figures are of one series.
function M.shape(name)
  return (name:gsub('%d+', '#'))
end

local function read(path)
  local file = io.open(path, 'rb')
  local text = file and file:read(most_bytes)
  if file then
    file:close()
  end
  return text
end

-- What minutes say of themselves, or nil where they are none.
local function look(editor, library, path, today)
  local plain = editor.call('getftype', path) == 'file' -- no link leads out, no pipe keeps us
  local text = plain and read(path)
  if text and library:is_minutes(text, path) then
    return library:outline(text, { name = path, today = today })
  end
end

local function fits(outline, wanted)
  local client = outline.meeting.client
  return (not wanted.profile or wanted.profile == outline.profile)
    and (not wanted.client or not client or wanted.client:lower() == client:lower())
end

-- Files that may be minutes; those named like these first, then the newest by name.
local function candidates(editor, folder, own)
  local list = {}
  local listed, names = pcall(editor.call, 'readdir', folder)
  for _, name in ipairs(listed and names or {}) do
    if endings[name:match('%.(%w+)$')] and name ~= own and name:sub(1, 1) ~= '.' then
      list[#list + 1] = { name = name, day = M.day(name), alike = M.shape(name) == M.shape(own) }
    end
  end
  table.sort(list, function(one, other)
    if one.alike ~= other.alike then
      return one.alike
    end
    if (one.day or '') ~= (other.day or '') then
      return (one.day or '') > (other.day or '')
    end
    return one.name > other.name
  end)
  return list
end

--- The newest earlier minutes of the buffer's series, or nil.
---@param wanted { profile?: string, client?: string, today: string }
---@return string|nil path
function M.earlier(editor, library, buffer, wanted)
  local file, folder = editor.file(buffer), editor.folder(buffer)
  local own = file:match('[^/]*$')
  local own_day, best = M.day(own), nil
  for i, file_there in ipairs(candidates(editor, folder, own)) do
    if i > most_read or best and best.alike and not file_there.alike then
      break
    end
    local path = folder .. '/' .. file_there.name
    local outline = look(editor, library, path, wanted.today)
    local day = outline and (file_there.day or outline.meeting.date)
    local earlier = day and (own_day and day < own_day or not own_day and day <= wanted.today)
    if earlier and fits(outline, wanted) and (not best or day > best.day) then
      best = { path = path, day = day, alike = file_there.alike }
    end
  end
  return best and best.path
end

return M
