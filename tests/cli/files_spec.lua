-- Files that cannot be read, never end or go away, and disks that take nothing more: what is in the
-- way is told, the rest is done, and what was there is there still.

local json = require('tests.support.json')
local run = require('tests.support.run')

-- Something to mend, and more than a page of memory: a disk may take the half of it. Each item is
-- another, so that a baseline is long, too.
local items = {}
for i = 1, 200 do
  items[i] = ('- [ ] call number %d about its paper\n'):format(i)
end
local lacking = run.minutes
  :gsub('## Agreements.-\n(## Next)', '%1')
  :gsub('%- %[ %] Book a van\n', function(line)
    return line .. table.concat(items)
  end)

local function names_in(got)
  local names, seen = {}, {}
  for _, object in ipairs(json.lines(got.out)) do
    if not seen[object.file] then
      names[#names + 1] = object.file
    end
    seen[object.file] = true
  end
  return names
end

local actions = run.command('actions', '--format', 'jsonl')

describe('a path to', function()
  after_each(run.tidy)

  --- Reads the path between two good ones: they are read, and this is told.
  local function is_told(folder, path, why, who)
    local got = actions({ 'a.md', path, 'b.md' }, {
      folder = folder,
      within = 'timeout 10 ' .. (who or ''),
    })
    assert.equal('protokol: ' .. path .. ': ' .. why .. '\n', got.err)
    assert.equal(2, got.status)
    assert.same({ 'a.md', 'b.md' }, names_in(got))
  end

  local function two()
    return run.files({ ['a.md'] = run.minutes, ['b.md'] = run.minutes })
  end

  it('what may not be read is told', function()
    local nobody = run.as_nobody()
    if not nobody then
      return pending('root may read anything, and cannot be somebody else here')
    end
    local folder = two()
    run.write(folder .. '/shut.md', run.minutes)
    os.execute(
      ('mkdir %s/closed; chmod 755 %s; chmod 0 %s/shut.md %s/closed'):format(
        folder,
        folder,
        folder,
        folder
      )
    )
    is_told(folder, 'shut.md', 'Permission denied', nobody)
    is_told(folder, 'closed', 'Permission denied', nobody)
    is_told(folder, 'closed/c.md', 'Permission denied', nobody)
  end)

  it('a pipe that nobody writes into is told', function()
    local folder = two()
    os.execute('mkfifo ' .. folder .. '/pipe.md')
    is_told(folder, 'pipe.md', 'a pipe that nobody writes into')
  end)

  it('a pipe that somebody writes into, however late, is read', function()
    local folder = two()
    run.write(folder .. '/c', run.minutes)
    os.execute(("cd '%s' && mkfifo pipe.md && { { sleep 0.1; cat c; } >pipe.md & }"):format(folder))
    local got = actions({ 'a.md', 'pipe.md' }, { folder = folder, within = 'timeout 10' })
    assert.equal('', got.err)
    assert.same({ 'a.md', 'pipe.md' }, names_in(got))
  end)

  it('a pipe of the shell is read, though it holds nothing', function()
    local got = actions({ '/dev/fd/9' }, { within = 'timeout 10 sh -c \': | "$@" 9<&0\' sh' })
    assert.equal('', got.err)
    assert.equal(0, got.status)
  end)

  it('a device is told', function()
    local folder = two()
    for _, device in ipairs({ '/dev/zero', '/dev/urandom' }) do
      is_told(folder, device, 'a device, no document')
    end
    local got = actions({ '-' }, { within = 'timeout 10 sh -c \'exec "$@" </dev/zero\' sh' })
    assert.equal('protokol: -: a device, no document\n', got.err)
  end)

  it('the device that holds nothing is read', function()
    local got = actions({ '/dev/null' })
    assert.equal('', got.err)
    assert.equal(0, got.status)
  end)

  it('links that lead round in circles is told; in a folder they are passed by', function()
    local folder = two()
    os.execute(("cd '%s' && ln -s y.md x.md && ln -s x.md y.md && ln -s . round"):format(folder))
    is_told(folder, 'x.md', 'Too many levels of symbolic links')
    local got = actions({ '.' }, { folder = folder })
    assert.equal('', got.err)
    assert.same({ './a.md', './b.md' }, names_in(got))
  end)

  it('a file that grows is read as far as it had come', function()
    local folder = two()
    local writer = ("while test -e '%s/a.md'; do cat '%s/a.md' >>'%s/c.md'; done"):format(
      folder,
      folder,
      folder
    )
    os.execute(('timeout 3 sh -c %s >/dev/null 2>&1 &'):format(run.quote(writer)))
    for _ = 1, 20 do
      local got = actions({ 'a.md', 'c.md' }, { folder = folder, within = 'timeout 10' })
      assert.is_true(got.status == 0 or got.err:find('c.md: No such file', 1, true) ~= nil, got.err)
    end
    os.remove(folder .. '/a.md')
  end)

  it('files that come and go is told of at most, and the rest is done', function()
    local folder = two()
    local restless = ("cd '%s' && while test -e a.md; do cp a.md m.md; mv m.md n.md; rm n.md; done"):format(
      folder
    )
    os.execute(('timeout 5 sh -c %s >/dev/null 2>&1 &'):format(run.quote(restless)))
    for _ = 1, 40 do
      local got = actions({ '.' }, { folder = folder })
      local rest = got.err
        :gsub('protokol: %./[mn]%.md: No such file or directory\n', '')
        :gsub('protokol: %./[mn]%.md: [^\n]*changed[^\n]*\n', '')
      assert.equal('', rest)
      assert.equal(got.err == '' and 0 or 2, got.status)
      local names = table.concat(names_in(got), ' ')
      assert.matches('^%./a%.md %./b%.md', names)
    end
    os.remove(folder .. '/a.md')
  end)

  for what, name in pairs({
    ['a line break'] = 'a\nb.md',
    ['quotes'] = 'q"uo\'te.md',
    ['a bar and a bang'] = 'a|!touch x|.md',
    ['a command'] = '$(touch x)`touch x`.md',
    ['percent signs'] = '%s%n%d#.md',
    ['a colon and digits'] = 'c:3:4.md',
    ['a dash in front'] = '-rf.md',
    ['nothing but spaces'] = ' .md',
  }) do
    it('a name with ' .. what .. ' is taken as it is', function()
      local folder = run.files({ [name] = lacking })
      local got = actions({ '--', name }, { folder = folder })
      assert.equal('', got.err)
      assert.same({ name }, names_in(got))
      got = run.protokol({ 'lint', '--fix', '--', name }, { folder = folder })
      assert.equal('', got.err)
      assert.matches('\n## Agreements reached\n', run.read(folder .. '/' .. name), 1, true)
      got = run.protokol(
        { 'record', 'sent', '--who', 'A', '--to', 't@x.example', '--', name },
        { folder = folder }
      )
      assert.equal('', got.err)
      assert.matches('event: sent', run.read(folder .. '/' .. name), 1, true)
      local there = run.shell(("cd '%s'; set -- * .protokol; echo $#"):format(folder))
      assert.equal('2', there)
    end)
  end

  it('a name that is no UTF-8 is taken, and told as well as it can be', function()
    local name = 'l\255\254.md'
    local folder = run.files({ [name] = lacking })
    local got = run.protokol({ 'lint', '--fix', '--format', 'jsonl', name }, { folder = folder })
    assert.same({ 'l\239\191\189\239\191\189.md' }, names_in(got))
    assert.matches('\n## Agreements reached\n', run.read(folder .. '/' .. name), 1, true)
  end)

  it('a name with control characters steers no terminal by what is recorded', function()
    local name = 'a\27[31m.md'
    local folder = run.files({ [name] = run.minutes })
    local got = run.protokol(
      { 'record', 'sent', '--who', 'A', '--to', 't@x.example', name },
      { folder = folder }
    )
    assert.equal('a?[31m.md: sent, revision 1\n', got.out)
    run.write(folder .. '/t.md', '# Minutes \27[31mred, 2026-11-20\n\n- [ ] call\n')
    got = run.protokol({ 'status', 't.md' }, { folder = folder })
    assert.is_nil(got.out:find('\27'))
  end)
end)

-- -- Disks --

local mounts = "unshare -rm sh -c 'mount -t tmpfs none /tmp'"

--- What a small disk is made of before the program runs on it; `room` is in pages of 4 KiB.
local disks = {
  ['full'] = { room = 0, why = 'No space left on device' },
  ['all but full'] = { room = 1, why = 'No space left on device' },
  ['read-only'] = { why = 'Read-only file system' },
}

local script = [[
mount -t tmpfs -o size=256k none disk && cp -a start/. disk && cd disk || exit 77
if [ -n "$ROOM" ]; then
  head -c $((ROOM * 4096)) /dev/zero >room
  cat /dev/zero >fill 2>/dev/null
  rm room
else
  mount -o remount,ro .
fi
"$@"
status=$?
[ -z "$ROOM" ] || rm fill
cp -a . ../after
exit $status
]]

--- Runs protokol on such a disk; also gives the folder as it was and the folder as it is then.
local function on_disk(disk, files, arguments, given)
  local folder = run.folder()
  os.execute(("mkdir '%s/disk' '%s/start'"):format(folder, folder))
  for name, text in pairs(files) do
    local parent = name:match('^(.*)/')
    os.execute(("mkdir -p '%s/start/%s'"):format(folder, parent or '.'))
    run.write(folder .. '/start/' .. name, text)
  end
  local options = {
    folder = folder,
    environment = 'ROOM=' .. (disk.room or ''),
    within = 'timeout 30 unshare -rm sh -c ' .. run.quote(script) .. ' sh',
  }
  for key, value in pairs(given or {}) do
    options[key] = value
  end
  return run.protokol(arguments, options), folder .. '/start', folder .. '/after'
end

local function is_as_before(start, after, but)
  assert.equal(
    '',
    run.shell(("diff -r --exclude='%s' '%s' '%s' 2>&1"):format(but or '', start, after))
  )
end

local old = lacking:gsub('2026%-11%-03', '2026-10-01')
local writers = {
  ['lint --fix'] = { 'lint', '--fix', '--quiet', 'a.md' },
  ['lint --write-baseline'] = { 'lint', '--write-baseline', 'base', 'a.md' },
  ['lint --write-baseline over an old one'] = { 'lint', '--write-baseline', 'old-base', 'a.md' },
  ['record'] = { 'record', 'sent', '--who', 'A', '--to', 't@x.example', 'a.md' },
  ['record, the second time'] = { 'record', 'sent', '--who', 'A', '--to', 't@x.example', 'c.md' },
  ['new --mark'] = { 'new', '--from', 'old.md', '--mark' },
  ['send --output'] = {
    'send',
    '--plain',
    '--me',
    'A <a@x.example>',
    '--output',
    'draft.eml',
    'a.md',
  },
  ['send --output to a new file'] = {
    'send',
    '--plain',
    '--me',
    'A <a@x.example>',
    '--output',
    'new.eml',
    'a.md',
  },
  ['send --each'] = {
    'send',
    '--plain',
    '--me',
    'A <a@x.example>',
    '--to',
    't@x.example',
    '--to',
    'u@x.example',
    '--each',
    '--output',
    'drafts',
    'a.md',
  },
  ['export'] = { 'export', 'html', 'a.md' },
  ['export over an old page'] = { 'export', '--force', 'html', 'old.md' },
}

local sent_once

--- What every disk holds.
local function files()
  if not sent_once then
    local folder = run.files({ ['c.md'] = lacking })
    run.protokol(
      { 'record', 'sent', '--who', 'A', '--to', 't@x.example', 'c.md' },
      { folder = folder }
    )
    sent_once = {
      ['c.md'] = run.read(folder .. '/c.md'),
      ['.protokol/c/r1.md'] = run.read(folder .. '/.protokol/c/r1.md'),
    }
  end
  return {
    ['a.md'] = lacking,
    ['old.md'] = old,
    ['old.html'] = '<p>old</p>\n',
    ['old-base'] = '# protokol baseline 1\n',
    ['draft.eml'] = 'Subject: old\n',
    ['drafts/2.eml'] = 'Subject: old\n',
    ['c.md'] = sent_once['c.md'],
    ['.protokol/c/r1.md'] = sent_once['.protokol/c/r1.md'],
  }
end

describe('a disk that is', function()
  after_each(run.tidy)

  for state, disk in pairs(disks) do
    for what, arguments in pairs(writers) do
      it(state .. ' is told by ' .. what .. ', and nothing is lost', function()
        if not run.can(mounts) then
          return pending('no file system can be mounted here')
        elseif arguments[1] == 'export' and not run.can('command -v pandoc') then
          return pending('pandoc is not installed')
        end
        local got, start, after = on_disk(disk, files(), arguments)
        assert.equal(2, got.status, got.err)
        assert.matches(disk.why, got.err, 1, true)
        is_as_before(start, after)
      end)
    end
  end

  it('full is told where a template goes there', function()
    for _, words in ipairs({ { 'new' }, { 'rules' }, { '--help' }, { 'check', '--schema' } }) do
      local got = run.protokol(words, { out = '/dev/full' })
      assert.equal('protokol: standard output: No space left on device\n', got.err)
      assert.equal(2, got.status)
    end
  end)

  it('full is told where findings and mended text go there', function()
    local folder = run.files({ ['a.md'] = lacking })
    for _, words in ipairs({
      { 'lint', 'a.md' },
      { 'lint', '--format', 'json', 'a.md' },
      { 'lint', '--diff', 'a.md' },
      { 'actions', 'a.md' },
      { 'outline', 'a.md' },
      { 'send', '--plain', '--me', 'A <a@x.example>', 'a.md' },
    }) do
      local got = run.protokol(words, { folder = folder, out = '/dev/full' })
      assert.equal('protokol: standard output: No space left on device\n', got.err)
      assert.equal(2, got.status)
    end
    local got = run.protokol({ 'lint', '--fix', '-' }, { stdin = lacking, out = '/dev/full' })
    assert.matches('protokol: standard output: No space left on device\n$', got.err)
    assert.equal(2, got.status)
  end)

  it('full marks nothing in earlier minutes as carried over', function()
    local folder = run.files({ ['old.md'] = old })
    local got = run.protokol(
      { 'new', '--from', 'old.md', '--mark' },
      { folder = folder, out = '/dev/full' }
    )
    assert.equal(2, got.status)
    assert.equal(old, run.read(folder .. '/old.md'))
    assert.equal('old.md', run.shell('ls -A ' .. folder))
  end)
end)

describe('a limit on the size of files', function()
  after_each(run.tidy)

  for what, arguments in pairs(writers) do
    it('is told by ' .. what .. ', and nothing is lost', function()
      if arguments[1] == 'export' and not run.can('command -v pandoc') then
        return pending('pandoc is not installed')
      end
      local folder, before = run.files(files()), run.files(files())
      local got = run.protokol(arguments, {
        folder = folder,
        within = 'sh -c \'ulimit -f 1; exec "$@"\' sh',
      })
      assert.equal(2, got.status, got.err)
      assert.matches('File too large', got.err, 1, true)
      is_as_before(before, folder)
    end)
  end
end)
