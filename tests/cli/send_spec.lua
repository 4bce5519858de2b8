-- protokol send writes the draft of a mail; record --mail reads what was sent and what came back.

local run = require('tests.support.run')
local send, record = run.command('send', '--plain'), run.command('record')

local function sent(folder, more)
  local words = { '--me', 'Anna Weber', '--time', '2026-11-04T09:30:00+01:00' }
  for _, word in ipairs(more or {}) do
    table.insert(words, word)
  end
  table.insert(words, 'a.md')
  return send(words, { folder = folder })
end

-- Without what is different every time: the Message-ID, and the boundary made of it.
local function steady(mail)
  return (
    mail
      :gsub('<%x+@', '<ID@')
      :gsub('=_(%l-)' .. ('%x'):rep(16), '=_%1')
      :gsub('\r\n', '\n')
      :gsub('sha256:%x+', 'sha256:DIGEST')
  )
end

local function header(mail, name)
  return mail:gsub('\r\n ', ' '):match('\n' .. name .. ': ([^\r]*)')
    or mail:match('^' .. name .. ': ([^\r]*)')
end

local function digest(mail)
  return mail:match('sha256:%x+')
end

describe('protokol send', function()
  after_each(run.tidy)

  it('writes a draft to everybody present with an address, and changes nothing', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local got = sent(folder)
    assert.equal(0, got.status, got.err)
    assert.equal('', got.err)
    assert.equal(run.minutes, run.read(folder .. '/a.md'))
    assert.equal('a.md', run.shell('ls -A ' .. folder))
    local head, rest = steady(got.out):match('^(.-\n\n)(.*)$')
    assert.equal(
      [[
From: Anna Weber <anna@birch.example>
To: Tom Reed <tom@reed.example>
Subject: Please check: Minutes of negotiation: new catalogue
Date: Wed, 04 Nov 2026 09:30:00 +0100
Message-ID: <ID@birch.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=_mail"

]],
      head
    )
    local text, document = rest:match('^(.-)(%-%-=_mail\nContent%-Type: text/markdown.*)$')
    assert.equal(
      [[
--=_mail
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Please check these minutes and confirm them:

Minutes of negotiation: new catalogue, revision 1

Does each item say what we agreed, and is it clear? Where it does not, plea=
se answer with its number and with what it should say. If all of it is righ=
t, please answer that it is.

Agreements:

1. The catalogue is printed on paper of 120 g.

Who does what by when:

2. Anna Weber: send the pictures (due: 2026-11-20)
3. Tom Reed: print a proof (due: 2026-12-04)
4. Book a van

The text is attached. Please leave the next line in your answer: it tells w=
hich text you mean.

sha256:DIGEST

Anna Weber
]],
      text
    )
    assert.equal(
      [[
--=_mail
Content-Type: text/markdown; charset=utf-8
Content-Disposition: attachment; filename="a.md"
Content-Transfer-Encoding: base64

]],
      document:match('^.-\n\n')
    )
    assert.matches('\n%-%-=_mail%-%-\n$', document)
  end)

  it('speaks the language of the minutes', function()
    local folder = run.files({
      ['a.md'] = '# Протокол переговоров\n\n## Договорённости\n\n- Цена 5 евро.\n',
    })
    local got = sent(folder, { '--force', '--me', 'Анна <a@b.example>', '--to', 'b@c.example' })
    assert.equal(0, got.status, got.err)
    assert.equal('=?utf-8?B?0JDQvdC90LA=?= <a@b.example>', header(got.out, 'From'))
    assert.matches('^=%?utf%-8%?B%?0J3QsCDQv9GA0L7QstC10YDQutGD', header(got.out, 'Subject'))
  end)

  it('goes to whom it is told, and to nobody else', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local got = sent(folder, { '--to', 'Mia "M" Ott <mia@example.com>', '--cc', 'jo@example.com' })
    assert.equal('"Mia \\"M\\" Ott" <mia@example.com>', header(got.out, 'To'))
    assert.equal('jo@example.com', header(got.out, 'Cc'))
  end)

  it('refuses an address that is none, and never writes a header it was not asked for', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    for _, bad in ipairs({
      'mia',
      'mia@example.com\nBcc: evil@example.com',
      'a@example.com, b@example.com',
      'Mia <mia@example.com\r\n>',
      'иван@example.com',
    }) do
      local got = sent(folder, { '--to', bad })
      assert.equal(2, got.status, bad)
      assert.equal('', got.out)
      assert.matches('is no address that a mail can go to', got.err, 1, true)
    end
    local got = sent(folder, { '--to', 'x\r\nBcc: evil@example.com\r\n\r\ny <mia@example.com>' })
    assert.equal(0, got.status)
    assert.equal('"x Bcc: evil@example.com y" <mia@example.com>', header(got.out, 'To'))
    assert.is_nil(got.out:find('\nBcc', 1, true))
  end)

  it('says who is missing', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local got = send({ 'a.md' }, { folder = folder, environment = 'EMAIL= PROTOKOL_AUTHOR=' })
    assert.equal(2, got.status)
    assert.matches('who sends it?', got.err, 1, true)
    got = send(
      { 'a.md' },
      { folder = folder, environment = 'EMAIL=jo@example.com PROTOKOL_AUTHOR=Jo' }
    )
    assert.equal('Jo <jo@example.com>', header(got.out, 'From'))
    run.write(folder .. '/a.md', '# Minutes\n\n## Agreements\n\n- It costs 5.\n')
    got = sent(folder, { '--force', '--me', 'a@b.example' })
    assert.equal(2, got.status)
    assert.matches('nobody to write to', got.err, 1, true)
  end)

  it('stops at an error, unless it is told to go on', function()
    local folder = run.files({
      ['a.md'] = run.minutes:gsub('2026%-12%-04', '2026-02-30'),
      ['.protokol.yaml'] = 'extends: negotiation\nrules: {due-invalid: error}\n',
    })
    local got = sent(folder)
    assert.equal(2, got.status)
    assert.equal('', got.out)
    assert.matches('^a.md:32:34: .*2026%-02%-30.*%[due%-invalid%]\nprotokol: ', got.err)
    got = sent(folder, { '--force' })
    assert.equal(0, got.status, got.err)
    assert.not_equal('', got.out)
  end)

  it('leaves out what is internal', function()
    local folder = run.files({
      ['a.md'] = run.minutes:gsub(
        '## Next steps\n',
        '<!-- internal -->\n- Ours: SECRET\n<!-- /internal -->\n\n%0'
      ),
    })
    local got = sent(folder)
    assert.equal(0, got.status, got.err)
    assert.is_nil(got.out:find('SECRET', 1, true))
  end)

  it('writes to a file, or one draft for each', function()
    local folder = run.files({ ['a.md'] = run.minutes, ['out/x'] = '' })
    assert.equal(0, sent(folder, { '--output', 'draft.eml' }).status)
    assert.equal('Tom Reed <tom@reed.example>', header(run.read(folder .. '/draft.eml'), 'To'))
    local got =
      sent(folder, { '--each', '--output', 'out', '--to', 'a@b.example', '--cc', 'c@d.example' })
    assert.equal(0, got.status, got.err)
    local first, second = run.read(folder .. '/out/1.eml'), run.read(folder .. '/out/2.eml')
    assert.equal('a@b.example', header(first, 'To'))
    assert.equal('c@d.example', header(second, 'To'))
    assert.is_nil(header(second, 'Cc'))
    assert.not_equal(header(first, 'Message%-ID'), header(second, 'Message%-ID'))
    assert.equal(2, sent(folder, { '--each' }).status)
  end)

  it('makes a page of it where pandoc is, and says nothing where it is not', function()
    local folder = run.files({
      ['a.md'] = run.minutes,
      ['bin/pandoc'] = '#!/bin/sh\nfor word; do echo "$word"; done >words\necho "<p>page</p>"\ncat >>page\n',
      ['broken/pandoc'] = '#!/bin/sh\necho half\nexit 1\n',
    })
    os.execute('chmod +x ' .. folder .. '/bin/pandoc ' .. folder .. '/broken/pandoc')
    local words = { 'send', '--me', 'Anna Weber', 'a.md' }
    local got =
      run.protokol(words, { folder = folder, environment = 'PATH=' .. folder .. '/bin:$PATH' })
    assert.equal(0, got.status, got.err)
    assert.equal('', got.err)
    assert.matches('text/html; charset=utf-8\r\n', got.out, 1, true)
    assert.matches('<p>page</p>\r\n', got.out, 1, true)
    assert.matches('\n%-%-sandbox\n', run.read(folder .. '/words'))
    local filter = run.read(folder .. '/words'):match('\n%-%-lua%-filter\n([^\n]+)\n')
    assert.is_nil(io.open(filter), 'the filter is taken away again')
    assert.matches('^Please check.*\n%-%-%-\n\n# Minutes of', run.read(folder .. '/page'))
    for _, path in ipairs({ folder .. '/none', folder .. '/broken' }) do
      got = run.protokol(words, { folder = folder, environment = 'PATH=' .. path })
      assert.equal(0, got.status, got.err)
      assert.equal('', got.err)
      assert.is_nil(got.out:find('text/html', 1, true))
    end
  end)
end)

