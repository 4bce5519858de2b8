-- The exports, read by the programs they are for.

local json = require('tests.support.json')
local run = require('tests.support.run')
local shell, quote = run.shell, run.quote

local first = [==[
# Minutes of negotiation: new catalogue

Date: 2026-11-03
Client: Birch & Co

## Next steps

- [ ] Anna Weber: send the "pictures", all of them; and the captions by 2026-11-20
- [x] Tom Reed: order the paper by 2026-11-10
- [-] Tom Reed, Anna Weber: print a proof next week
- [ ] =1+1 is computed, in C:\\maps
- [ ] 'tis *quoted*: [[link]] <2026-01-01> ~a~ | b
- [ ] COMMENT on the draft, then ask about :price:
]==]

local second = [[
# Протокол переговоров

Дата: 10.11.2026

## Поручения

- [x] Anna Weber: send the "pictures", all of them; and the captions by 2026-11-20
- [ ] Иванов И.И.: подготовить договор поставки, согласовать с юристами 🏢🏢 до 24.11.2026
]]

local folder

-- Writes the export of the files to tasks.<format> there and gives its path.
local function export(format, files, more)
  local words = { 'actions', '--format', format, '--today', '2026-11-23', more }
  for _, name in ipairs(files) do
    table.insert(words, name)
  end
  local got = run.protokol(words, { folder = folder })
  assert.equal(0, got.status, got.err)
  return run.write(folder .. '/tasks.' .. format, got.out)
end

local both, one = { 'a.md', 'b.md' }, { 'a.md' }

local function told(files)
  local list = {}
  for line in run.read(export('jsonl', files)):gmatch('[^\n]+') do
    table.insert(list, json.decode(line))
  end
  return list
end

-- Each by its text, as JSON tells it.
local function by_text(files)
  local map = {}
  for _, action in ipairs(told(files)) do
    map[action.text] = action
  end
  return map
end

-- A program with the folder as its home, and what it prints.
local function ask(command)
  local home = 'cd ' .. quote(folder) .. ' && export HOME=$PWD LC_ALL=C.UTF-8 TZ=UTC && '
  return shell(home .. '{ ' .. command .. '; } 2>>errors')
end

local function first_of(...)
  for _, name in ipairs({ ... }) do
    if shell('command -v ' .. name) ~= '' then
      return name
    end
  end
  return nil
end

before_each(function()
  folder = run.files({ ['a.md'] = first, ['b.md'] = second })
end)
after_each(run.tidy)

