-- Drafts of mails: read by Python's email package and by neomutt, sent by msmtp to a mail server.

local json = require('tests.support.json')
local run = require('tests.support.run')
local quote = run.quote

local reader = [[
import email, email.header, email.policy, email.utils, json, sys

mail = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
plain = email.message_from_binary_file(open(sys.argv[1], 'rb'))
parts = [part for part in mail.walk() if not part.is_multipart()]

def decoded(text):
    return str(email.header.make_header(email.header.decode_header(text)))

# The newer way puts a blank between two encoded words of a name (before Python 3.13.2); of names in
# one word it has to say the same.
def people(name):
    got = [[decoded(n), a] for n, a in email.utils.getaddresses([plain[name].replace('\r\n', '')])]
    new = [[a.display_name, a.username + '@' + a.domain] for a in mail[name].addresses]
    for old, other in zip(got, new, strict=True):
        assert len(old[0].encode()) > 45 or old[0] == other[0], other
    return got

print(json.dumps({
    'names': [name for name, _ in mail.items()],
    'defects': [str(d) for part in mail.walk() for d in part.defects]
        + [str(d) for value in mail.values() for d in value.defects],
    'from': people('From'), 'to': people('To'),
    'subject': mail['Subject'], 'date': mail['Date'].datetime.isoformat(),
    'id': mail['Message-ID'],
    'types': [part.get_content_type() for part in mail.walk()],
    'charsets': [part.get_content_charset() for part in parts],
    'text': mail.get_body(('plain',)).get_content(),
    'html': (mail.get_body(('html',)) or mail.get_body(('plain',))).get_content(),
    'file': parts[-1].get_filename(),
    'bytes': parts[-1].get_payload(decode=True).hex(),
}))
]]

local title = 'Протокол переговоров: '
  .. ('новый каталог "Весна", часть 2; '):rep(9)
local long = ('Цена, срок & бумага = 5 % '):rep(400)
local minutes = '# '
  .. title
  .. [[


Дата: 03.11.2026
Клиент: Birch & Co

## Участники

- Жанна Ершова, руководитель, zh@birch.example

## Договорённости

- Каталог печатается на бумаге 120 г.
- ]]
  .. long
  .. '\n- [Смета](javascript:alert(1)), ![знак](https://birch.example/seen.png) <img src=x onerror=y>'
  .. '\n\n## Следующие шаги\n\n- [ ] Жанна Ершова: прислать снимки до 20.11.2026\n\n.\nFrom here\n'
  .. '--=_mail\n\tends with blanks \t\nno line end'

local people = {
  { "Ben O'Lee", "o'ben@example.com" },
  { 'Жанна "Ж" Ершова, отдел', 'zh@example.com' },
  { 'Lee, Ben "B" \\', '"ben..lee"@example.com' },
  { 'René =?utf-8?Q?x?= Grün', 'r@example.com' },
  { '', 'bare@example.com' },
}
for i = #people + 1, 200 do
  people[i] = {
    ('Участник %d из Нижнего Новгорода'):format(i),
    ('p%d@example.com'):format(i),
  }
end

local folder

local function ask(command)
  return run.shell(('cd %s && { %s; } 2>>errors'):format(quote(folder), command))
end

