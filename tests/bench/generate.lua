-- Minutes to measure with: any number of them, always the same ones, in English and Russian by turns.
--
--     lua5.4 tests/bench/generate.lua FOLDER            the whole corpus
--
-- Names and matters are invented; the shape is that of minutes as they are kept: front matter, an
-- agenda, topics with paragraphs and lists, decisions, a table of tasks and check boxes.
local M = {}

local english = {
  language = 'en',
  title = 'Minutes of the meeting',
  sections = { 'Agenda', 'Discussion', 'Decisions', 'Action items', 'Risks', 'Next meeting' },
  people = 'Mira Oldfern|Ansel Quoyle|Tove Lindqvarn|Osric Bellamin|Petra Vossberg|Ilan Marchetto|'
    .. "Nell O'Dranagh|R. Castellane|Juno Whitlark|Ravi Somendra",
  things = 'the heating contract|the second draft|a lower deposit|the delivery plan|the spare keys|'
    .. 'the final invoice|the test report|this quarterly forecast|the rollout to all depots|the penalty clause|'
    .. 'an additional warehouse|the very long price list|various open questions|the staffing of the night shift|'
    .. 'the basic warranty|the acceptance of stage two|our obvious bottleneck|the appendix on safety|'
    .. 'the joint tender|the migration of old records|a number of change requests|the annual audit',
  tasks = 'send the revised offer|book a room for the workshop|check the figures of the depot|'
    .. 'write to the supplier|prepare the list of defects|update the risk register|call the insurer|'
    .. 'order two more pumps|clarify who signs|publish the schedule|collect the signatures',
  does = 'agreed to look into|wants to postpone|asked again about|was asked to approve|objected to|confirmed|'
    .. 'will utilize|simply has to sign|offered to shorten|could not accept|was informed about|'
    .. 'should probably revisit|insisted on|promised to deliver',
  joins = 'because|although|as long as|unless|so that|while|after which|in order to see whether|and therefore',
  tails = 'by the end of the month|before 14.05.2026|no later than 2026-06-09|within three weeks|'
    .. 'as told on the phone|see [annex 3](https://example.org/annex-3)|as `REQ-217` says|'
    .. 'for **$84,300** in all|at *7.5 %* of the sum|ASAP',
  table = '| # | Task | Owner | Due | Status |',
  states = 'open|done|in progress',
  due = 'due',
  room = 'room',
}

local russian = {
  language = 'ru',
  title = 'Протокол совещания',
  sections = {
    'Повестка дня',
    'Обсуждение',
    'Решения',
    'Поручения',
    'Риски',
    'Следующее совещание',
  },
  people = 'Лада Вересова|Тихон Мглинцев|Аглая Рябцова|Е. Подгорнов|Ждан Чуприков|Злата Ёжикова|'
    .. 'Мирон Щекотов|Василиса Крутень|Богдан Хмаров|Юлия Одинец',
  things = 'договор на отопление|вторую редакцию сметы|меньший задаток|график поставки|запасные ключи|'
    .. 'итоговый счёт|отчёт об испытаниях|квартальный прогноз|внедрение на всех складах|пункт о неустойке|'
    .. 'дополнительный склад|очень длинный прайс-лист|различные открытые вопросы|штат ночной смены|'
    .. 'простой порядок гарантии|приёмку второго этапа|данный раздел договора|приложение об охране труда|'
    .. 'совместный тендер|перенос старых записей|ряд изменений|годовой аудит',
  tasks = 'отправить уточнённое предложение|заказать зал для семинара|проверить цифры склада|'
    .. 'написать поставщику|подготовить перечень замечаний|обновить реестр рисков|позвонить страховщику|'
    .. 'заказать ещё два насоса|уточнить, кто подписывает|опубликовать график|собрать подписи',
  does = 'берётся изучить|предлагает отложить|снова просит обсудить|не готов принять|возражает против|'
    .. 'подтверждает|осуществляет проверку и|очевидно должен подписать|предлагает сократить|'
    .. 'отказывается принять|вероятно пересмотрит|настаивает на том, чтобы обсудить|обязуется поставить',
  joins = 'потому что|хотя|при условии, что|если только не|так что|в то время как|после чего|'
    .. 'в целях того, чтобы понять, как|и поэтому',
  tails = 'до конца месяца|до 14.05.2026|не позднее 09.06.2026|в течение трёх недель|как сказано по телефону|'
    .. 'см. [приложение 3](https://example.org/annex-3)|согласно `ТЗ-217`|на сумму **84 300 ₽**|'
    .. 'в размере *7,5 %* от суммы|как можно скорее',
  table = '| № | Поручение | Ответственный | Срок | Статус |',
  states = 'открыто|готово|в работе',
  due = 'срок',
  room = 'каб.',
}

