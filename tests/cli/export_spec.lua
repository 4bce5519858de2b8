-- protokol actions and decisions --format csv, ics, todotxt, taskwarrior, org, markdown:
-- what other programs get to read. The programs themselves read it in tests/peers.

local json = require('tests.support.json')
local run = require('tests.support.run')
local protokol = run.protokol

-- luacheck: push no max line length
local minutes = [[
# Minutes of negotiation: new catalogue

Date: 2026-11-03
Client: Birch & Co

## Decisions

1. Paper of 120 g | A4 is bought.

## Next steps

- [ ] Anna Weber: send the "pictures", all of them; and the captions that belong to every single one by 2026-11-20
- [x] Tom Reed: order the paper by 2026-11-10
- [-] Tom Reed, Anna Weber: print a proof next week
- [ ] x marks the spot on C:\\maps
- [ ] =1+1 is computed, -1 is not
- [ ] 'tis quoted
- [ ] ask about <b>bold</b> \*stars\* and a\|b
]]

local russian = [[
# Протокол переговоров

Дата: 10.11.2026

## Поручения

- [x] Anna Weber: Send the “pictures”, all of them - and the captions that belong to every single one by 2026-11-27
- [ ] Иванов И.И.: подготовить договор поставки оборудования и согласовать его с юристами 🏢🏢🏢🏢🏢🏢 заказчика до 20.11.2026
]]
-- luacheck: pop

local function export(format, text, more)
  local arguments = { 'actions', '--format', format, '--today', '2026-11-23', '-' }
  for i, word in ipairs(more or {}) do
    table.insert(arguments, i + 1, word)
  end
  local got = protokol(arguments, { stdin = text or minutes })
  assert.equal(0, got.status)
  return got.out, got.err
end

local function export_two(format, more)
  local folder = run.files({ ['a.md'] = minutes, ['b.md'] = russian })
  local words = { 'actions', '--format', format, '--today=2026-11-23', 'b.md', 'a.md' }
  for _, word in ipairs(more or {}) do
    table.insert(words, word)
  end
  return protokol(words, { folder = folder })
end

local function is_utf8(text)
  return text:gsub('[%z\1-\127\194-\244][\128-\191]*', '') == ''
end

-- RFC 4180, section 2, and nothing that it does not allow.
local function read_csv(text)
  local rows, at = {}, 1
  while at <= #text do
    local row = {}
    repeat
      local cell, stop
      if text:sub(at, at) == '"' then
        local from = at + 1
        local quote = from
        while true do
          quote = assert(text:find('"', quote, true), 'an open quote')
          if text:sub(quote + 1, quote + 1) ~= '"' then
            break
          end
          quote = quote + 2
        end
        cell, stop = text:sub(from, quote - 1):gsub('""', '"'), quote + 1
      else
        cell = text:match('^[^",\r\n]*', at)
        stop = at + #cell
      end
      table.insert(row, cell)
      local comma = text:sub(stop, stop) == ','
      at = stop + 1
    until not comma
    assert(text:sub(at - 1, at) == '\r\n', 'a line end of another kind')
    at = at + 1
    table.insert(rows, row)
  end
  return rows
end

