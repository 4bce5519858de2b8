-- The core as a Lua module, under every Lua there is: run with lua5.1 to lua5.4 and luajit.

local build = os.getenv('BUILD') or 'build'
local folder = (build == 'build' and '.' or build .. '/tree') .. '/lua/protokol/'

-- The plugin's own loader, told that it stands beside the modules of this build.
local function load_core()
  local file = assert(io.open('lua/protokol/core.lua'))
  local source = file:read('*a')
  file:close()
  return assert((_G.loadstring or load)(source, '@' .. folder .. 'core.lua'))()
end

local core = load_core()

local minutes = table.concat({
  '# Minutes of negotiation: new catalogue',
  '',
  'Date: 2026-11-03',
  'Client: Birch & Co',
  '',
  '## Next steps',
  '',
  '- [ ] Anna Weber: send the pictures by 2026-11-20',
  '- [x] Book a van',
  '',
}, '\n')

describe('the core under ' .. (_G.jit and _G.jit.version or _VERSION), function()
  local library

  before_each(function()
    library = assert(core.library('/'))
  end)

  it('tells its version', function()
    assert.truthy(core.version:match('^%d+%.%d+%.%d+$'))
  end)

  it('compares two revisions, item by item', function()
    local later = minutes:gsub('2026%-11%-20', '2026-11-27'):gsub('%[x%] Book', '[ ] Book')
    local list = library:compare(minutes, later)
    assert.equal('changed: 2', list.summary)
    assert.equal(2, #list)
    assert.equal('due', list[1].change)
    assert.equal('2026-11-20', list[1].before)
    assert.equal('2026-11-27', list[1].after)
    assert.equal(8, list[1].line)
    assert.equal('state', list[2].change)
    assert.equal('nothing differs', library:compare(minutes, minutes).summary)
    local removed = library:compare(later, '# Minutes\n')[3]
    assert.equal('removed', removed.change)
    assert.is_nil(removed.line)
    assert.equal(8, library:compare(later, '')[3].old_line)
    assert.is_nil((library:compare('', '', { language = 'xx' })))
  end)

  it('gives back the list it is told, where nothing differs', function()
    local options = { today = '2026-11-23' }
    local found = assert(library:lint(minutes, options, true))
    assert.same(library:lint(minutes, options), found)
    assert.equal(found, library:lint(minutes, options, found))
    assert.not_equal(found, library:lint(minutes, options))
    assert.not_equal(found, library:lint(minutes, options, {})) -- which it never made
    local none = library:lint('', { name = 'a.txt', today = '2026-11-23' }, true)
    local again = library:lint('', { name = 'a.txt', today = '2026-11-23' }, none)
    assert.equal(none, again)
    collectgarbage()
    assert.equal(found, library:lint(minutes, options, found))
  end)

  it('makes only those findings anew that differ', function()
    local options = { today = '2026-11-23' }
    local more = minutes .. '- [ ] call\n- [ ] write\n'
    local old = assert(library:lint(more, options, true))
    local text = more:gsub('call', 'telephone') .. '- [ ] ask\n'
    local new = library:lint(text, options, old)
    assert.same(library:lint(text, options), new)
    local kept, seen = 0, {}
    for _, finding in ipairs(old) do
      seen[finding] = true
    end
    for _, finding in ipairs(new) do
      kept = kept + (seen[finding] and 1 or 0)
    end
    assert.is_true(kept > 0 and kept < #new)
    -- and it never writes into what was given out
    assert.same(library:lint(more, options), old)
  end)

  it('finds the same whatever it is told to compare with', function()
    local options, seed, list = { today = '2026-11-23' }, 7, true
    local lines = { '', '- [ ] call', '- [ ] Ben: pay by 2026-02-30', '{{what}}', '## Decisions' }
    local function random(most)
      seed = seed * 16807 % 2147483647
      return seed % most + 1
    end
    for _ = 1, 200 do
      local text = {}
      for _ = 1, random(6) do
        text[#text + 1] = lines[random(#lines)]
      end
      text = minutes:sub(1, random(#minutes)) .. '\n' .. table.concat(text, '\n') .. '\n'
      list = library:lint(text, options, list)
      assert.same(library:lint(text, options), list)
    end
  end)

  it('checks aside, and finds what it finds at once', function()
    local options = { today = '2026-11-23' }
    local all = assert(library:lint(minutes, options))
    local aside = assert(library:lint_aside(minutes, options))
    local done = aside:done()
    while not done do
      done = aside:done()
    end
    local found, counts = aside:findings(1000)
    assert.same(all, found)
    assert.equal(#all, counts.error + counts.warning + counts.info + counts.hint)
    assert.has_error(function()
      aside:done()
    end)
  end)

  it('tells the gravest of what it found aside', function()
    local found, counts = library:lint_aside(minutes, {}):findings(1)
    assert.equal(1, #found)
    local gravest = counts.error > 0 and 'error' or 'warning'
    assert.truthy(counts[gravest] > 0)
    assert.equal(gravest, found[1].severity)
    assert.same({}, (library:lint_aside(minutes, {}):findings(0)))
    assert.has_error(function()
      library:lint_aside(minutes, {}):findings(-1)
    end)
  end)

  it('says what is wrong with what it is to check aside', function()
    local none, problem = library:lint_aside(minutes, { today = 'soon' })
    assert.is_nil(none)
    assert.truthy(problem.message:find('today', 1, true))
    none, problem = library:lint_aside(minutes, { language = 'xx' }):findings(9)
    assert.is_nil(none)
    assert.truthy(problem.message:find('xx', 1, true))
  end)

  it('waits for what runs aside before its library goes', function()
    for _ = 1, 20 do
      assert(core.library('/')):lint_aside(minutes:rep(50), {})
      collectgarbage()
      collectgarbage()
    end
  end)

  it('finds actions, with members as JSON has them', function()
    local actions = assert(library:actions(minutes, { today = '2026-11-23' }))
    assert.equal(2, #actions)
    local first, second = actions[1], actions[2]
    assert.equal('send the pictures', first.text)
    assert.same({ 'Anna Weber' }, first.owners)
    assert.equal('2026-11-20', first.due)
    assert.equal(8, first.line)
    assert.equal(8, first.end_line)
    assert.is_false(first.done)
    assert.equal('open', first.status)
    assert.equal('checkbox', first.source)
    assert.equal('Next steps', first.section)
    assert.is_nil(first.file)
    assert.is_true(second.done)
    assert.is_nil(second.due)
    assert.same({}, second.owners)
  end)

  it('filters and groups actions by the words that the program takes', function()
    local function texts(...)
      local list = {}
      local options = { today = '2026-11-23', me = 'A. Weber', filter = { ... } }
      for i, action in ipairs(assert(library:actions(minutes, options))) do
        list[i] = action.text
      end
      return list
    end
    assert.same({ 'send the pictures' }, texts('overdue'))
    assert.same({ 'send the pictures' }, texts('mine', 'open'))
    assert.same({ 'Book a van' }, texts('done'))
    assert.same({}, texts('owner=tom'))
    local grouped = library:actions(minutes, { filter = { 'group=owner', 'sort=due' } })
    assert.equal('Anna Weber', grouped[1].group)
    assert.equal(1, grouped[1].group_size)
    assert.equal('nobody', grouped[2].group)
    assert.is_nil(library:actions(minutes)[1].group)
    for _, word in ipairs({ 'opne', 'mine', 'overdue', 'due<soon' }) do
      local list, problem = library:actions(minutes, { filter = { word } })
      assert.is_nil(list)
      assert.is_string(problem.message)
    end
    assert.is_true(core.filter('mine'))
    assert.truthy(select(2, core.filter('opne')).message:find('"open"', 1, true))
    assert.equal('open', core.filters[1])
  end)

  it('gives the edits that change the state of what is on some lines', function()
    local changes = assert(library:toggle(minutes, { line = 8, column = 10 }))
    assert.equal(1, #changes)
    assert.equal('open', changes[1].from)
    assert.equal('done', changes[1].to)
    assert.equal('send the pictures', changes[1].text)
    assert.same(
      { { line = 8, column = 4, end_line = 8, end_column = 5, text = 'x' } },
      changes[1].edits
    )
    assert.equal(2, #library:toggle(minutes, { line = 8, end_line = 9, to = 'cancelled' }))
    assert.equal(0, #library:toggle(minutes, { line = 1 }))
    assert.equal(0, #library:toggle(minutes, { line = 8000 }))
    assert.is_nil((library:toggle(minutes, { line = 8, to = 'gone' })))
    assert.is_false(pcall(library.toggle, library, minutes, { line = 0 }))
    assert.is_false(pcall(library.toggle, library, minutes, { line = 'x' }))
    assert.is_false(pcall(library.actions, library, minutes, { filter = 'open' }))
    assert.is_false(pcall(library.actions, library, minutes, { filter = { 1 } }))
  end)

  it('finds what is wrong, in the order of the text', function()
    local findings = assert(library:lint(minutes, { name = 'a.md', profile = 'negotiation' }))
    assert.is_true(#findings > 0)
    local line = 0
    for _, finding in ipairs(findings) do
      assert.is_true(finding.line >= line)
      line = finding.line
      assert.is_string(finding.rule)
      assert.is_string(finding.message)
      assert.is_table(finding.fixes)
      assert.is_true(finding.end_line >= finding.line)
    end
  end)

  it('gives the edits of a fix', function()
    for _, finding in ipairs(assert(library:lint(minutes))) do
      local fix = finding.fixes[1]
      if fix then
        assert.is_string(fix.title)
        assert.is_number(fix.edits[1].line)
        assert.is_number(fix.edits[1].end_column)
        assert.is_string(fix.edits[1].text)
        return
      end
    end
    error('nothing here can be mended')
  end)

  it('finds decisions', function()
    local decisions = assert(library:decisions('# Minutes\n\nDECISION: we meet on Mondays\n'))
    assert.equal(1, #decisions)
    assert.equal(3, decisions[1].line)
  end)

  it('outlines the open questions and the risks of minutes', function()
    local text = '# Minutes\n\n## Risks\n\n- frost\n\nOpen question: who pays?\n'
    local outline = assert(library:outline(text))
    assert.equal('frost', outline.risks[1].text)
    assert.equal('who pays?', outline.questions[1].text)
    assert.equal(7, outline.questions[1].line)
  end)

  it('outlines minutes', function()
    local outline = assert(library:outline(minutes))
    assert.equal('negotiation', outline.profile)
    assert.equal('en', outline.language)
    assert.equal('2026-11-03', outline.meeting.date)
    assert.equal('Birch & Co', outline.meeting.client)
    assert.equal('Next steps', outline.sections[#outline.sections].title)
    assert.same({ level = 2, title = 'Next steps', line = 6 }, outline.headings[2])
  end)

  it('writes a template', function()
    local options =
      { language = 'de', today = '2026-11-23', values = { client = 'Birke & Söhne' } }
    local text = assert(library:new(options))
    assert.truthy(text:find('Birke & Söhne', 1, true))
    assert.truthy(text:find('23.11.2026', 1, true))
    assert.truthy(text:find('{{', 1, true))
    for _, finding in ipairs(assert(library:lint(text))) do
      assert.equal('placeholder-left', finding.rule)
    end
  end)

  it('tells minutes from other texts', function()
    assert.is_true(library:is_minutes(minutes, 'a.md'))
    assert.is_false(library:is_minutes('# Shopping\n\nplums\n', 'a.md'))
    assert.is_false(library:is_minutes(''))
  end)

  it('knows profiles, languages and rules', function()
    local ids = {}
    for _, profile in ipairs(assert(library:profiles())) do
      ids[profile.id] = profile.name
    end
    assert.is_string(ids.negotiation)
    local names = {}
    for _, language in ipairs(library:languages()) do
      names[language.id] = language.name
    end
    assert.equal('русский', names.ru)
    local english, russian = assert(library:rules()), assert(library:rules({ language = 'ru' }))
    assert.equal(#english, #russian)
    assert.is_true(#english > 0)
    assert.not_equal(english[1].summary, russian[1].summary)
  end)

  it('takes any bytes', function()
    for _, text in ipairs({ '', '\0', '\255\254', '# \0\n- [ ] \0 x', ('['):rep(100000) }) do
      assert.is_table(library:lint(text))
      assert.is_table(library:actions(text))
      assert.is_table(library:outline(text))
    end
    assert.equal('a\0b', library:actions('# Minutes\n\n- [ ] a\0b\n')[1].text)
  end)

  it('answers nil and a message where options name what there is not', function()
    local wrong = {
      { profile = 'xyzzy' },
      { language = 'xyzzy' },
      { detail = 'xyzzy' },
      { today = '2026-02-30' },
    }
    for _, options in ipairs(wrong) do
      for _, method in ipairs({ 'lint', 'actions', 'decisions', 'outline' }) do
        local result, problem = library[method](library, minutes, options)
        assert.is_nil(result)
        assert.is_string(problem.message)
        assert.not_equal('', problem.message)
      end
      local result, problem = library:new(options)
      assert.is_nil(result)
      assert.is_string(problem.message)
    end
  end)

  it('raises where it is misused', function()
    local misuses = {
      ['no library'] = function()
        library.lint('x', 'y')
      end,
      ['no text'] = function()
        library:lint()
      end,
      ['options that are no table'] = function()
        library:lint('', 'x')
      end,
      ['an option that is not'] = function()
        library:lint('', { profil = 'x' })
      end,
      ['an option that is no string'] = function()
        library:lint('', { profile = 1 })
      end,
      ['values that are no table'] = function()
        library:new({ values = 'x' })
      end,
      ['a value that is no string'] = function()
        library:new({ values = { client = 1 } })
      end,
    }
    for what, misuse in pairs(misuses) do
      local ok, message = pcall(misuse)
      assert.is_false(ok, what)
      assert.is_string(message)
    end
    assert.truthy(
      select(2, pcall(library.lint, library, '', { profil = 'x' })):find('profil', 1, true)
    )
  end)

  it('carries earlier minutes over, with the edits that mark them', function()
    local text = '# Minutes\n\nDate: 2026-03-12\n\n## Next steps\n\n'
      .. '- [ ] Anna: dig by Friday\n- [x] sow\n'
    local new, carried = library:new({ from = text, from_name = 'a.md', today = '2026-03-19' })
    local item = '- [ ] dig — owner: Anna, due: 2026-03-13 <!-- from 2026-03-12 -->'
    assert.truthy(new:find(item, 1, true))
    assert.truthy(new:find('2026-03-19', 1, true))
    assert.equal(1, carried.open)
    assert.equal(1, carried.closed)
    local mark = { line = 7, column = 3, end_line = 7, end_column = 6, text = '[>]' }
    assert.same({ mark }, carried.edits)
    local _, none = library:new({ language = 'en' })
    assert.is_nil(none)
    local german = library:new({ from = text, language = 'de', profile = 'meeting' })
    assert.truthy(german:find('protokol: meeting\nlang: de', 1, true))
  end)

  it('completes people and days', function()
    local text = '# Minutes\n\nDate: 2026-03-12\n\nPresent: Anna Weber\n\n- [ ] an\n- dig by fri\n'
    local function complete(line, column)
      return library:complete(text, { line = line, column = column })
    end
    assert.same({ start = 7, items = { { text = 'Anna Weber', note = '' } } }, complete(7, 9))
    local days = complete(8, 13)
    assert.equal(10, days.start)
    assert.same({ text = '2026-03-13', note = 'tomorrow, Friday' }, days.items[1])
    assert.equal('Anna Weber', complete(99, 99).items[1].text)
    assert.same({}, complete(1, 4).items)
    for _, wrong in ipairs({ 0, -1, 0 / 0, 1e300, 'x', {} }) do
      assert.is_false(pcall(complete, wrong, 1))
    end
  end)

  it('raises where a library is used after it was closed', function()
    local meta = debug.getmetatable(library)
    meta.__gc(library)
    meta.__gc(library)
    assert.is_false(pcall(library.lint, library, minutes))
  end)

  it('checks profiles, with the place of a mistake', function()
    assert.is_true(core.check('profile: ours\nsections: []\n', 'ours.yaml'))
    local ok, problem = core.check('profile: ours\nsektions: []\n', 'ours.yaml')
    assert.is_nil(ok)
    assert.equal('ours.yaml', problem.file)
    assert.equal(2, problem.line)
    assert.equal(1, problem.column)
    assert.truthy(problem.message:find('sektions', 1, true))
  end)

  it('signs what bears on a folder, and sees a broken profile', function()
    local name = os.tmpname()
    os.remove(name)
    os.execute('mkdir ' .. name)
    local before = core.signature(name)
    assert.equal(before, core.signature(name))
    local file = assert(io.open(name .. '/.protokol.yaml', 'w'))
    file:write('sections: [\n')
    file:close()
    assert.not_equal(before, core.signature(name))
    local broken, problem = core.library(name)
    os.execute('rm -r ' .. name)
    assert.is_nil(broken)
    assert.truthy(problem.file:find('.protokol.yaml', 1, true))
    assert.is_number(problem.line)
  end)

  it('tells where an approval stands, and makes the edit that records an event', function()
    local sent = {
      event = 'sent',
      time = '2026-11-04T10:00:00+01:00',
      who = 'Anna Weber',
      to = { 'Bo <bo@example.com>' },
    }
    assert.equal('draft', library:approval(minutes).stand)
    local made = assert(library:record(minutes, sent))
    assert.equal(1, made.revision)
    local edit = made.edits[1]
    assert.same({ 1, 1, 1, 1 }, { edit.line, edit.column, edit.end_line, edit.end_column })
    local after = edit.text .. minutes
    local stood = library:approval(after)
    assert.equal('sent', stood.stand)
    assert.is_true(stood.theirs)
    assert.truthy(stood.told:find('^sent, revision 1'))
    assert.same({ 'Bo <bo@example.com>' }, stood.events[1].to)
    assert.equal('Anna Weber', stood.events[1].who)
    assert.equal(minutes, library:public(after))
    assert.truthy(library:record(after, sent))
    sent.event = 'confirmed'
    local refused, problem = library:record(after, sent)
    assert.is_nil(refused)
    assert.truthy(problem.message:find('distributed', 1, true))
    assert.error(function()
      library:record(after, { event = 'sant' })
    end)
  end)

  it('keeps a revision beside its document, once', function()
    local folder_of = os.tmpname()
    os.remove(folder_of)
    os.execute('mkdir ' .. folder_of)
    local path = folder_of .. '/a.md'
    assert.is_true(core.keep(path, 'r', 1, 'one\n'))
    assert.is_true(core.keep(path, 'r', 1, 'one\n'))
    assert.equal('one\n', core.revision(path, 'r', 1))
    assert.is_true(core.keep(path, 'r', 1, 'two\n'))
    assert.equal('two\n', core.revision(path, 'r', 1))
    local file = assert(io.open(folder_of .. '/.protokol/a/r1-unsent-1.md'))
    assert.equal('one\n', file:read('*a'))
    file:close()
    assert.is_nil(core.revision(path, 'r', 2))
    os.execute('rm -r ' .. folder_of)
  end)

  it('lets one at a time record an event in a file', function()
    local path = os.tmpname()
    local first = assert(core.lock(path))
    local second, problem = core.lock(path)
    assert.is_nil(second)
    assert.truthy(problem.message:find('somebody else', 1, true))
    first:unlock()
    first:unlock()
    assert.truthy(core.lock(path)):unlock()
    os.remove(path)
    assert.is_nil(core.lock(path))
  end)

  it('leaks nothing when Lua raises in the middle', function()
    for _ = 1, 50 do
      pcall(library.lint, library, minutes, { today = 1 })
      library:lint(minutes, { profile = 'xyzzy' })
    end
    collectgarbage()
    assert.is_table(library:lint(minutes))
  end)
end)
