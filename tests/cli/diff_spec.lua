-- protokol diff: what became of each item since a revision.

local json = require('tests.support.json')
local run = require('tests.support.run')
local protokol = run.protokol

local diff = run.command('diff')
local record = run.command('record', '--who', 'Anna Weber')

local old = table.concat({
  '# Minutes of negotiation',
  '',
  'Date: 2027-03-01',
  '',
  '## Agreements',
  '',
  '1. The price is 100 EUR a box.',
  '',
  '## Next steps',
  '',
  '- [ ] Anna Weber: send the draft by 2027-03-10',
  '- [ ] Tom Reed: order paper by 2027-03-12',
  '',
}, '\n')
local new = old
  :gsub('100 EUR', '90 EUR')
  :gsub('2027%-03%-10', '2027-03-11')
  :gsub('%- %[ %] Tom[^\n]*\n', '- [ ] Mia Kurz: rent a van\n')

describe('protokol diff', function()
  after_each(run.tidy)

  it('says in words what differs between two files, and where', function()
    local folder = run.files({ ['old.md'] = old, ['new.md'] = new })
    local got = diff({ 'old.md', 'new.md' }, { folder = folder })
    assert.equal('', got.err)
    assert.equal(0, got.status)
    assert.equal(
      table.concat({
        'new.md:7:4: reworded: agreement "The price is 100 EUR a box." -> "The price is 90 EUR a box."',
        'new.md:11:7: due date moved: action "send the draft": 2027-03-10 -> 2027-03-11',
        'new.md:12:7: added: action "rent a van"',
        'old.md:12:7: removed: action "order paper"',
        'added: 1, removed: 1, changed: 2\n',
      }, '\n'),
      got.out
    )
  end)

  it('compares with the revision last sent, or with the one asked for', function()
    local folder = run.files({ ['a.md'] = old })
    local function send()
      local got = record({ 'sent', '--to', 'tom@oak.example', 'a.md' }, { folder = folder })
      assert.equal('', got.err)
    end
    send()
    run.write(folder .. '/a.md', (run.read(folder .. '/a.md'):gsub('100 EUR', '95 EUR')))
    send()
    run.write(folder .. '/a.md', (run.read(folder .. '/a.md'):gsub('95 EUR', '90 EUR')))
    assert.matches('is 95 EUR a box." -> ', diff({ 'a.md' }, { folder = folder }).out, 1, true)
    local first = diff({ '--revision', '1', 'a.md' }, { folder = folder })
    assert.matches('is 100 EUR a box." -> ', first.out, 1, true)
    assert.matches('\nchanged: 1\n$', first.out)
    local none = diff({ '--revision', '3', 'a.md' }, { folder = folder })
    assert.equal(2, none.status)
    assert.matches('revision 3: No such file', none.err, 1, true)
  end)

  it('says so where nothing was sent, and where what is asked for makes no sense', function()
    local folder = run.files({ ['a.md'] = old })
    for words, expected in pairs({
      ['a.md'] = 'no revision was sent yet; name an earlier file, too',
      ['a.md a.md a.md'] = 'wants one document, or an old and a new one',
      ['--revision 1 a.md a.md'] = 'goes with one file',
      ['--revision 0 a.md'] = 'wants a number from 1',
      ['gone.md a.md'] = 'gone.md: No such file',
    }) do
      local list = {}
      for word in words:gmatch('%S+') do
        list[#list + 1] = word
      end
      local got = diff(list, { folder = folder })
      assert.equal(2, got.status, words)
      assert.matches(expected, got.err, 1, true)
    end
  end)

  it('tells programs', function()
    local folder = run.files({ ['old.md'] = old, ['new.md'] = new })
    local got = diff({ '--format', 'json', 'old.md', 'new.md' }, { folder = folder })
    local list = json.decode(got.out)
    assert.equal(4, #list)
    assert.equal('due', list[2].change)
    assert.equal('action', list[2].kind)
    assert.equal('2027-03-11', list[2].after)
    assert.same({ 11, 11 }, { list[2].line, list[2].old_line })
    local lines = diff({ '--format', 'jsonl', 'old.md', 'new.md' }, { folder = folder }).out
    assert.equal(4, select(2, lines:gsub('\n', '')))
    local same = diff({ '--format', 'json', 'old.md', 'old.md' }, { folder = folder })
    assert.equal('[]\n', same.out)
  end)

  it('reads the new text from standard input', function()
    local folder = run.files({ ['old.md'] = old })
    local got = diff({ 'old.md', '-' }, { folder = folder, stdin = old })
    assert.equal('nothing differs\n', got.out)
    assert.equal(0, protokol({ 'diff', '--help' }).status)
  end)
end)
