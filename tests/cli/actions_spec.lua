-- protokol actions, decisions and outline: what is listed, how, and in which order.

local json = require('tests.support.json')
local run = require('tests.support.run')
local protokol = run.protokol

local function texts(arguments, given)
  given = given or { stdin = run.minutes }
  local actions = run.command('actions', '--format=jsonl', '--today=2026-11-23', given.path or '-')
  local got = actions(arguments, given)
  assert.equal('', got.err)
  assert.equal(0, got.status)
  local list = {}
  for line in got.out:gmatch('[^\n]+') do
    table.insert(list, json.decode(line).text)
  end
  return list
end

local pictures, paper, proof, van =
  'send the pictures', 'order the paper', 'print a proof', 'Book a van'

describe('protokol actions', function()
  after_each(run.tidy)

  it('lists who does what by when in columns', function()
    local got = protokol({ 'actions', '--stdin-name', 'a.md', '-' }, { stdin = run.minutes })
    assert.equal(0, got.status)
    assert.equal('', got.err)
    local first, second, third, fourth = got.out:match('^([^\n]+)\n([^\n]+)\n([^\n]+)\n([^\n]+)\n$')
    assert.matches('^a%.md:30:%d+:%s+%[ %]%s+2026%-11%-20%s+Anna Weber%s+send the pictures$', first)
    assert.matches('%[x%]%s+2026%-11%-10%s+Tom Reed%s+order the paper$', second)
    for _, line in ipairs({ second, third, fourth }) do
      assert.equal(first:find('[', 1, true), line:find('[', 1, true))
    end
    assert.equal(first:find(pictures, 1, true), fourth:find(van, 1, true))
  end)

  it('tells programs every member of the contract, in its order', function()
    local got = protokol({ 'actions', '--format', 'jsonl', '-' }, { stdin = run.minutes })
    local first = got.out:match('^([^\n]*)\n')
    assert.matches(
      '^{"file":"%-","line":30,"column":7,"end_line":30,"end_column":50,'
        .. '"text":"send the pictures","owners":%["Anna Weber"%],"due":"2026%-11%-20",'
        .. '"due_text":"[^"]+","done":false,"status":"open","id":null,"section":"Next steps",'
        .. '"source":"checkbox","key":"%x+%-%x+%-8%x+%-%x+%-%x+",'
        .. '"due_time":null,"due_ambiguous":false,"people":%["Anna Weber"%]}$',
      first
    )
  end)

  it('counts columns in bytes, over lines that are wrapped', function()
    local stdin = '- [ ] Jörg: Kärtchen\r\n  für alle drucken\r\n'
    local got = protokol({ 'actions', '--format', 'jsonl', '-' }, { stdin = stdin })
    assert.matches('"line":1,"column":7,"end_line":2,"end_column":20,', got.out, 1, true)
  end)

  it('prints one list for many files', function()
    local folder = run.files({ ['a.md'] = run.minutes, ['b.md'] = run.minutes })
    local got = protokol({ 'actions', '--format', 'json', '.' }, { folder = folder })
    assert.equal(8, #json.decode(got.out))
    assert.equal('[]\n', protokol({ 'actions', '--format', 'json', '-' }).out)
  end)

  it('filters by state', function()
    assert.same({ pictures, paper, proof, van }, texts({}))
    assert.same({ pictures, proof, van }, texts({ '--open' }))
    assert.same({ paper }, texts({ '--done' }))
    assert.same({ pictures }, texts({ '--overdue' }))
    assert.same({ pictures, paper }, texts({ '--due-before', '2026-12-04' }))
  end)

  it('knows an owner by the beginnings of the name, whatever the case', function()
    assert.same({ paper, proof }, texts({ '--owner', 'reed' }))
    assert.same({ paper, proof }, texts({ '--owner', 'Reed, T.' }))
    assert.same({}, texts({ '--owner', 'eed' }))
    local russian =
      '# Протокол\n\n## Поручения\n\n- [ ] Петрову: купить бумагу\n'
    assert.equal(1, #texts({ '--owner', 'ПЕТРОВ' }, { stdin = russian }))
  end)

  it('knows inflected names, initials, and names in any order', function()
    local stdin = [[
# Протокол

## Поручения

- [ ] Петровой: купить бумагу
- [ ] Иванову И.И.: заказать машину
- [ ] Марина: позвонить
]]
    assert.same(
      { 'купить бумагу' },
      texts({ '--owner', 'Петрова' }, { stdin = stdin })
    )
    assert.same(
      { 'заказать машину' },
      texts({ '--owner=Иван Иванов' }, { stdin = stdin })
    )
    assert.same(
      { 'заказать машину' },
      texts({ '--owner=ИИ Иванов' }, { stdin = stdin })
    )
    assert.same({}, texts({ '--owner', 'Мария' }, { stdin = stdin }))
    assert.same({ pictures }, texts({ '--owner', 'AW' }))
    assert.same({ pictures, paper, proof }, texts({ '--owner', 'anna', '--owner', 'tom' }))
  end)

  it('takes the words of the editor', function()
    assert.same({ pictures }, texts({ '--filter=due=2026-11-20' }))
    assert.same({ pictures, paper }, texts({ '--filter', 'due<=2026-11-20' }))
    assert.same({ proof }, texts({ '--filter', 'due>2026-11-20', '--filter', 'open' }))
    assert.same({ pictures }, texts({ '--filter', 'due>=2026-11-20', '--filter', 'due<today' }))
    assert.same({}, texts({ '--filter', 'cancelled' }))
  end)

  it('knows what is yours', function()
    assert.same({ paper, proof }, texts({ '--mine', '--me', 'Tom Reed' }))
    local given = { stdin = run.minutes, environment = "PROTOKOL_AUTHOR='Weber, Anna Maria'" }
    assert.same({ pictures }, texts({ '--mine' }, given))
    assert.same({}, texts({ '--mine', '--me', 'Annabel' }))
  end)

  -- The people tell who is meant by initials, by a case of the name and by an alias.
  local meant = [[
---
aliases: {Katherine Marsh: Kit}
---
# Minutes

Present: Anna Lee, Anna Lang, Katherine Marsh

## Actions

- AL: paint the fence
- Anna Lee: buy the paint
- Kit: fetch the ladder
- Anna Lang, A. Lang: mow the lawn
]]

  it('goes by the person meant, where the people tell', function()
    assert.same({ 'mow the lawn' }, texts({ '--owner', 'Lang' }, { stdin = meant }))
    assert.same({ 'fetch the ladder' }, texts({ '--owner', 'Marsh' }, { stdin = meant }))
    assert.same({ 'fetch the ladder' }, texts({ '--owner', 'kit' }, { stdin = meant }))
    local told = meant:gsub(', Anna Lang', '', 1)
    assert.same(
      { 'paint the fence', 'buy the paint' },
      texts({ '--owner', 'Anna Lee' }, { stdin = told })
    )
    assert.same(
      { 'paint the fence', 'buy the paint' },
      texts({ '--filter=mine', '--me=Anna Lee' }, { stdin = told })
    )
    assert.same({}, texts({ '--filter=owner=Anna Lost' }, { stdin = told }))
  end)

  it('groups by the person meant, an item under each once', function()
    local got = protokol(
      { 'actions', '--group', 'owner', '-' },
      { stdin = meant:gsub('- AL:', '- Anna Lee, Lee:') }
    )
    local headings = {}
    for line in got.out:gmatch('[^\n]+') do
      table.insert(headings, line:match('^%S.* %(%d+%)$'))
    end
    assert.same({ 'Anna Lang (1)', 'Anna Lee (2)', 'Katherine Marsh (1)' }, headings)
  end)

  it('knows an item again whoever of one name is written', function()
    local function keys(text)
      local got = protokol({ 'actions', '--format=jsonl', '-' }, { stdin = text })
      local list = {}
      for line in got.out:gmatch('[^\n]+') do
        table.insert(list, json.decode(line).key)
      end
      return list
    end
    local english = '# Minutes\n\nPresent: Anna Lee\n\n## Actions\n\n- %s: paint the fence\n'
    local russian =
      '# Протокол\n\nПрисутствовали: Анна Ли\n\n## Поручения\n\n- %s покрасить забор\n'
    local lee = keys(english:format('Anna Lee'))
    assert.equal(1, #lee)
    assert.same(lee, keys(english:format('AL')))
    assert.same(lee, keys((english:format('Anna Lee'):gsub('Present[^\n]*\n', ''))))
    assert.are_not.same(lee, keys(english:format('Ben')))
    assert.same(keys(russian:format('Анна Ли:')), keys(russian:format('Анне Ли')))
  end)

  it('groups under headings with counts, an item under each of its owners', function()
    local stdin =
      '# Minutes\n\n## Actions\n\n- [ ] Tom: ab cd\n- [ ] Zoe, Tom: ef gh\n- [ ] ij kl\n'
    local got = protokol({ 'actions', '--group', 'owner', '-' }, { stdin = stdin })
    local lines = {}
    for line in got.out:gmatch('([^\n]*)\n') do
      lines[#lines + 1] = line:match('^%-:(%d+):') or line
    end
    assert.same({ 'Tom (2)', '5', '6', '', 'Zoe (1)', '6', '', 'nobody (1)', '7' }, lines)
    local records = protokol(
      { 'actions', '--group=owner', '--format=jsonl', '-' },
      { stdin = stdin }
    )
    local groups = {}
    for line in records.out:gmatch('[^\n]+') do
      local record = json.decode(line)
      groups[#groups + 1] = record.group .. record.group_size
    end
    assert.same({ 'Tom2', 'Tom2', 'Zoe1', 'nobody1' }, groups)
    local csv = protokol({ 'actions', '--group=owner', '--format=csv', '-' }, { stdin = stdin })
    assert.equal(4, select(2, csv.out:gsub('\n', '')))
  end)

  it('groups by how near it is due, and sorts within', function()
    local given = {
      stdin = [[
# Minutes

- [ ] far off due:2027-01-01
- [ ] today due:2026-11-23
- [ ] some day
- [x] long done due:2026-01-01
- [ ] sunday due:2026-11-29
- [ ] monday due:2026-11-30
- [ ] late due:2026-11-22
- [ ] later due:2026-11-20
]],
    }
    local order = { '--group', 'due', '--sort', 'due' }
    assert.same({
      'later',
      'late',
      'today',
      'sunday',
      'monday',
      'far off',
      'some day',
      'long done',
    }, texts(order, given))
    local got = protokol({ 'actions', '--today=2026-11-23', '--group=due', '-' }, given)
    local headings = {}
    for line in got.out:gmatch('[^\n]+') do
      headings[#headings + 1] = line:match('^(%l[%l ]+ %(%d+%))$')
    end
    assert.same({
      'overdue (2)',
      'this week (2)',
      'next week (1)',
      'later (1)',
      'no date (1)',
      'done or cancelled (1)',
    }, headings)
  end)

  it('sorts, and keeps the order of the text among equals', function()
    assert.same({ paper, pictures, proof, van }, texts({ '--sort', 'due' }))
    assert.same({ pictures, paper, proof, van }, texts({ '--sort', 'owner' }))
    local folder = run.files({
      ['b.md'] = '# Minutes\n\n- [ ] second\n',
      ['a.md'] = '# Minutes\n\n- [ ] first\n',
    })
    run.write(folder .. '/list', 'b.md\na.md\n')
    local given = { folder = folder, path = '--files-from=list' }
    assert.same({ 'second', 'first' }, texts({}, given))
    assert.same({ 'first', 'second' }, texts({ '--sort', 'file' }, given))
  end)
end)

describe('protokol decisions', function()
  after_each(run.tidy)

  local stdin =
    '# Minutes\n\n## Decisions\n\n1. Paper of 120 g is bought.\n\nDECISION: we meet on Mondays\n'

  it('lists what was decided', function()
    local got = protokol({ 'decisions', '-' }, { stdin = stdin })
    assert.equal(0, got.status)
    assert.matches('-:5:4: [^\n]*Paper of 120 g is bought', got.out)
    assert.matches('-:7:%d+: [^\n]*we meet on Mondays\n', got.out)
  end)

  it('tells programs where and in which section', function()
    local got = protokol({ 'decisions', '--format', 'json', '-' }, { stdin = stdin })
    local list = json.decode(got.out)
    assert.equal(2, #list)
    assert.equal(5, list[1].line)
    assert.equal('Decisions', list[1].section)
  end)
end)

describe('protokol outline', function()
  after_each(run.tidy)

  it('shows fields, people and sections', function()
    local got = protokol({ 'outline', '--stdin-name', 'a.md', '-' }, { stdin = run.minutes })
    assert.equal(0, got.status)
    assert.matches('a.md:3:7: date: 2026-11-03\n', got.out, 1, true)
    assert.matches(
      'a%.md:13:%d+: present: Anna Weber, head of sales, anna@birch%.example\n',
      got.out
    )
    assert.matches('a%.md:28:%d+: ## Next steps %[[%l_-]+%]\n', got.out)
  end)

  it('tells programs the meeting, the people, the sections and the headings', function()
    local got = protokol({ 'outline', '--format', 'jsonl', '-' }, { stdin = run.minutes })
    assert.matches(
      '^{"file":"%-","profile":"negotiation","language":"en","meeting":{"title":',
      got.out
    )
    local outline = json.decode(got.out)
    assert.equal('2026-11-03', outline.meeting.date)
    assert.equal('Birch & Co', outline.meeting.client)
    assert.equal('Tom Reed', outline.people[2].name)
    assert.same({ 'tom@reed.example' }, outline.people[2].contacts)
    assert.is_true(outline.people[2].present)
    assert.equal(14, outline.people[2].line)
    local last = outline.sections[#outline.sections]
    assert.same(
      { id = 'closing', title = 'Closing statement', level = 2, line = 35, end_line = 38 },
      last
    )
    assert.same(
      { level = 1, title = 'Minutes of negotiation: new catalogue', line = 1 },
      outline.headings[1]
    )
  end)

  it('tells programs null where there is no date', function()
    local got = protokol({ 'outline', '--format', 'jsonl', '-' }, { stdin = '# Minutes\n' })
    assert.matches(
      '"meeting":{"title":"Minutes","date":null,"time":null,"place":null}',
      got.out,
      1,
      true
    )
  end)
end)