describe('protokol record --mail', function()
  after_each(run.tidy)

  local function answer(draft, more)
    local reply = {
      'From: =?utf-8?Q?Tom_Reed?= <tom@reed.example>',
      'Date: Thu, 5 Nov 2026 10:00:00 +0100',
      'Message-ID: <answer@reed.example>',
      'In-Reply-To: ' .. header(draft, 'Message%-ID'),
      '',
      'All of it is right.',
    }
    for _, line in ipairs(more or { '> ' .. digest(draft) }) do
      table.insert(reply, line)
    end
    return table.concat(reply, '\r\n') .. '\r\n'
  end

  local function recorded(folder, event, more)
    local words = { event, '--who', 'Anna Weber' }
    if event == 'approved' or event == 'confirmed' then
      words = { event }
    end
    for _, word in ipairs(more or {}) do
      table.insert(words, word)
    end
    table.insert(words, 'a.md')
    return record(words, { folder = folder })
  end

  -- Sent, and the log says so: the draft.
  local function begun(folder)
    assert.equal(0, sent(folder, { '--output', 'draft.eml' }).status)
    local got =
      recorded(folder, 'sent', { '--mail', 'draft.eml', '--time', '2026-11-04T09:40:00+01:00' })
    assert.equal(0, got.status, got.err)
    return run.read(folder .. '/draft.eml')
  end

  it('takes from the draft to whom it went, and under which Message-ID', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local draft = begun(folder)
    local log = run.read(folder .. '/a.md'):match('^%-%-%-\n(.-)\n%-%-%-\n')
    assert.matches('event: sent', log, 1, true)
    assert.matches('Tom Reed <tom@reed.example>', log, 1, true)
    assert.matches(header(draft, 'Message%-ID'), log, 1, true)
    assert.matches(digest(draft), log, 1, true)
  end)

  it('does not record a draft of another text', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    sent(folder, { '--output', 'draft.eml' })
    run.write(folder .. '/a.md', run.minutes .. '\nMore.\n')
    local got = recorded(folder, 'sent', { '--mail', 'draft.eml' })
    assert.equal(2, got.status)
    assert.matches('about another text', got.err, 1, true)
    assert.equal(run.minutes .. '\nMore.\n', run.read(folder .. '/a.md'))
  end)

  it('takes from a reply who, when, where and which text', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local draft = begun(folder)
    run.write(folder .. '/reply.eml', answer(draft))
    local got = recorded(folder, 'approved', { '--mail', 'reply.eml' })
    assert.equal(0, got.status, got.err)
    assert.equal('', got.err)
    local log = run.read(folder .. '/a.md'):match('event: approved.-\n%-%-%-\n')
    assert.matches('Tom Reed <tom@reed.example>', log, 1, true)
    assert.matches('<answer@reed.example>', log, 1, true)
    assert.matches(digest(draft), log, 1, true)
    assert.matches('time: 2026-11-05T10:00:00+01:00', run.read(folder .. '/a.md'), 1, true)
  end)

  it('goes through a whole round, and hangs its mails together', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local draft = begun(folder)
    run.write(folder .. '/reply.eml', answer(draft))
    assert.equal(0, recorded(folder, 'approved', { '--mail', 'reply.eml' }).status)
    local got = sent(folder, { '--output', 'copy.eml', '--time', '2026-11-06T09:00:00+01:00' })
    assert.equal(0, got.status, got.err)
    local copy = run.read(folder .. '/copy.eml')
    assert.matches('^Approved: ', header(copy, 'Subject'))
    assert.equal('<answer@reed.example>', header(copy, 'In%-Reply%-To'))
    assert.equal(
      header(draft, 'Message%-ID') .. ' <answer@reed.example>',
      header(copy, 'References')
    )
    assert.equal(digest(draft), digest(copy))
    got = recorded(
      folder,
      'distributed',
      { '--mail', 'copy.eml', '--time', '2026-11-06T09:01:00+01:00' }
    )
    assert.equal(0, got.status, got.err)
    run.write(folder .. '/thanks.eml', (answer(copy):gsub('5 Nov', '7 Nov')))
    got = recorded(folder, 'confirmed', { '--mail', 'thanks.eml' })
    assert.equal(0, got.status, got.err)
    assert.equal('', got.err)
    local status = run.protokol({ 'status', 'a.md' }, { folder = folder })
    assert.is_nil(status.out:find('Tom Reed', 1, true), status.out)
  end)

  it('does not take a reply about a text that the log does not know', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local draft = begun(folder)
    run.write(folder .. '/reply.eml', answer(draft, { 'sha256:' .. ('0'):rep(64) }))
    local got = recorded(folder, 'approved', { '--mail', 'reply.eml' })
    assert.equal(2, got.status)
    assert.matches('of no text that the log knows', got.err, 1, true)
  end)

  it('tells of a stranger, and of a reply that names no text', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local draft = begun(folder)
    local reply = answer(draft, {}):gsub('tom@', 'eve@'):gsub('In%-Reply%-To: [^\r]*\r\n', '')
    run.write(folder .. '/reply.eml', reply)
    local got = recorded(folder, 'approved', { '--mail', 'reply.eml' })
    assert.equal(0, got.status, got.err)
    assert.matches('eve@reed.example, an address that is not known here', got.err, 1, true)
    assert.matches('it does not say which text it means', got.err, 1, true)
  end)

  it('does not believe a date to come or a date gone by', function()
    for _, year in ipairs({ '1999', '2999' }) do
      local folder = run.files({ ['a.md'] = run.minutes })
      local draft = begun(folder)
      run.write(folder .. '/reply.eml', (answer(draft):gsub('2026', year)))
      local got = recorded(folder, 'approved', { '--mail', 'reply.eml' })
      assert.equal(0, got.status, got.err)
      assert.is_nil(run.read(folder .. '/a.md'):find(year, 1, true))
    end
  end)

  it('says why a file is no mail', function()
    local folder = run.files({ ['a.md'] = run.minutes, ['b.eml'] = '# Minutes\n\0\255' })
    begun(folder)
    local got = recorded(folder, 'approved', { '--mail', 'b.eml' })
    assert.equal(2, got.status)
    assert.matches('b.eml: no mail', got.err, 1, true)
    got = recorded(folder, 'approved', { '--mail', 'none.eml' })
    assert.equal(2, got.status)
    assert.matches('none.eml: ', got.err, 1, true)
  end)
end)