local function draft(more)
  local words = { 'send', '--force', '--me', 'Жанна "Ж" <zh@birch.example>' }
  for _, list in ipairs({
    { '--time', '2026-11-04T09:30:00+03:00', '--output', 'draft.eml' },
    more,
  }) do
    for _, word in ipairs(list) do
      words[#words + 1] = word
    end
  end
  for _, person in ipairs(people) do
    words[#words + 1] = '--to'
    words[#words + 1] = person[1] == '' and person[2] or ('%s <%s>'):format(person[1], person[2])
  end
  words[#words + 1] =
    'Протокол "весна" (длинное имя файла, 2 часть).md'
  local got = run.protokol(words, { folder = folder })
  assert.equal(0, got.status, got.err)
  return run.read(folder .. '/draft.eml')
end

local function hex(text)
  return (text:gsub('.', function(byte)
    return ('%02x'):format(byte:byte())
  end))
end

before_each(function()
  folder = run.files({
    ['Протокол "весна" (длинное имя файла, 2 часть).md'] = minutes,
    ['reader.py'] = reader,
  })
end)
after_each(run.tidy)

describe('Python', function()
  for _, more in ipairs({ { '--plain' }, {} }) do
    it('reads a draft back, byte for byte ' .. table.concat(more), function()
      draft(more)
      local got = json.decode(ask('python3 reader.py draft.eml'))
      assert.same({}, got.defects)
      assert.same(
        { 'From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type' },
        got.names
      )
      assert.same({ { 'Жанна "Ж"', 'zh@birch.example' } }, got.from)
      assert.same(people, got.to)
      assert.equal('На проверку: ' .. title:gsub(' $', ''), got.subject)
      local _, points = got.subject:gsub('[^\128-\191]', '')
      assert.is_true(points >= 300)
      assert.equal('2026-11-04T09:30:00+03:00', got.date)
      assert.matches('^<%x+@birch.example>$', got.id)
      for _, charset in ipairs(got.charsets) do
        assert.equal('utf-8', charset)
      end
      assert.equal('text/markdown', got.types[#got.types])
      assert.equal(
        'Протокол _весна_ (длинное имя файла, 2 часть).md',
        got.file
      )
      assert.equal(hex(minutes), got.bytes)
      assert.matches('\n2. ' .. long:gsub(' $', ''), got.text, 1, true)
      assert.matches('\nsha256:' .. ('%x'):rep(64) .. '\r?\n', got.text)
      if more[1] ~= '--plain' then
        assert.matches('<a href="https://birch.example/seen.png">знак</a>', got.html, 1, true)
        for _, never in ipairs({ 'javascript:', '<img' }) do
          assert.is_nil(got.html:find(never, 1, true), never)
        end
      end
    end)
  end
end)

describe('neomutt', function()
  it('shows a draft, and saves the document byte for byte', function()
    draft({ '--plain' })
    local told = json.decode(ask('python3 reader.py draft.eml'))
    run.write(
      folder .. '/rc',
      ([[
set folder=FOLDER spool_file=FOLDER/box record="" mbox_type=Maildir
set pipe_decode=yes wait_key=no charset=utf-8 quit=yes delete=no move=no header_cache=""
ignore *
unignore from subject message-id
push "|tee FOLDER/shown<enter><view-attachments><last-entry><save-entry><kill-line>FOLDER/saved<enter><exit><quit>"
]]):gsub('FOLDER', folder)
    )
    ask('mkdir -p box/cur box/new box/tmp && cp draft.eml box/cur/1:2,S')
    ask(
      'export LC_ALL=C.UTF-8 HOME=$PWD TERM=xterm; '
        .. "timeout 30 script -qec 'neomutt -n -F rc -f box' /dev/null </dev/null >screen"
    )
    assert.equal(minutes, run.read(folder .. '/saved'))
    local shown = run.read(folder .. '/shown'):gsub('\n[ \t]+', ' ')
    assert.matches('\nSubject: ' .. told.subject .. '\n', shown, 1, true)
    assert.matches(told.id, shown, 1, true)
    assert.matches(told.text:match('sha256:%x+'), shown, 1, true)
    assert.matches(
      '1. Каталог печатается на бумаге 120 г.\n',
      shown,
      1,
      true
    )
  end)
end)

describe('a mail server', function()
  it('gets from msmtp the draft byte for byte, for each of 200 people', function()
    local mail = draft({ '--cc', 'copy@example.com' })
    local server = quote(run.shell('pwd') .. '/tests/peers/server.py')
    ask(
      ('(timeout 60 python3 %s . >/dev/null 2>server.log &) && '):format(server)
        .. 'for i in $(seq 100); do [ -e port ] && break; sleep 0.1; done && '
        .. 'msmtp -t --file=/dev/null --host=127.0.0.1 --port=$(cat port) --auto-from=off '
        .. '--read-envelope-from <draft.eml'
    )
    assert.equal(mail, run.read(folder .. '/received'))
    local wanted = { 'zh@birch.example' }
    for _, person in ipairs(people) do
      wanted[#wanted + 1] = person[2]
    end
    wanted[#wanted + 1] = 'copy@example.com'
    assert.equal(table.concat(wanted, '\n') .. '\n', run.read(folder .. '/envelope'))
  end)
end)
