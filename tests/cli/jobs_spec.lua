-- Many documents: the same bytes come out whatever the number of threads, the locale and the time zone.

local run = require('tests.support.run')

local languages = {
  'Minutes of negotiation\n\nDate: 2026-11-%02d\n\n## Next steps\n\n- [ ] Order %d cables by Friday\n'
    .. '- Carla Reed: call the printers by 2026-12-%02d\n',
  'Протокол переговоров\n\nДата: %02d.11.2026\n\n## Поручения\n\n- [ ] Заказать %d кабелей\n'
    .. '- Ольга Лунина: позвонить до %02d.12.2026\n',
  'Besprechungsprotokoll\n\nDatum: %02d.11.2026\n\n## Aufgaben\n\n- [ ] %d Kabel bestellen\n'
    .. '- Ben Amsel: anrufen bis %02d.12.2026\n',
}

local function text(number)
  local day = number % 28 + 1
  local form = languages[number % #languages + 1]
  return '# '
    .. form:format(day, number, day)
    .. ('The offer stands, as was said.\n\n'):rep(number % 40)
end

-- A hundred documents, of which a few are in the way.
local function archive()
  local files = {
    ['c/notes.md'] = 'A recipe for bread.\n',
    ['c/wide.md'] = '# Minutes\n\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf5\xf6\n',
  }
  for i = 1, 120 do
    files[('%s/%03d.md'):format(i % 3 == 0 and 'a' or i % 3 == 1 and 'b' or 'c', i)] = text(i)
  end
  files['b/.protokol.yaml'] = 'extends: meeting\nrules: {action-owner: error}\n'
  files['d/.protokol.yaml'] = 'extends: nothing-there-is\n'
  files['d/001.md'], files['d/002.md'] = text(1), text(2)
  files['large.md'] = text(1) .. text(2):rep(200)
  local folder = run.files(files)
  os.execute(('ln -s none.md %s/b/gone.md; mkdir %s/e.md'):format(folder, folder))
  local list = {
    'a/003.md',
    'missing.md',
    'a',
    'large.md',
    'b/gone.md',
    'b',
    'd',
    'c/notes.md',
    'c/wide.md',
    'c',
    'a/003.md',
  }
  run.write(folder .. '/list', table.concat(list, '\n') .. '\n')
  return folder
end

-- What goes to both outputs, in one order, and the status.
local function all(folder, words, environment)
  return run.shell(
    (
      'cd %s && HOME=/nonexistent LC_ALL=C.UTF-8 %s %s %s --today 2026-11-16 --files-from list 2>&1;'
      .. ' echo status $?'
    ):format(run.quote(folder), environment or '', run.quote(run.program), words)
  )
end

local asked = {
  'lint',
  'lint --format jsonl',
  'lint --format sarif',
  'lint --format json --max-findings 99',
  'lint --quiet --stats',
  'actions',
  'actions --sort due --format csv',
  'actions --format jsonl --all',
  'decisions --format markdown',
  'outline --format json',
  'outline',
  'status',
}

describe('many documents', function()
  local folder
  setup(function()
    folder = archive()
  end)
  teardown(run.tidy)

  for _, words in ipairs(asked) do
    it('are told of alike by any number of threads: ' .. words, function()
      local alone = all(folder, words .. ' -j1')
      assert.matches('protokol: missing.md: No such file or directory\n', alone)
      assert.matches('protokol: b/gone.md: No such file or directory\n', alone)
      assert.matches('d/.protokol.yaml:1:10: no profile', alone)
      assert.matches('status 2$', alone)
      for _, jobs in ipairs({ '-j 2', '-j3', '--jobs 16', '--jobs=64' }) do
        assert.is_true(alone == all(folder, words .. ' ' .. jobs), jobs .. ' tells something else')
      end
    end)
  end

  it('are told of alike each time, in every locale and time zone', function()
    local home = run.folder()
    for _, locale in ipairs({ 'tr_TR.UTF-8', 'ru_RU.KOI8-R', 'de_DE.UTF-8' }) do
      local name, charmap = locale:match('(.*)%.(.*)')
      run.can(('localedef -i %s -f %s %s/%s'):format(name, charmap, home, locale)) -- where it can be made
    end
    for _, words in ipairs(asked) do
      local usual = all(folder, words)
      for _, environment in ipairs({
        'LC_ALL=C',
        'LC_ALL=tr_TR.UTF-8',
        'LC_ALL=ru_RU.KOI8-R LANGUAGE=ru',
        'LC_ALL=de_DE.UTF-8',
        'TZ=Pacific/Kiritimati',
        'TZ=Etc/GMT+12',
      }) do
        environment = 'LOCPATH=' .. home .. ' ' .. environment
        assert.is_true(
          usual == all(folder, words, environment),
          words .. ' is other with ' .. environment
        )
      end
    end
  end)

  it('are mended one after the other, also where one is named twice', function()
    local minutes = run.files({ ['a.md'] = text(1) })
    local words = { 'lint', '--fix', '-j', '4', '--quiet', 'a.md', 'a.md', 'a.md' }
    assert.equal('', run.protokol(words, { folder = minutes }).err)
  end)

  it('want a number of threads that can be', function()
    for _, jobs in ipairs({ '-j0', '-jx', '--jobs=1000', '--jobs=-1' }) do
      local got = run.protokol({ 'lint', jobs, '-' }, { stdin = text(1) })
      assert.equal(2, got.status)
      assert.matches('^protokol: %-%-jobs wants a number', got.err)
    end
    assert.matches('^protokol: %-j wants a value', run.protokol({ 'lint', '-j' }).err)
    assert.matches('^protokol: unknown option', run.protokol({ 'rules', '-j2' }).err)
  end)
end)
