-- detect_spec.lua - which files of a folder are taken for minutes.
local program = (os.getenv('BUILD') or 'build') .. '/protokol'

local minutes = {
  ['meeting-day.md'] = '# Garden club meeting 2027-05-04\n\nIt rained.\n',
  ['day-people.md'] = '# Friday, 4 June 2027\n\nParticipants: Nele Brandt, Otto Kern\n\n## Pumps\n',
  ['day-sections.md'] = '# 2027-05-04\n\n## Agenda\n\n- pumps\n\n## Notes\n\n- all leak\n',
  ['call-label.md'] = '# Созвон №3\n\n## Агенда\n\n- **Дата**: 04.05.2027\n- **Участники**:\n  - Зоя Лунёва\n',
  ['present.md'] = '## Pump telecon\n\n##### 04 May 2027\n\nPresent: Nele, Otto\n\nApologies: Ida\n',
  ['runde.md'] = '# Gartenrunde\n\nMittwoch, 5. Mai 2027\n\n## Anwesende\n\n- Nele Brandt\n\n## Aufgaben\n\n- Pumpe\n',
  ['title.md'] = '# Protokoll der Vorstandssitzung\n\nEs regnet.\n',
}

local others = {
  ['readme.md'] = '# Pump\n\nA pump for gardens.\n\n## Agenda\n\nTo pump.\n\n## Contributing\n\nPlease do.\n',
  ['changes.md'] = '# Changes\n\n## 1.2 (2027-05-04)\n\n- Fixed a leak\n\n## Notes\n\n- none\n',
  ['guide.md'] = '# How to run a meeting\n\n## Agenda\n\nWrite one.\n\n## Action items\n\nGive each an owner.\n',
  ['post.md'] = '---\ndate: 2027-05-04\n---\n\n# The call of the pump\n\nIt calls.\n',
  ['people.md'] = '# Members\n\n- Nele Brandt\n- Otto Kern\n',
  ['plan.md'] = '# Pump\n\n## Aufgaben bis 20.\n\n- Pumpe streichen\n',
  ['talk.md'] = '# Ten minutes with pumps\n\nLast updated 2027-05-04.\n',
}

local function walk(folder)
  local pipe =
    assert(io.popen(('%s outline --format jsonl %s 2>/dev/null'):format(program, folder)))
  local found = {}
  for line in pipe:lines() do
    found[line:match('"file":"[^"]*/([^"/]+)"')] = true
  end
  pipe:close()
  return found
end

local function folder_of(files)
  local folder = os.tmpname()
  os.remove(folder)
  assert(os.execute('mkdir ' .. folder))
  for name, text in pairs(files) do
    local file = assert(io.open(folder .. '/' .. name, 'wb'))
    file:write(text)
    file:close()
  end
  return folder
end

describe('a folder', function()
  for kind, files in pairs({ minutes = minutes, others = others }) do
    local folder = folder_of(files)
    local found = walk(folder)
    os.execute('rm -r ' .. folder)
    for name in pairs(files) do
      it(('%s: %s'):format(kind, name), function()
        assert.equal(kind == 'minutes', found[name] or false)
      end)
    end
  end
end)
