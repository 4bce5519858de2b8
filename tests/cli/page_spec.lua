-- protokol export: what pandoc is told and given; a script stands in for it. tests/peers runs it.

local run = require('tests.support.run')

-- Writes down its arguments, a line each, and the text; leaves a page.
local pandoc = [[#!/bin/sh
printf '%s\n' "$@" >arguments
for word; do
  case $word in
    --output=*) output=${word#--output=} ;;
    --lua-filter=*) cp "${word#--lua-filter=}" filter ;;
  esac
done
cat >text
[ -e fails ] && { echo 'it fails' >&2; exit 3; }
echo page >"$output"
]]

local minutes = [[
---
protokol: house
distribution: ["Жанна Ёж <zh@oak.example>"]
approval:
  - {time: 2027-03-01T09:30:00+01:00, event: detail, who: A, level: brief}
---

# Minutes: "--output=x" $(id) <b>

Date: 2027-03-01
Client: Oak

## Participants

| Name | Position | Organisation |
| --- | --- | --- |
| Anna Weber | sales | Birch |
| Ben *Lee* \| Co | buyer | Oak Ltd |

<!-- internal -->
We would go down to 80.
<!-- /internal -->

## Agreements

1. The price is 100 EUR.
]]

local profile = [[
profile: house
extends: negotiation
export: {reference: [house.docx, house.odt], signatures: true, distribution: true}
]]

