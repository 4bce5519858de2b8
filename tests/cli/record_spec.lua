-- protokol record and status: each event, what is refused, and that nothing else changes.

local json = require('tests.support.json')
local run = require('tests.support.run')

local author = { environment = "PROTOKOL_AUTHOR='Anna Weber'" }

local function record(folder, words, given)
  local all = { 'record' }
  for _, word in ipairs(words) do
    table.insert(all, word)
  end
  local options = { folder = folder, environment = author.environment }
  for key, value in pairs(given or {}) do
    options[key] = value
  end
  return run.protokol(all, options)
end

local function done(folder, ...)
  local got = record(folder, { ... })
  assert.equal('', got.err)
  assert.equal(0, got.status)
  return got.out
end

local function refused(folder, why, ...)
  local before = run.read(folder .. '/a.md')
  local got = record(folder, { ... })
  assert.equal(2, got.status)
  assert.equal('', got.out)
  assert.matches(why, got.err, 1, true)
  assert.equal(before, run.read(folder .. '/a.md'))
end

local function status(folder, name, ...)
  local got = run.protokol(
    { 'status', '--format', 'jsonl', '--today', '2026-11-23', name or 'a.md', ... },
    { folder = folder }
  )
  assert.equal('', got.err)
  return json.lines(got.out)[1]
end

local function at(day, hour)
  return ('2026-11-%02dT%02d:00:00+01:00'):format(day, hour or 9)
end