describe('Python', function()
  local reader = [[
import csv, json, sys
with open('tasks.csv', newline='', encoding=sys.argv[1]) as file:
    print(json.dumps(list(csv.DictReader(file, strict=True))))
]]

  it('reads from csv what JSON tells', function()
    run.write(folder .. '/read.py', reader)
    for encoding, option in pairs({ ['utf-8'] = '--sort=file', ['utf-8-sig'] = '--bom' }) do
      export('csv', both, option)
      local rows = json.decode(ask('python3 read.py ' .. encoding))
      local actions = told(both)
      assert.equal(#actions, #rows)
      for i, action in ipairs(actions) do
        assert.equal(action.text, (rows[i].text:gsub("^'", '')))
        assert.equal(table.concat(action.owners, '; '), rows[i].owners)
        assert.equal(action.due == json.null and '' or action.due, rows[i].due)
        assert.equal(tostring(action.line), rows[i].line)
        assert.equal(action.key, rows[i].key)
      end
    end
  end)
end)

describe('Taskwarrior', function()
  local task = 'task rc:rc rc.confirmation=no rc.verbose=nothing '

  local function tasks()
    local map = {}
    for _, found in ipairs(json.decode(ask(task .. 'export'))) do
      map[found.uuid] = found
    end
    return map
  end

  before_each(function()
    run.write(folder .. '/rc', 'data.location=' .. folder .. '/task\n')
  end)

  it('imports each item, with state, owners and due date', function()
    export('taskwarrior', both)
    ask(task .. 'import tasks.taskwarrior')
    local found, count = tasks(), 0
    local states = { open = 'pending', done = 'completed', cancelled = 'deleted' }
    for text, action in pairs(by_text(both)) do
      local of = assert(found[action.key], text)
      assert.equal(text, of.description)
      assert.equal(states[action.status], of.status)
      assert.equal(#action.owners, #(of.tags or {}))
      local due = action.due ~= json.null and action.due:gsub('-', '') .. 'T235959Z' or nil
      assert.equal(due, of.due)
      count = count + 1
    end
    assert.equal(7, count)
    assert.equal('1', ask(task .. '+Иванов_И_И count'))
    assert.equal('1', ask(task .. 'due:2026-11-24 count'))
  end)

  it('skips what it has already and changes what a later protocol changed', function()
    export('taskwarrior', one)
    ask(task .. 'import tasks.taskwarrior')
    local before = ask(task .. 'export')
    local again = ask('task rc:rc rc.confirmation=no import tasks.taskwarrior 2>&1')
    assert.equal(6, select(2, again:gsub('skip ', '')))
    assert.equal(before, ask(task .. 'export'))
    export('taskwarrior', both)
    ask(task .. 'import tasks.taskwarrior')
    local key = by_text(both)['send the "pictures", all of them; and the captions'].key
    assert.equal('completed', tasks()[key].status)
    assert.equal(7, #json.decode(ask(task .. 'export')))
  end)
end)

describe('Emacs', function()
  local reader = [[
(require 'org)
(require 'org-lint)
(require 'json)
(find-file "tasks.org")
(princ (json-encode (list
  (cons "problems" (length (org-lint)))
  (cons "items" (vconcat (org-map-entries (lambda ()
    (list (cons "state" (org-get-todo-state))
          (cons "text" (org-no-properties (org-get-heading t t t t)))
          (cons "due" (org-entry-get nil "DEADLINE"))
          (cons "owner" (org-entry-get nil "OWNER"))
          (cons "source" (org-entry-get nil "SOURCE"))
          (cons "tags" (length (org-get-tags)))
          (cons "id" (org-id-get))))))))))
]]

  it('finds in Org each item once, with state, owners and deadline', function()
    run.write(folder .. '/read.el', reader)
    export('org', both)
    local got = json.decode(ask('emacs --batch -Q -l read.el'))
    assert.equal(0, got.problems)
    assert.equal(7, #got.items)
    local wanted = by_text(both)
    local states = { open = 'TODO', done = 'DONE', cancelled = 'CANCELLED' }
    for _, item in ipairs(got.items) do
      local text = item.text:gsub('\xE2\x80\x8B', '')
      local action = assert(wanted[text], text)
      assert.equal(states[action.status], item.state)
      assert.equal(action.key, item.id)
      assert.equal(0, item.tags)
      assert.equal(action.file .. ':' .. action.line, item.source)
      local owners = table.concat(action.owners, ', ')
      assert.equal(owners ~= '' and owners or json.null, item.owner)
      assert.equal(action.due, item.due == json.null and item.due or item.due:match('^<(.-) %a+>$'))
    end
    assert.equal('<2026-11-24 Tue>', got.items[#got.items].due)
  end)
end)

describe('todo.txt-cli', function()
  it('lists owners and projects and archives what is done', function()
    local todo = assert(first_of('todo-txt', 'todo.sh'), 'no todo.txt-cli here')
    export('todotxt', both)
    os.rename(folder .. '/tasks.todotxt', folder .. '/todo.txt')
    local config =
      'export TODO_DIR=%s TODO_FILE=%s/todo.txt DONE_FILE=%s/done.txt REPORT_FILE=%s/report\n'
    run.write(folder .. '/config', (config:gsub('%%s', folder)))
    todo = todo .. ' -p -d config '
    assert.equal('@Anna_Weber\n@Tom_Reed\n@Иванов_И_И', ask(todo .. 'lsc'))
    assert.equal('+Birch_Co', ask(todo .. 'lsprj'))
    assert.matches('\nTODO: 1 of 8 tasks shown$', ask(todo .. 'ls @Иванов_И_И'))
    ask(todo .. 'archive')
    local _, done = run.read(folder .. '/done.txt'):gsub('\n', '')
    assert.equal(3, done)
  end)
end)

describe('a CalDAV server and its clients', function()
  local server

  local function keep(text, values)
    return (text:gsub('%$(%l+)', values))
  end

  local function serve(port)
    run.write(
      folder .. '/radicale.conf',
      keep(
        [[
[server]
hosts = 127.0.0.1:$port
[auth]
type = none
[storage]
filesystem_folder = $folder/served
]],
        { port = port, folder = folder }
      )
    )
    ask('mkdir -p served/collection-root/anna/tasks folder/tasks')
    run.write(
      folder .. '/served/collection-root/anna/tasks/.Radicale.props',
      '{"tag": "VCALENDAR"}'
    )
    server = ask('sh -c "radicale -C radicale.conf >served.log 2>&1 & echo \\$!"')
    ask('sh -c "for i in $(seq 100); do grep -q ready served.log && break; sleep 0.1; done"')
  end

  before_each(function()
    local port = 20000 + tonumber(shell('echo $$')) % 20000
    serve(port)
    run.write(
      folder .. '/sync.conf',
      keep(
        [[
[general]
status_path = "$folder/status/"
[pair up]
a = "file"
b = "server"
collections = null
conflict_resolution = "a wins"
[pair down]
a = "server"
b = "folder"
collections = null
conflict_resolution = "a wins"
[storage file]
type = "singlefile"
path = "$folder/tasks.ics"
[storage server]
type = "caldav"
url = "http://127.0.0.1:$port/anna/tasks/"
username = "anna"
password = "any"
[storage folder]
type = "filesystem"
path = "$folder/folder/tasks/"
fileext = ".ics"
]],
        { port = port, folder = folder }
      )
    )
    run.write(
      folder .. '/todoman.py',
      keep('path = "$folder/folder/*"\ndefault_list = "tasks"\n', { folder = folder })
    )
  end)

  after_each(function()
    shell('kill ' .. server)
  end)

  local function sync()
    return ask('vdirsyncer -c sync.conf sync up 2>&1 && vdirsyncer -c sync.conf sync down 2>&1')
  end

  local function todos()
    local todoman = first_of('todoman', 'todo')
    local list = ask(todoman .. ' --config todoman.py --porcelain list --status ANY')
    local map, count = {}, 0
    for _, todo in ipairs(json.decode(list)) do
      map[todo.summary] = todo
      count = count + 1
    end
    return map, count
  end

  it('keep each task as it was exported', function()
    export('ics', both)
    ask('vdirsyncer -c sync.conf discover </dev/null')
    sync()
    local found, count = todos()
    assert.equal(7, count, run.read(folder .. '/errors'))
    for text, action in pairs(by_text(both)) do
      local todo = assert(found[text], text)
      assert.equal(action.status ~= 'open', todo.completed)
      local due = todo.due ~= json.null and os.date('!%Y-%m-%d', todo.due) or json.null
      assert.equal(action.due, due)
      assert.truthy(todo.description:find(action.file .. ':' .. action.line, 1, true))
    end
  end)

  it('take the same export for nothing new and a later state for the same task', function()
    export('ics', one)
    ask('vdirsyncer -c sync.conf discover </dev/null')
    assert.matches('uploading', sync())
    export('ics', one)
    assert.is_nil(sync():find('Copying', 1, true))
    export('ics', both)
    sync()
    local found, count = todos()
    assert.equal(7, count)
    assert.is_true(found['send the "pictures", all of them; and the captions'].completed)
  end)
end)