describe('protokol export', function()
  local folder
  after_each(run.tidy)

  before_each(function()
    folder = run.files({
      ['a.md'] = minutes,
      ['.protokol.yaml'] = profile,
      ['house.docx'] = 'docx',
      ['house.odt'] = 'odt',
      ['bin/pandoc'] = pandoc,
    })
    run.shell('chmod +x ' .. folder .. '/bin/pandoc')
  end)

  local function export(words, given)
    given = given or {}
    given.folder = folder
    given.environment = given.environment or 'PATH="$PWD/bin:/bin"'
    return run.command('export')(words, given)
  end

  local function told()
    local set = {}
    for line in io.lines(folder .. '/arguments') do
      set[#set + 1] = line
      set[line] = true
    end
    return set
  end

  it(
    'tells pandoc title, language and reference, and writes the page beside the document',
    function()
      local got = export({ 'docx', 'a.md' })
      assert.equal('', got.err)
      assert.equal('a.docx\n', got.out)
      assert.equal('page\n', run.read(folder .. '/a.docx'))
      local words = told()
      assert.is_true(words['--to=docx'])
      assert.is_true(
        words['--metadata=title:Minutes: "--output=x" $(id)'],
        table.concat(words, '\n')
      )
      assert.is_true(words['--metadata=lang:en'])
      local reference = run.shell('realpath ' .. folder) .. '/house.docx'
      assert.is_true(words['--reference-doc=' .. reference])
      assert.is_true(words['--shift-heading-level-by=-1'])
      assert.equal('-', words[#words])
      assert.equal('', run.shell('ls -A ' .. folder .. ' | grep protokol-'))
      assert.equal(minutes, run.read(folder .. '/a.md'))
    end
  )

  it('gives it the public text, a block to be signed and the distribution list', function()
    export({ 'html', 'a.md' })
    local text = run.read(folder .. '/text')
    for _, hidden in ipairs({ '80', 'internal', 'approval', 'protokol:', '# Minutes:' }) do
      assert.is_nil(text:find(hidden, 1, true), hidden)
    end
    assert.matches('Date: 2027-03-01  \nClient: Oak\n', text, 1, true)
    assert.matches('\n## Signatures\n\n### For the client: Oak\n', text, 1, true)
    assert.matches('| Ben Lee \\| Co | buyer | \\_', text, 1, true)
    assert.matches('### For our side\n\n| Name | Position | Signature | Date |', text, 1, true)
    assert.matches('## Distribution\n\n- Anna Weber, Birch\n', text, 1, true)
    assert.matches('\n- Жанна Ёж\n$', text)
    assert.is_nil(told()['--reference-doc'])
    assert.matches('RawBlock', run.read(folder .. '/filter'), 1, true)
  end)

  it('adds nothing where no profile wants it, and speaks the language of the document', function()
    run.write(folder .. '/.protokol.yaml', (profile:gsub('export:.-}', 'language: en')))
    export({ 'odt', 'a.md' })
    assert.is_nil(run.read(folder .. '/text'):find('Signatures', 1, true))
    run.write(
      folder .. '/.protokol.yaml',
      'profile: house\nextends: negotiation\nexport: {signatures: true}\n'
    )
    local russian =
      '---\nprotokol: house\nlang: ru\n---\n# Протокол\n\n## Участники\n\n- Анна Кошкина\n'
    run.write(folder .. '/r.md', russian)
    assert.equal('', export({ 'odt', 'r.md' }).err)
    assert.matches('## Подписи\n\n| ФИО |', run.read(folder .. '/text'), 1, true)
    assert.is_true(told()['--metadata=lang:ru'])
    assert.is_true(told()['--metadata=title:Протокол'])
  end)

  it('replaces nothing unless it is told to, and never the document', function()
    run.write(folder .. '/a.docx', 'mine')
    local got = export({ 'docx', 'a.md' })
    assert.equal(2, got.status)
    assert.matches('a.docx: is there already; --force replaces it', got.err, 1, true)
    assert.equal('mine', run.read(folder .. '/a.docx'))
    assert.equal(0, export({ 'docx', '--force', 'a.md' }).status)
    assert.equal('page\n', run.read(folder .. '/a.docx'))
    run.shell('ln -s a.md ' .. folder .. '/link.md')
    for _, output in ipairs({ 'a.md', './a.md', 'link.md' }) do
      got = export({ 'docx', '--force', '--output', output, 'a.md' })
      assert.matches('is the document itself', got.err, 1, true)
    end
    got = export(
      { 'docx', '--force', '--output', 'a.md', '--stdin-name', 'a.md', '-' },
      { stdin = 'x' }
    )
    assert.matches('is the document itself', got.err, 1, true)
    assert.equal(minutes, run.read(folder .. '/a.md'))
  end)

  it('leaves nothing behind where pandoc fails', function()
    run.write(folder .. '/fails', '')
    local got = export({ 'docx', 'a.md' })
    assert.equal(2, got.status)
    assert.matches('it fails\nprotokol: a.docx: not written', got.err, 1, true)
    assert.equal('', run.shell('cd ' .. folder .. ' && ls -A | grep -e protokol- -e a.docx'))
  end)

  it('says what is missing', function()
    local got = export({ 'docx', 'a.md' }, { environment = 'PATH=/nowhere' })
    assert.matches('export needs the program pandoc; it is in the package pandoc', got.err, 1, true)
    got = export({ 'pdf', 'a.md' }, { environment = 'PATH="$PWD/bin"' })
    assert.matches('a pdf needs one of weasyprint', got.err, 1, true)
    run.shell(('cp %s/bin/pandoc %s/bin/weasyprint'):format(folder, folder))
    assert.equal('', export({ 'pdf', 'a.md' }).err)
    assert.is_true(
      told()['--pdf-engine=' .. run.shell('cd ' .. folder .. ' && pwd') .. '/bin/weasyprint']
    )
    got = export({ 'doc', 'a.md' })
    assert.matches('unknown format "doc": did you mean "docx"?', got.err, 1, true)
    assert.matches('--output FILE tells where', export({ 'html', '-' }).err, 1, true)
  end)

  it('takes house documents from the folder of the profile only', function()
    run.shell('ln -s /etc/hostname ' .. folder .. '/out.docx')
    local outside = folder:gsub('/[^/]+', '../'):sub(1, -2) .. '/etc/hostname'
    for name, why in pairs({
      ['/etc/hostname'] = 'leads out of the folder',
      [outside] = 'leads out of the folder',
      ['out.docx'] = 'leads out of the folder',
      ['gone.docx'] = 'no file',
    }) do
      run.write(folder .. '/.protokol.yaml', 'export: {reference: ' .. name .. '}\n')
      local got = export({ 'docx', 'a.md' })
      assert.equal(2, got.status)
      local refusal = got.err:gsub(': no file ("[^"]*")', ': %1 no file')
      assert.matches('.protokol.yaml:1:21: "' .. name .. '" ' .. why, refusal, 1, true)
    end
  end)
end)