describe('protokol record', function()
  after_each(run.tidy)

  it('takes a round from the first question to the last confirmation', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local tom, anna = 'Tom Reed <tom@reed.example>', 'anna@birch.example'
    assert.equal('draft', status(folder).stand)
    done(folder, 'detail', '--level', 'brief', '--how', 'phone', '--time', at(4), 'a.md')
    assert.equal('draft', status(folder).stand)
    assert.equal(
      'a.md: sent, revision 1\n',
      done(folder, 'sent', '--to', tom, '--time', at(5), 'a.md')
    )
    assert.equal('sent', status(folder).stand)
    assert.is_true(status(folder).theirs)
    done(
      folder,
      'walkthrough',
      '--understood',
      'The catalogue',
      '--unclear',
      'Book a van',
      '--time',
      at(5, 10),
      'a.md'
    )
    done(
      folder,
      'objection',
      '--who',
      'Tom Reed',
      '--item',
      'The catalogue',
      '--text',
      '115 g',
      '--time',
      at(6),
      'a.md'
    )
    done(folder, 'objection', '--who', 'Tom Reed', '--text', 'whose van?', '--time', at(6), 'a.md')
    local objected = status(folder)
    assert.equal('objected', objected.stand)
    assert.equal(2, #objected.objections)
    assert.equal('whose van?', objected.objections[2].text)
    done(
      folder,
      'resolution',
      '--of',
      '1',
      '--outcome',
      'compromise',
      '--text',
      '118 g',
      '--time',
      at(7),
      'a.md'
    )
    done(folder, 'resolution', '--of=2', '--outcome=withdrawn', '--time', at(7), 'a.md')
    run.write(folder .. '/a.md', (run.read(folder .. '/a.md'):gsub('paper of 120', 'paper of 118')))
    assert.is_true(status(folder).edited)
    done(folder, 'sent', '--to', tom, '--time', at(8), 'a.md')
    assert.equal(2, status(folder).revision)
    done(
      folder,
      'approved',
      '--who',
      'Tom Reed',
      '--reference',
      '<1@reed.example>',
      '--time',
      at(9),
      'a.md'
    )
    assert.equal('agreed', status(folder).stand)
    assert.same({ 'Anna Weber', 'Tom Reed' }, status(folder).unserved)
    done(folder, 'distributed', '--to', tom, '--to', anna, '--time', at(10), 'a.md')
    assert.same({ tom, anna }, status(folder).unconfirmed)
    done(folder, 'confirmed', '--who', 'tom@reed.example', '--time', at(11), 'a.md')
    assert.same({ anna }, status(folder).unconfirmed)
    done(folder, 'confirmed', '--who', 'Anna Weber', '--time', at(11), 'a.md')
    assert.equal('closed', status(folder).stand)
    run.write(folder .. '/a.md', (run.read(folder .. '/a.md'):gsub('paper of 118', 'paper of 117')))
    assert.is_true(status(folder).changed)
    done(folder, 'amended', '--what', '117 g is in stock', '--time', at(12), 'a.md')
    local amended = status(folder)
    assert.equal('agreed', amended.stand)
    assert.is_false(amended.changed)
    assert.equal(2, #amended.unserved)
    assert.equal('a1.md\nr1.md\nr2.md', run.shell('ls -A ' .. folder .. '/.protokol/a'))
    local lint = run.protokol(
      { 'lint', '--format', 'short', '--today', '2026-11-13', 'a.md' },
      { folder = folder }
    )
    for _, rule in ipairs({ 'approval', 'revision', 'detail', 'front' }) do
      assert.not_matches('[' .. rule, lint.out, 1, true)
    end
  end)

  it('keeps what was sent, byte for byte, and writes it never again', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    done(folder, 'sent', '--to', 't@x.example', 'a.md')
    assert.equal(run.minutes, run.read(folder .. '/.protokol/a/r1.md'))
    assert.equal('444', run.shell('stat -c %a ' .. folder .. '/.protokol/a/r1.md'))
    -- Put back to before, and sent again with other words: the first r1 stays, under another name.
    run.write(folder .. '/a.md', run.minutes .. 'More.\n')
    done(folder, 'sent', '--to', 't@x.example', 'a.md')
    assert.equal(run.minutes .. 'More.\n', run.read(folder .. '/.protokol/a/r1.md'))
    assert.equal(run.minutes, run.read(folder .. '/.protokol/a/r1-unsent-1.md'))
  end)

  it('touches nothing but the log', function()
    local front =
      '---\n# ours\nsubject:   \'windows\'  # so\n\ndistribution: ["a@x.example",\n  b@x.example]\n---\n'
    local folder = run.files({ ['a.md'] = front .. run.minutes })
    done(folder, 'detail', '--level', 'brief', '--time', at(4), 'a.md')
    assert.equal(
      front:gsub('%-%-%-\n$', '')
        .. 'approval:\n  - time: 2026-11-04T09:00:00+01:00\n    event: detail\n'
        .. '    who: "Anna Weber"\n    level: brief\n---\n'
        .. run.minutes,
      run.read(folder .. '/a.md')
    )
  end)

  it('keeps line ends, mode and what a link is', function()
    local folder = run.files({ ['real/a.md'] = (run.minutes:gsub('\n', '\r\n')) })
    os.execute(('chmod 640 %s/real/a.md && ln -s real/a.md %s/link.md'):format(folder, folder))
    done(folder, 'sent', '--to', 't@x.example', 'link.md')
    local text = run.read(folder .. '/real/a.md')
    assert.matches('approval:\r\n', text, 1, true)
    assert.is_nil(text:gsub('\r\n', ''):find('[\r\n]'))
    assert.equal('640', run.shell('stat -c %a ' .. folder .. '/real/a.md'))
    assert.equal('real/a.md', run.shell('readlink ' .. folder .. '/link.md'))
    done(folder, 'sent', '--to', 't@x.example', 'real/a.md')
    assert.equal('r1.md\nr2.md', run.shell('ls -A ' .. folder .. '/real/.protokol/a'))
    assert.equal('link.md\nreal', run.shell('ls -A ' .. folder))
  end)

  it('takes any words, and says them again', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local words = 'a: "b" #c\n- {d}\t\\ Ёж & <x@y> ' .. ('long '):rep(400)
    done(folder, 'sent', '--to', 'Жанна "Ж" Ёлкина <z@x.example>', 'a.md')
    done(folder, 'objection', '--who', "O'Neil: [x]", '--text', words, 'a.md')
    local objection = status(folder).objections[1]
    assert.equal(words, objection.text)
    assert.equal("O'Neil: [x]", objection.who)
  end)

  it('refuses what cannot come now', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    refused(folder, 'approved: nothing was sent yet', 'approved', '--who', 'T', 'a.md')
    refused(
      folder,
      'objection: nothing was sent yet',
      'objection',
      '--who',
      'T',
      '--text',
      'x',
      'a.md'
    )
    refused(folder, 'nothing was approved yet', 'distributed', '--to', 't@x.example', 'a.md')
    done(folder, 'sent', '--to', 't@x.example', '--time', at(5), 'a.md')
    refused(folder, 'another number', 'sent', '--to', 't@x', '--revision', '3', 'a.md')
    refused(folder, 'no such revision', 'approved', '--who', 'T', '--revision', '2', 'a.md')
    refused(
      folder,
      'no such objection is open',
      'resolution',
      '--of',
      '1',
      '--outcome',
      'accepted',
      'a.md'
    )
    refused(folder, 'nothing was distributed yet', 'confirmed', '--who', 'T', 'a.md')
    refused(folder, 'dated before the event in front of it', 'walkthrough', '--time', at(4), 'a.md')
    done(folder, 'approved', '--who', 'T', '--time', at(6), 'a.md')
    refused(
      folder,
      'sent: the text is approved: a change to it is an amendment',
      'sent',
      '--to',
      't@x',
      'a.md'
    )
  end)

  it('approves nothing that is objected to, unless forced', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    done(folder, 'sent', '--to', 't@x.example', 'a.md')
    done(folder, 'objection', '--who', 'Tom Reed', '--item', 'A2', '--text', 'x', 'a.md')
    done(folder, 'objection', '--who', 'Ada Fox', '--text', 'y', 'a.md')
    refused(
      folder,
      'open objections: 1 (Tom Reed: A2), 2 (Ada Fox); record each one',
      'approved',
      '--who',
      'T',
      'a.md'
    )
    done(folder, 'approved', '--who', 'T', '--force', 'a.md')
    assert.equal('agreed', status(folder).stand)
    assert.equal(2, #status(folder).objections)
  end)

  it('names what an event lacks, and what it does not say', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    refused(folder, 'sent: --to is missing: to whom: addresses', 'sent', 'a.md')
    refused(
      folder,
      'detail: --level is missing: brief, standard or detailed',
      'detail',
      '--who',
      'T',
      'a.md'
    )
    refused(folder, 'approved: --who is missing: who did it', 'approved', 'a.md')
    refused(
      folder,
      '--level is not said of the event sent',
      'sent',
      '--to',
      't',
      '--level',
      'brief',
      'a.md'
    )
    refused(folder, '--of wants a number from 1, not "x"', 'resolution', '--of', 'x', 'a.md')
    refused(folder, '--outcome is accepted, compromise', 'resolution', '--outcome', 'yes', 'a.md')
    refused(folder, '--time wants a time such as', 'detail', '--time', 'today', 'a.md')
    refused(folder, 'unknown event "aproved": did you mean "approved"?', 'aproved', 'a.md')
    refused(folder, 'record wants an event and a document', 'a.md')
    local got = record(folder, { 'detail', '--level', 'brief', 'a.md' }, { environment = '' })
    assert.matches('--who is missing: who did it; $PROTOKOL_AUTHOR', got.err, 1, true)
    local help = run.protokol({ 'record', '--help' }).out
    assert.matches('\n  resolution   --who --of --outcome [--time]', help, 1, true)
  end)

  it('leaves a front matter alone that it cannot add to', function()
    for _, case in ipairs({
      { 'title: &a x\ncopy: *a\n', 'anchors' },
      { 'title: [x\n', 'a.md: ' },
      { 'approval: later\n', '`approval` has to be a list' },
      { '{title: x, approval: []}\n', 'key: value' },
      -- What goes on at the line's beginning is no line of the log for the digest.
      { 'approval:\n  - event: detail\n    who: "Anna\nMuster"\n', 'nothing can be added to' },
      { 'title: x\napproval:: y\n', 'nothing can be added to' },
    }) do
      local folder = run.files({ ['a.md'] = '---\n' .. case[1] .. '---\n' .. run.minutes })
      refused(folder, case[2], 'sent', '--to', 't@x.example', 'a.md')
      assert.equal('a.md', run.shell('ls -A ' .. folder))
    end
  end)

  it('leaves alone what it may not write', function()
    local nobody = run.as_nobody()
    if not nobody then
      return pending('root may write anything')
    end
    local folder = run.files({ ['a.md'] = run.minutes })
    os.execute(('chmod 444 %s/a.md; chmod 777 %s'):format(folder, folder))
    local words = { 'sent', '--who', 'A', '--to', 't@x.example', 'a.md' }
    local got = record(folder, words, { within = nobody })
    assert.equal('protokol: a.md: Permission denied\n', got.err)
    assert.equal(2, got.status)
    assert.equal(run.minutes, run.read(folder .. '/a.md'))
    assert.equal('a.md', run.shell('ls -A ' .. folder))
  end)

  it('leaves the document whole where the disk has no room', function()
    local long = run.minutes .. ('- A line of the archive that is there to take room.\n'):rep(100)
    for event, words in pairs({ sent = '--to t@x.example', detail = '--level brief' }) do
      local folder = run.files({ ['a.md'] = long })
      local command = ("cd '%s' && (ulimit -f 1; '%s' record %s --who A %s a.md >/dev/null 2>err)"):format(
        folder,
        run.program,
        event,
        words
      )
      local _, how, code = os.execute(command)
      assert.equal('exit', how)
      assert.equal(2, code)
      assert.matches('File too large', run.read(folder .. '/err'), 1, true)
      assert.equal(long, run.read(folder .. '/a.md'))
      assert.equal('', run.shell("find '" .. folder .. "' -type f ! -name a.md ! -name err"))
    end
  end)

  it('leaves alone what is no file', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    os.execute(('mkfifo %s/pipe; mkdir %s/folder.md'):format(folder, folder))
    for path, why in pairs({
      pipe = 'not a regular file',
      ['folder.md'] = 'not a regular file',
      ['none.md'] = 'No such file',
    }) do
      refused(folder, path .. ': ' .. why, 'sent', '--to', 't@x.example', path)
    end
  end)

  it('follows no link that leads its store elsewhere', function()
    local folder = run.files({ ['a.md'] = run.minutes, ['elsewhere/x'] = '' })
    os.execute(('ln -s elsewhere %s/.protokol'):format(folder))
    refused(folder, 'Not a directory', 'sent', '--to', 't@x.example', 'a.md')
    assert.equal('x', run.shell('ls -A ' .. folder .. '/elsewhere'))
  end)
end)

describe('two who record at once', function()
  after_each(run.tidy)

  it('are told of each other', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local got = run.shell(
      ("cd '%s' && flock a.md '%s' record sent --who A --to t@x.example a.md 2>&1"):format(
        folder,
        run.program
      )
    )
    assert.equal('protokol: a.md: somebody else is recording an event in it; try again', got)
    assert.equal(run.minutes, run.read(folder .. '/a.md'))
  end)

  it('lose nothing', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local out = run.shell(
      (
        "cd '%s' && for n in 1 2 3 4 5 6 7 8 9 10 11 12; do "
        .. "'%s' record sent --who A --to t$n@x.example a.md 2>>err & done; wait"
      ):format(folder, run.program)
    )
    local _, recorded = out:gsub('a.md: sent, revision %d+', '')
    local _, told = run.read(folder .. '/err'):gsub('\n', '') -- what they say may mingle
    assert.equal(12, recorded + told)
    assert.is_true(recorded > 0)
    assert.equal(recorded, status(folder).revision)
    local _, kept = run.shell('ls ' .. folder .. '/.protokol/a'):gsub('r%d+%.md', '')
    assert.equal(recorded, kept)
  end)
end)

describe('protokol status', function()
  after_each(run.tidy)

  it('tells who is late, and what silence means, where the profile says so', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    done(folder, 'sent', '--to', 'tom@reed.example', '--time', at(5), 'a.md')
    assert.equal(json.null, status(folder).answer_by)
    assert.is_false(status(folder).overdue)
    run.write(folder .. '/.protokol.yaml', 'approval: {response: 18}\n')
    assert.equal('2026-11-23', status(folder).answer_by)
    assert.is_false(status(folder).overdue)
    run.write(folder .. '/.protokol.yaml', 'approval: {response: 17}\n')
    assert.is_true(status(folder).overdue)
    assert.equal('remind tom@reed.example: an answer was due by 2026-11-22', status(folder).next[1])
    run.write(folder .. '/.protokol.yaml', 'approval: {response: 17, deemed-accepted: true}\n')
    local deemed = status(folder)
    assert.equal('2026-11-22', deemed.deemed)
    assert.equal('sent', deemed.stand)
    assert.is_false(deemed.overdue)
    assert.is_false(deemed.theirs)
    local text = run.protokol({ 'status', '--today', '2026-11-23', 'a.md' }, { folder = folder })
    assert.matches('deemed accepted', text.out, 1, true)
    done(folder, 'objection', '--who', 'T', '--text', 'x', '--time', at(20), 'a.md')
    assert.equal(json.null, status(folder).deemed)
  end)

  it('knows no silence without a time for it', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    for yaml, why in pairs({
      ['deemed-accepted: true'] = 'silence can accept only where',
      ['response: soon'] = 'not a number of days',
      ['response: 5, deemed-accepted: perhaps'] = 'no such answer (true or false)',
      ['respons: 5'] = 'did you mean "response"?',
    }) do
      run.write(folder .. '/.protokol.yaml', 'approval: {' .. yaml .. '}\n')
      local got = run.protokol({ 'status', 'a.md' }, { folder = folder })
      assert.equal(2, got.status)
      assert.matches(why, got.err, 1, true)
    end
  end)
end)
