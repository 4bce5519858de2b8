-- protokol new --from: what is still to be done goes on into the next minutes.

local json = require('tests.support.json')
local run = require('tests.support.run')
local protokol = run.protokol

local new = run.command('new', '--today', '2026-11-23')

local function actions(text)
  local got = protokol({ 'actions', '--format', 'json', '-' }, { stdin = text })
  local list = {}
  for _, action in ipairs(json.decode(got.out)) do
    if not action.text:find('{{', 1, true) then
      list[#list + 1] = action
    end
  end
  return list
end

local function texts(list)
  local parts = {}
  for _, action in ipairs(list) do
    parts[#parts + 1] = ('[%s] %s'):format(action.status, action.text)
  end
  return parts
end

describe('protokol new --from', function()
  after_each(run.tidy)

  it('carries over who was there and what is open, and lists what was done', function()
    local folder = run.files({ ['before.md'] = run.minutes })
    local got = new({ '--from', 'before.md' }, { folder = folder })
    assert.equal('', got.err)
    assert.equal(0, got.status)
    assert.matches('| Anna Weber | head of sales |  | anna@birch.example |', got.out, 1, true)
    assert.matches('\n- order the paper — Tom Reed\n', got.out, 1, true)
    assert.matches(
      '- [ ] print a proof — owner: Tom Reed, due: 2026-12-04 <!-- from 2026-11-03 -->\n',
      got.out,
      1,
      true
    )
    assert.same(
      { '[open] send the pictures', '[open] print a proof', '[open] Book a van' },
      texts(actions(got.out))
    )
    assert.equal(run.minutes, run.read(folder .. '/before.md'))
  end)

  it('finds nothing in it but what is to be filled in, and what the old items lack', function()
    local folder = run.files({ ['before.md'] = run.minutes })
    local got = new({ '--from', 'before.md' }, { folder = folder })
    local lint = protokol({ 'lint', '--format', 'json', '-' }, { stdin = got.out })
    for _, finding in ipairs(json.decode(lint.out)) do
      local late = finding.rule == 'due-before-meeting' -- the day of an old item has come and gone
      if finding.rule ~= 'placeholder-left' and not late then
        assert.matches('^action%-', finding.rule)
      end
    end
  end)

  it('keeps level, language and profile, unless told otherwise', function()
    local before = '---\nprotokol: meeting\nlang: de\ndetail: brief\n---\n# Protokoll\n'
    local folder = run.files({ ['before.md'] = before })
    local kept = new({ '--from', 'before.md' }, { folder = folder }).out
    assert.matches('^%-%-%-\nprotokol: meeting\nlang: de\ndetail: brief\n', kept)
    local other = { '--from', 'before.md', '--lang', 'en', '--detail', 'detailed' }
    local changed = new(other, { folder = folder }).out
    assert.matches('^%-%-%-\nprotokol: meeting\nlang: en\ndetail: detailed\n', changed)
  end)

  it('carries from meeting to meeting, each item once and with its first day', function()
    local folder = run.files({ ['1.md'] = run.minutes })
    local first = new({ '--from', '1.md', '--mark' }, { folder = folder })
    assert.equal('', first.err)
    run.write(folder .. '/2.md', first.out)
    local second = protokol(
      { 'new', '--from', '2.md', '--mark', '--today', '2026-12-07' },
      { folder = folder }
    )
    local list = actions(second.out)
    assert.same(
      { '[open] send the pictures', '[open] print a proof', '[open] Book a van' },
      texts(list)
    )
    local _, count = second.out:gsub('<!%-%- from 2026%-11%-03 %-%->', '')
    assert.equal(3, count)
    local earlier = {}
    for _, name in ipairs({ '1.md', '2.md' }) do
      for _, action in ipairs(actions(run.read(folder .. '/' .. name))) do
        assert.not_equal('open', action.status)
        earlier[action.key] = true
      end
    end
    for _, action in ipairs(list) do
      assert.is_true(earlier[action.key])
    end
    local again = new({ '--from', '1.md', '--mark' }, { folder = folder })
    assert.same({}, actions(again.out))
  end)

  it('marks what it carried and touches no other byte', function()
    local text = run.minutes:gsub('\n', '\r\n')
    local folder = run.files({ ['before.md'] = text })
    local got = new({ '--from', 'before.md', '--mark' }, { folder = folder })
    assert.equal(0, got.status)
    assert.equal((text:gsub('%[ %]', '[>]')), run.read(folder .. '/before.md'))
    assert.not_matches('\r', got.out)
  end)

  it('marks rows and lines in the words of the document', function()
    local text = '# Протокол\n\nДата: 12.03.2026\n\n## Поручения\n\n'
      .. '| Поручение | Ответственный | Срок | Статус |\n|-|-|-|-|\n'
      .. '| Вырыть яму | Иванов И.И. | 20.03.2026 | в работе |\n\n'
      .. '## Дальнейшие шаги\n\n- Петрову П.П. купить краску до пятницы.\n'
    local folder = run.files({ ['before.md'] = text })
    local got = new({ '--from', 'before.md', '--mark' }, { folder = folder })
    assert.matches(
      '- [ ] Вырыть яму — отв.: Иванов И.И., срок: 20.03.2026',
      got.out,
      1,
      true
    )
    assert.matches('срок: 13.03.2026 <!-- с 12.03.2026 -->', got.out, 1, true)
    local marked = run.read(folder .. '/before.md')
    assert.matches('| 20.03.2026 | перенесено |', marked, 1, true)
    assert.matches('до пятницы (перенесено).', marked, 1, true)
    for _, action in ipairs(actions(marked)) do
      assert.equal('cancelled', action.status)
    end
  end)

  it('carries German minutes', function()
    local text = '# Protokoll\n\nDatum: 12.03.2026\n\n## Aufgaben\n\n- Anna gräbt bis Freitag\n'
      .. '- [x] Jonas: säen\n'
    local folder = run.files({ ['before.md'] = text })
    local got = new({ '--from', 'before.md', '--mark' }, { folder = folder })
    local carried = 'verantwortlich: Anna, Frist: 13.03.2026 <!-- vom 12.03.2026 -->'
    assert.matches(carried, got.out, 1, true)
    assert.matches('## Seit der letzten Sitzung erledigt\n\n- säen — Jonas\n', got.out, 1, true)
    local marked = run.read(folder .. '/before.md')
    assert.matches('- Anna gräbt bis Freitag (übertragen)\n', marked, 1, true)
  end)

  it('keeps the old minutes where they cannot be marked', function()
    local none = new({ '--mark' })
    assert.equal(2, none.status)
    assert.equal('protokol: --mark wants --from and a file to mark\n', none.err)
    local standard_input = new({ '--mark', '--from', '-' }, { stdin = run.minutes })
    assert.equal(2, standard_input.status)
    assert.equal('', standard_input.out)
    local folder = run.files({ ['before.md'] = run.minutes })
    local full = new({ '--from', 'before.md', '--mark' }, { folder = folder, out = '/dev/full' })
    assert.equal(2, full.status)
    assert.equal(run.minutes, run.read(folder .. '/before.md'))
  end)
end)