local function records(rows)
  local list = {}
  for i = 2, #rows do
    local record = {}
    assert.equal(#rows[1], #rows[i])
    for j, key in ipairs(rows[1]) do
      record[key] = rows[i][j]
    end
    table.insert(list, record)
  end
  return list
end

-- Content lines, unfolded: RFC 5545, section 3.1.
local function read_ics(text)
  local todos, todo = {}, nil
  for line in text:gmatch('([^\n]*)\n') do
    assert.equal('\r', line:sub(-1))
    assert.is_true(#line - 1 <= 75, line)
    assert.truthy(is_utf8(line), 'folded within a character: ' .. line)
  end
  for line in text:gsub('\r\n ', ''):gmatch('([^\r\n]*)\r\n') do
    local name, value = line:match('^([^:]+):(.*)$')
    if line == 'BEGIN:VTODO' then
      todo = {}
    elseif line == 'END:VTODO' then
      table.insert(todos, todo)
    elseif todo then
      assert.is_nil(todo[name], name)
      todo[name] = value
    end
  end
  return todos
end

describe('an export', function()
  after_each(run.tidy)

  it('is offered by the help and known by its name', function()
    local help = protokol({ 'actions', '--help' }).out
    local formats = 'text (default), csv, ics, json, jsonl, markdown, org, taskwarrior, todotxt'
    assert.truthy(help:find('--format FORMAT +' .. formats:gsub('[()]', '%%%0')))
    assert.truthy(help:find('\n  ics +%S'))
    help = protokol({ 'decisions', '--help' }).out
    assert.truthy(help:find('text %(default%), csv, json, jsonl, markdown\n'))
    local got = protokol({ 'decisions', '--format', 'ics', '-' })
    assert.equal(2, got.status)
    assert.matches('there is no format "ics"; there are text, csv,', got.err)
  end)

  it('gives the same bytes each time', function()
    for format in ('csv ics todotxt taskwarrior org markdown'):gmatch('%S+') do
      assert.equal(export_two(format).out, export_two(format).out)
    end
  end)

  it('holds no byte that is no text, wherever that stood', function()
    local text = '# Minutes\n\n## Actions\n\n- [ ] Anna: a\0b\27[2Jc \xFF and d by 2026-11-20\n'
    for format in ('csv ics todotxt taskwarrior org markdown'):gmatch('%S+') do
      local out = export(format, text)
      assert.truthy(is_utf8(out), format)
      assert.is_nil(out:find('\0', 1, true), format)
      assert.is_nil(format ~= 'csv' and out:find('\27', 1, true) or nil, format)
      assert.truthy(out:find('a.*b.*c.*and d'), format)
    end
  end)

  it('counts what stands in two protocols once where a key is wanted', function()
    for _, format in ipairs({ 'ics', 'taskwarrior', 'org' }) do
      local got = export_two(format)
      local text = got.out:gsub('\r\n ', '')
      local _, times = text:gsub('the captions', '')
      assert.equal(1, times, format)
      assert.matches('1 item is met again later: its latest state counts', got.err)
    end
    assert.matches('"status":"completed"[^\n]*the captions', export_two('taskwarrior').out)
    local _, times = export_two('todotxt').out:gsub('the captions', '')
    assert.equal(2, times)
  end)

  it('takes for open only what the latest protocol leaves open', function()
    local got = export_two('taskwarrior', { '--open' })
    assert.is_nil(got.out:find('the captions', 1, true))
    assert.equal(5, #json.decode(got.out))
  end)

  it('keeps the order that was asked for', function()
    local list = json.decode(export_two('taskwarrior', { '--sort', 'due' }).out)
    assert.equal('20261110T235959', list[1].due)
    assert.equal('20261120T235959', list[2].due)
    assert.equal('20261127T235959', list[3].due)
    assert.is_nil(list[4].due)
  end)
end)

describe('the key of an item', function()
  after_each(run.tidy)

  local function keys(items, title)
    local text = '# Minutes\n\n## ' .. (title or 'Actions') .. '\n\n' .. items
    local list = {}
    for line in export('jsonl', text):gmatch('[^\n]+') do
      table.insert(list, json.decode(line).key)
    end
    return list
  end

  it('stays when case, punctuation, place or the order of owners change', function()
    local first = keys('- [ ] Anna Weber, Tom Reed: send the draft by Friday\n')[1]
    assert.matches(
      '^%x%x%x%x%x%x%x%x%-%x%x%x%x%-8%x%x%x%-[89ab]%x%x%x%-%x%x%x%x%x%x%x%x%x%x%x%x$',
      first
    )
    local second =
      keys('- [ ] buy stamps\n- [x] Tom Reed, Anna Weber: Send the *draft*! by 2027-01-04\n')
    assert.equal(first, second[2])
    assert.not_equal(first, second[1])
  end)

  it('is another for other words or another owner', function()
    local all = keys([[
- [ ] Anna Weber: send the draft
- [ ] Tom Reed: send the draft
- [ ] Anna Weber: send the drafts
- [ ] Anna Weber: send draft the
- [ ] send the draft
- [ ] Anna Weber, Tom Reed: send the draft
]])
    assert.equal(6, #all)
    local seen = {}
    for _, key in ipairs(all) do
      assert.is_nil(seen[key])
      seen[key] = true
    end
  end)

  it('is that of an id of its own, unless the id only numbers the items', function()
    local all = keys([[
- [ ] Anna Weber: send the draft [id:: a3]
- [ ] Tom Reed: send the final text [id:: A3]
- [ ] Anna Weber: send the draft [id:: 3]
- [ ] Anna Weber: send the proof [id:: 3]
- [ ] Anna Weber: send the draft
]])
    assert.equal(all[1], all[2])
    assert.not_equal(all[3], all[4])
    assert.equal(all[3], all[5])
    assert.not_equal(all[1], all[5])
  end)
end)

describe('csv', function()
  after_each(run.tidy)

  it('has the members of the JSON records as columns', function()
    local rows = records(read_csv(export('csv')))
    local told = {}
    for line in export('jsonl'):gmatch('[^\n]+') do
      table.insert(told, json.decode(line))
    end
    assert.equal(#told, #rows)
    assert.equal('-', rows[1].file)
    for i, action in ipairs(told) do
      for _, key in ipairs({ 'line', 'end_column', 'status', 'source', 'key' }) do
        assert.equal(tostring(action[key]), rows[i][key])
      end
      assert.equal(action.text, (rows[i].text:gsub("^'", '')))
    end
    assert.equal('Tom Reed; Anna Weber', rows[3].owners)
    assert.same({ '', 'next week', 'false' }, { rows[3].due, rows[3].due_text, rows[3].done })
    assert.same({ '2026-11-10', 'true' }, { rows[2].due, rows[2].done })
  end)

  it('lets no cell be a formula, and loses nothing by it', function()
    local rows = records(read_csv(export('csv')))
    assert.equal("'=1+1 is computed, -1 is not", rows[5].text)
    assert.equal("''tis quoted", rows[6].text)
    for _, row in ipairs(rows) do
      for _, cell in pairs(row) do
        assert.is_nil(cell:find('^[=+@\t\r]') or cell:find('^%-.'))
      end
    end
  end)

  it('begins with a byte order mark where that is asked for', function()
    local plain = export('csv')
    assert.equal('file,', plain:sub(1, 5))
    assert.equal('\xEF\xBB\xBF' .. plain, export('csv', nil, { '--bom' }))
    assert.equal(2, protokol({ 'actions', '--bom', '-' }).status)
  end)

  it('has a header where there is nothing below it', function()
    assert.matches('^file,line,column,[%l_,]*,key,[%l_,]*\r\n$', export('csv', '# Minutes\n'))
  end)

  it('lists decisions, too', function()
    local got = protokol({ 'decisions', '--format', 'csv', '-' }, { stdin = minutes })
    local rows = records(read_csv(got.out))
    assert.equal(1, #rows)
    assert.equal('Paper of 120 g | A4 is bought.', rows[1].text)
    assert.equal('Decisions', rows[1].section)
  end)
end)

describe('ics', function()
  after_each(run.tidy)

  it('has a task for each item, in lines of 75 octets', function()
    local got = export_two('ics')
    assert.matches('^BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:[^\r]+\r\n', got.out)
    assert.matches('\r\nEND:VCALENDAR\r\n$', got.out)
    local todos = read_ics(got.out)
    assert.equal(8, #todos)
    local first, second = todos[1], todos[2]
    assert.equal('COMPLETED', first.STATUS)
    assert.equal('20261110T000000Z', first.DTSTAMP)
    assert.equal('20261127', first['DUE;VALUE=DATE'])
    assert.equal('Иванов И.И.', second.CATEGORIES)
    assert.matches('🏢🏢🏢🏢🏢🏢 заказчика', second.SUMMARY)
    assert.equal('NEEDS-ACTION', second.STATUS)
    assert.equal('CANCELLED', todos[4].STATUS)
    assert.equal('Tom Reed,Anna Weber', todos[4].CATEGORIES)
  end)

  it('escapes what would end or split a value', function()
    local todos = read_ics(export('ics'))
    assert.equal(
      'send the "pictures"\\, all of them\\; and the captions that belong to every single one',
      todos[1].SUMMARY
    )
    assert.matches('C:\\\\maps', todos[4].SUMMARY, 1, true)
    assert.equal('Owner: Tom Reed\\, Anna Weber\\nDue: next week\\n-:14', todos[3].DESCRIPTION)
  end)

  it('says aloud how many items have no due date', function()
    local _, err = export('ics')
    assert.equal('protokol: 5 items have no due date\n', err)
    _, err = export('ics', nil, { '--done' })
    assert.equal('', err)
    _, err = export('ics', '# Minutes\n\n- [ ] Anna: call\n')
    assert.equal('protokol: 1 item has no due date\n', err)
  end)

  it('gives what bears no day today as its stamp', function()
    assert.equal(
      '20261123T000000Z',
      read_ics(export('ics', '# Minutes\n\n- [ ] Anna: call\n'))[1].DTSTAMP
    )
  end)
end)

describe('todotxt', function()
  after_each(run.tidy)

  it('is a line a task', function()
    local lines = {}
    for line in export('todotxt'):gmatch('([^\n]*)\n') do
      table.insert(lines, line)
    end
    assert.same({
      '2026-11-03 send the "pictures", all of them; and the captions that belong to every single'
        .. ' one @Anna_Weber +Birch_Co due:2026-11-20',
      'x order the paper @Tom_Reed +Birch_Co due:2026-11-10',
      'x status:cancelled print a proof (next week) @Tom_Reed @Anna_Weber +Birch_Co',
      [[2026-11-03 x marks the spot on C:\maps +Birch_Co]],
      '2026-11-03 =1+1 is computed, -1 is not +Birch_Co',
      "2026-11-03 'tis quoted +Birch_Co",
      '2026-11-03 ask about bold *stars* and a|b +Birch_Co',
    }, lines)
  end)

  it('begins with no mark that the minutes did not mean', function()
    local done = '- [x] x marks\n- [x] 2026-01-05 report is to be filed\n- [x] y marks\n'
    assert.equal(
      'x status:done x marks\nx status:done 2026-01-05 report is to be filed\nx y marks\n',
      export('todotxt', '# Minutes\n\nDate: 2026-11-03\n\n' .. done)
    )
  end)
end)

describe('taskwarrior', function()
  after_each(run.tidy)

  it('is an array of tasks', function()
    local list = json.decode(export('taskwarrior'))
    assert.equal(7, #list)
    assert.equal('completed', list[2].status)
    assert.equal('20261103T000000', list[2]['end'])
    assert.same({ 'Tom_Reed', 'Anna_Weber' }, list[3].tags)
    assert.equal('deleted', list[3].status)
    assert.equal('-:14, next week', list[3].annotations[1].description)
    assert.equal('pending', list[4].status)
    assert.equal([[x marks the spot on C:\maps]], list[4].description)
    assert.equal('Birch & Co', list[4].project)
    assert.equal('[]\n', export('taskwarrior', '# Minutes\n'))
  end)
end)

describe('org', function()
  after_each(run.tidy)

  it('is a headline with a deadline and properties', function()
    local out = export('org', russian)
    assert.matches('^#%+TODO: TODO | DONE CANCELLED\n\n%* DONE Send ', out)
    assert.truthy(
      out:find('заказчика\nDEADLINE: <2026-11-20 Fri>\n:PROPERTIES:\n:ID: ', 1, true)
    )
    assert.truthy(
      out:find(
        '\n:OWNER: Иванов И.И.\n:DUE: до 20.11.2026\n:SOURCE: -:8\n:END:\n',
        1,
        true
      )
    )
  end)

  it('lets nothing in an item be a mark of its own', function()
    local items = '- [ ] COMMENT on the draft\n- [ ] see [[a]] and <2026-01-02> in :plan:\n'
    local out = export('org', '# Minutes\n\n## Actions\n\n' .. items):gsub('\xE2\x80\x8B', '~')
    assert.truthy(out:find('* TODO ~COMMENT on the draft\n', 1, true))
    assert.truthy(out:find('* TODO see [~[a]] and <~2026-01-02> in :plan:~\n', 1, true))
  end)
end)

describe('markdown', function()
  after_each(run.tidy)

  it('is a table that reads back as it was', function()
    local function told(text)
      local list = {}
      for line in export('jsonl', text):gmatch('[^\n]+') do
        local action = json.decode(line)
        local due = action.due or action.due_text
        table.insert(list, { action.text, table.concat(action.owners, ', '), due, action.status })
      end
      return list
    end
    local out = export('markdown')
    assert.matches('^| Action | Owner | Due | Status |\n| %-%-%- |', out)
    assert.same(told(minutes), told('# Minutes\n\nDate: 2026-11-03\n\n' .. out))
  end)

  it('speaks the language of the first document, or the one asked for', function()
    assert.matches(
      '^| Поручение | Ответственный | Срок | Статус |\n',
      export_two('markdown').out
    )
    assert.matches(
      '\n| order the paper | Tom Reed | 10.11.2026 | Выполнено |\n',
      export_two('markdown').out
    )
    assert.matches('^| Aufgabe | Verantwortlich |', export('markdown', nil, { '--lang', 'de' }))
    assert.matches('^| Action | Owner |', export('markdown', '# Minutes\n'))
  end)

  it('lists decisions, too', function()
    local got = protokol({ 'decisions', '--format', 'markdown', '-' }, { stdin = minutes })
    assert.equal(
      '| No. | Decision |\n| --- | --- |\n|  | Paper of 120 g \\| A4 is bought. |\n',
      got.out
    )
  end)
end)