for _, words in ipairs({ english, russian }) do
  for name, list in pairs(words) do
    if type(list) == 'string' and list:find('|', 1, true) and name ~= 'table' then
      words[name] = {}
      for word in list:gmatch('[^|]+') do
        table.insert(words[name], word)
      end
    end
  end
end

-- The same numbers under every Lua.
local state
local function chance(most)
  state = (state * 1103515245 + 12345) % 2147483648
  return state // 65536 % most + 1
end

local function any(list)
  return list[chance(#list)]
end

local function day(words)
  local month, number = chance(12), chance(28)
  if words == russian then
    return ('%02d.%02d.2026'):format(number, month)
  end
  return ('2026-%02d-%02d'):format(month, number)
end

local function sentence(words)
  local parts = { any(words.people), any(words.does), any(words.things) }
  local function go_on()
    for _, kind in ipairs({ 'joins', 'people', 'does', 'things' }) do
      parts[#parts + 1] = any(words[kind])
    end
  end
  local length = chance(20)
  if length <= 12 then
    go_on()
  end
  if length <= 7 then
    parts[#parts + 1] = any(words.tails)
  end
  if length == 1 then
    go_on()
    go_on()
  end
  return table.concat(parts, ' ') .. (length == 2 and '!' or length == 3 and '?' or '.')
end

-- Sentences in lines of some 96 bytes.
local function paragraph(words, sentences)
  local lines, line = {}, nil
  for _ = 1, sentences do
    for word in sentence(words):gmatch('%S+') do
      if line and #line + #word > 95 then
        lines[#lines + 1], line = line, word
      else
        line = line and line .. ' ' .. word or word
      end
    end
  end
  lines[#lines + 1] = line
  return table.concat(lines, '\n')
end

local function opening(words, number, add)
  add('---', 'title: ' .. words.title .. ' ' .. number)
  add('date: ' .. day(words), 'lang: ' .. words.language, 'attendees:')
  for i = 1, 4 do
    add('  - ' .. words.people[(number + i * 2) % #words.people + 1])
  end
  add('---', '')
end

local function topics(words, number, add, room)
  local topic = 0
  while room() do
    topic = topic + 1
    add(('### %d. %s %d'):format(topic, any(words.things), number), '')
    add(paragraph(words, 1 + chance(4)), '')
    if chance(10) <= 4 then
      add('> ' .. sentence(words), '')
    end
    if chance(10) <= 6 then
      for _ = 1, 1 + chance(4) do
        add('- ' .. sentence(words))
      end
      add('')
    end
    if chance(10) == 1 then
      add('```text', 'GET /depots/7/stock HTTP/1.1', 'Host: example.org', '```', '')
    end
  end
end

local function tasks(words, add, room)
  add(words.table, '|---|---|---|---|---|')
  for i = 1, 8 do
    local owner = any(words.people)
    owner = chance(12) == 1 and 'TBD' or chance(12) == 1 and '' or owner
    local due = chance(2) == 1 and day(words) or chance(2) == 1 and 'TBD' or ''
    add(('| %d | %s | %s | %s | %s |'):format(i, any(words.tasks), owner, due, any(words.states)))
  end
  add('')
  while room() do
    local box, due = chance(3) == 1 and 'x' or ' ', chance(3) == 1 and 'TBD' or day(words)
    local parts = { any(words.people), any(words.tasks), words.due, due }
    add(('- [%s] %s: %s (%s: %s)'):format(box, table.unpack(parts)))
  end
end

-- One protocol of about so many bytes.
local function minutes(words, number, bytes, in_front)
  local lines, size = {}, 0
  local function add(...)
    for _, line in ipairs({ ... }) do
      lines[#lines + 1] = line
      size = size + #line + 1
    end
  end
  local function until_share(share)
    return function()
      return size < bytes * share
    end
  end
  local function section(index)
    add('## ' .. words.sections[index], '')
  end
  state = number * 7919 + #words.title
  if in_front then
    opening(words, number, add)
  end
  add(('# %s %d'):format(words.title, number), '', paragraph(words, 2), '')
  section(1)
  for i = 1, 5 do
    add(i .. '. ' .. any(words.things))
  end
  add('')
  section(2)
  topics(words, number, add, until_share(0.66))
  section(3)
  for _ = 1, 4 do
    add(('- **%s**: %s'):format(any(words.people), sentence(words)))
  end
  add('')
  section(4)
  tasks(words, add, until_share(0.93))
  add('')
  section(5)
  add(paragraph(words, 2), '')
  section(6)
  add(('%s, 10:00, %s %d.'):format(day(words), words.room, 100 + chance(800)))
  return table.concat(lines, '\n') .. '\n'
end

local usual = 8192

--- One protocol of 8 KB.
---@param language 'en'|'ru'
function M.text(language)
  return minutes(language == 'ru' and russian or english, 7, usual, true)
end

local function write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

--- A file of so many bytes and a little more: protocols one after another.
function M.file(path, bytes)
  local file, written, number = assert(io.open(path, 'wb')), 0, 0
  while written < bytes do
    local words = number % 2 == 1 and russian or english
    local text = minutes(words, number, usual, number == 0) .. '\n'
    file:write(text)
    written, number = written + #text, number + 1
  end
  file:close()
end

--- So many files of 8 KB in a folder that is there.
function M.folder(path, count)
  for number = 0, count - 1 do
    local words = number % 2 == 1 and russian or english
    local name = ('%s/%s-%06d.md'):format(path, words.language, number)
    write(name, minutes(words, number, usual, true))
  end
end

--- The corpus in a folder, made where it is not there yet: small-en.md, small-ru.md, 1.md and so on
--- by megabytes, files-2000 and so on by their number. What is made of another generator goes first.
---@param sizes integer[] megabytes
---@param counts integer[] files
function M.corpus(folder, sizes, counts)
  local source = assert(io.open('tests/bench/generate.lua', 'rb'))
  local stamp = source:read('a')
  source:close()
  local old = io.open(folder .. '/stamp', 'rb')
  if not old or old:read('a') ~= stamp then
    assert(os.execute(("rm -rf '%s' && mkdir -p '%s'"):format(folder, folder)))
    write(folder .. '/stamp', stamp)
  end
  if old then
    old:close()
  end
  local function there(name)
    return os.execute(("[ -e '%s/%s' ]"):format(folder, name))
  end
  for _, language in ipairs({ 'en', 'ru' }) do
    write(('%s/small-%s.md'):format(folder, language), M.text(language))
  end
  for _, megabytes in ipairs(sizes) do
    if not there(megabytes .. '.md') then
      M.file(('%s/%d.md'):format(folder, megabytes), megabytes << 20)
    end
  end
  for _, count in ipairs(counts) do
    local name = 'files-' .. count
    if not there(name) then
      local unfinished = ("'%s/unfinished'"):format(folder)
      assert(os.execute('rm -rf ' .. unfinished .. ' && mkdir ' .. unfinished))
      M.folder(folder .. '/unfinished', count)
      assert(os.execute(("mv %s '%s/%s'"):format(unfinished, folder, name)))
    end
  end
end

if arg and arg[0]:find('generate%.lua$') then
  M.corpus(assert(arg[1], 'which folder?'), { 1, 50 }, { 2000 })
end

return M
