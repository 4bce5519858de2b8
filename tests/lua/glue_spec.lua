-- The Lua between core and editor, with a table for an editor: no Vim is started here.
package.path = './lua/?.lua;./lua/?/init.lua;' .. package.path

local config = require('protokol.config')
local placeholder = require('protokol.placeholder')
local program = require('protokol.program')
local values = require('protokol.values')
local lists = require('protokol.lists')
local series = require('protokol.series')

describe('options', function()
  it('are the defaults where nothing is said', function()
    local options, problems = config.merge(nil, {})
    assert.same({}, problems)
    for _, option in ipairs(config.schema) do
      assert.equal(option.default, options[option.name])
    end
  end)

  it('come from the last layer that names them', function()
    local options = config.merge({ delay = 1, max_findings = 2 }, { delay = 3 })
    assert.equal(3, options.delay)
    assert.equal(2, options.max_findings)
  end)

  it('take 0 and 1 for false and true', function()
    assert.is_false(config.merge({ live = 0 }).live)
    assert.is_true(config.merge({ live = 1 }).live)
  end)

  it('keep the default where a value does not fit, and say so', function()
    local options, problems = config.merge({ delay = 'soon', max_findings = -1, live = 2 }, 'all')
    assert.equal(0, options.delay)
    assert.equal(200, options.max_findings)
    assert.is_true(options.live)
    assert.equal(4, #problems)
  end)

  it('are guessed at when misspelt', function()
    local _, problems = config.merge({ dealy = 1 })
    assert.same({ 'there is no option "dealy" - did you mean "delay"?' }, problems)
    assert.equal('', config.hint('zebra', { 'delay', 'limit' }))
  end)
end)

describe('the help', function()
  for _, name in ipairs({ 'protokol.txt', 'protokol.rux' }) do
    it(name .. ' names every option with its default', function()
      local file = assert(io.open('doc/' .. name))
      local text = file:read('*a')
      file:close()
      for _, option in ipairs(config.schema) do
        local told = text:match('\n' .. option.name .. '\t+%((.-)%)')
        local default = option.default
        if type(default) == 'string' then
          told = told and told:match('^"(.*)"$')
        elseif type(default) == 'number' then
          told = tonumber(told)
        else
          default = tostring(default)
        end
        assert.equal(default, told, option.name)
      end
    end)
  end
end)

describe('placeholders', function()
  local text = 'é {{a}} {{b}}\n\n{{c\n}} {{}} {{d}}\n'
  local places = placeholder.find(text)

  it('are found by line and byte', function()
    assert.same({
      { line = 1, from = 4, to = 9 },
      { line = 1, from = 10, to = 15 },
      { line = 4, from = 9, to = 14 },
    }, places)
  end)

  local function at(line, column, direction, inserting)
    local place = placeholder.choose(places, line, column, direction, inserting)
    return { place.line, place.from }
  end

  it('follow one another and begin again behind the last', function()
    assert.same({ 1, 4 }, at(1, 1, 'next'))
    assert.same({ 1, 10 }, at(1, 4, 'next'))
    assert.same({ 4, 9 }, at(1, 10, 'next'))
    assert.same({ 1, 4 }, at(4, 9, 'next'))
    assert.same({ 1, 4 }, at(1, 10, 'previous'))
    assert.same({ 4, 9 }, at(1, 4, 'previous'))
  end)

  it('that stand at the cursor are next only where one types', function()
    assert.same({ 1, 10 }, at(1, 10, 'next', true))
    assert.same({ 4, 9 }, at(1, 10, 'next', false))
  end)
end)

describe('words of a command', function()
  local editor = {
    absolute = function(path)
      return '/home/' .. path
    end,
    buffer = function()
      return 1
    end,
    file = function()
      return '/home/now.md'
    end,
    exists = function(path)
      return path == '/home/notes'
    end,
  }

  it('are options as they are and absolute paths', function()
    local words = { '--open', 'a b.md', '--owner', '--done', '%', '-x.md', '--sort=due' }
    local options, paths = program.sort_out(editor, words)
    assert.same({ '--open', '--owner', '--done', '--sort=due' }, options)
    assert.same({ '/home/a b.md', '/home/now.md', '/home/-x.md' }, paths)
  end)

  it('are refused where an option is unknown or has no value', function()
    local options, problem = program.sort_out(editor, { '--opne' })
    assert.is_nil(options)
    assert.equal('there is no option "--opne" here - did you mean "--open"?', problem.message)
    options, problem = program.sort_out(editor, { '--owner' })
    assert.is_nil(options)
    assert.equal('--owner needs a value', problem.message)
  end)

  it('are filters as they stand, and files where they are not', function()
    local words = { 'owner=anna b', 'open', './open', 'notes', 'due<2026-04-01', 'a=b.md', 'c.md' }
    table.remove(words, 6)
    local options, paths, filters = program.sort_out(editor, words)
    assert.same({}, options)
    assert.same({ '/home/./open', '/home/notes', '/home/c.md' }, paths)
    assert.same({ 'owner=anna b', 'open', 'due<2026-04-01' }, filters)
  end)

  it('are guessed at where they are neither filter nor file', function()
    local wrong = {
      opne = '"opne" is neither a filter nor a file - did you mean "open"?',
      ['onwer=anna'] = 'there is no filter "onwer=anna"',
      ['due<soon'] = 'due< wants a day as YYYY-MM-DD, not "soon"',
      ['sort=age'] = 'sort= wants due, owner or file, not "age"',
    }
    for word, message in pairs(wrong) do
      local options, problem = program.sort_out(editor, { word })
      assert.is_nil(options)
      assert.equal(message, problem.message:sub(1, #message))
    end
  end)

  it('cannot name another format or a file to write', function()
    assert.is_nil((program.sort_out(editor, { '--format', 'text' })))
    assert.is_nil((program.sort_out(editor, { '--files-from=x' })))
  end)
end)

describe('remembered values', function()
  it('stand once, newest first, ten at most', function()
    assert.same({ 'b', 'a' }, values.with({ 'a', 'b' }, 'b'))
    local list = {}
    for i = 1, 20 do
      list = values.with(list, 'value ' .. i)
    end
    assert.equal(10, #list)
    assert.equal('value 20', list[1])
    assert.equal('value 11', list[10])
  end)
end)

describe('a text cut to some cells', function()
  local cells = require('protokol.cells')
  local editor = {} -- a cell a letter, four for a byte that is none

  function editor.width(text)
    local letters = text:gsub('[\1-\127]', 'a'):gsub('[\194-\244][\128-\191]+', 'a')
    return #letters:gsub('[\128-\255]', '<ff>')
  end

  it('keeps its beginning, or its end', function()
    assert.equal('Пётр', cells.fitting(editor, 'Пётр Первый', 4))
    assert.equal('вый', cells.fitting(editor, 'Пётр Первый', 3, true))
    assert.equal('Пётр…', cells.filled(editor, 'Пётр Первый', 5))
    assert.equal('…вый', cells.filled(editor, 'Пётр Первый', 4, true))
    assert.equal('Пётр  ', cells.filled(editor, 'Пётр', 6))
  end)

  it('comes to an end whatever bytes it holds', function()
    for _, bytes in ipairs({ '\255\255\255\255', '\128\128\128', 'a\191\209', '\209\209' }) do
      for _, from_back in ipairs({ false, true }) do
        assert(editor.width(cells.fitting(editor, bytes:rep(20), 10, from_back)) <= 10)
        assert.equal('', cells.fitting(editor, bytes, 0, from_back))
      end
    end
  end)

  it('does not look at all of a long one', function()
    local longest = 0
    local watched = {}
    function watched.width(text)
      longest = math.max(longest, #text)
      return editor.width(text)
    end
    cells.fitting(watched, ('Пётр '):rep(100000), 20)
    assert(longest <= 320)
  end)
end)

describe('sections for the outline', function()
  it('are headings and the lines that serve as such, each once, in order', function()
    local got = lists.headings({
      headings = {
        { line = 1, level = 1, title = 'Minutes' },
        { line = 9, level = 2, title = 'End' },
      },
      sections = {
        { line = 5, level = 7, title = 'Actions' },
        { line = 9, level = 2, title = 'End' },
      },
    })
    assert.same({ 1, 5, 9 }, { got[1].line, got[2].line, got[3].line })
    assert.equal(3, #got)
  end)

  it('hold the open questions and the risks, each below its heading', function()
    local got = lists.headings({
      headings = {
        { line = 1, level = 1, title = 'Minutes' },
        { line = 5, level = 2, title = 'End' },
      },
      questions = { { line = 3, text = 'who pays' }, { line = 5, text = 'who ends' } },
      risks = { { line = 2, text = 'frost' } },
    })
    local titles = {}
    for i, heading in ipairs(got) do
      titles[i] = heading.title
    end
    assert.same({ 'Minutes', '! frost', '? who pays', 'End', '? who ends' }, titles)
  end)
end)

describe('mends', function()
  local edited
  package.loaded['protokol.editor'] = {
    settings = function()
      return {}
    end,
    edit = function(_, edits)
      edited = edits
    end,
  }
  local protokol = require('protokol')
  package.loaded['protokol.editor'] = nil

  local function edit(line, column, end_line, end_column, text)
    return {
      line = line,
      column = column,
      end_line = end_line,
      end_column = end_column,
      text = text,
    }
  end

  it('are made in the order of the text, in that of the findings at one place', function()
    local made = protokol.apply(1, {
      { edits = { edit(5, 1, 5, 1, 'c') } },
      { edits = { edit(2, 1, 2, 4, 'a'), edit(5, 1, 5, 1, 'd') } },
      { edits = { edit(2, 4, 2, 5, 'b') } },
    })
    local texts = ''
    for _, one in ipairs(edited) do
      texts = texts .. one.text
    end
    assert.equal(3, made)
    assert.equal('abcd', texts)
  end)

  it('leave out whole fixes that overlap an earlier one', function()
    local made = protokol.apply(1, {
      { edits = { edit(1, 2, 1, 6, 'x') } },
      { edits = { edit(1, 5, 1, 7, 'y'), edit(9, 1, 9, 1, 'y') } },
      { edits = { edit(1, 6, 2, 1, 'z') } },
    })
    assert.equal(2, made)
    assert.equal(2, #edited)
  end)
end)

describe('problems', function()
  it('are told with their place', function()
    package.loaded['protokol'] = nil
    package.loaded['protokol.editor'] = {
      settings = function()
        return {}
      end,
      short = function(file)
        return file
      end,
    }
    local protokol = require('protokol')
    assert.equal(
      'a.yaml:3:7: odd',
      protokol.sentence({ message = 'odd', file = 'a.yaml', line = 3, column = 7 })
    )
    assert.equal('odd', protokol.sentence({ message = 'odd' }))
    package.loaded['protokol'], package.loaded['protokol.editor'] = nil, nil
  end)
end)

describe('sentences', function()
  local function read(path)
    local file = assert(io.open(path, 'rb'))
    local text = file:read('*a')
    file:close()
    return text
  end

  -- What the commands say, as say('...') and as the summaries of the subcommands.
  local said = {}
  for _, name in ipairs({
    'approval',
    'board',
    'command',
    'command/approval',
    'command/common',
    'command/findings',
    'command/fix',
    'command/mail',
    'command/new',
    'command/walkthrough',
    'config',
    'init',
    'lists',
    'live',
    'program',
    'toggle',
  }) do
    local source = read('lua/protokol/' .. name .. '.lua')
    for _, call in ipairs({ "say'?%)?%(%s*'([^'\n]+)'", "summary = '([^'\n]+)'" }) do
      for sentence in source:gmatch(call) do
        said[sentence] = true
      end
    end
  end

  for _, language in ipairs({ 'ru', 'de' }) do
    it('are translated, with the same places to fill in: ' .. language, function()
      local block = read('csrc/profile/language/' .. language .. '.yaml'):match('\nsays:\n(.-)\n\n')
      local says = {}
      for english, translation in (block .. '\n'):gmatch('  "(.-)": "(.-)"\n') do
        says[(english:gsub('\\"', '"'))] = translation
      end
      for sentence in pairs(said) do
        assert(says[sentence], language .. '.yaml says nothing for: ' .. sentence)
        local places = select(2, sentence:gsub('%%[ds]', ''))
        assert.equal(places, select(2, says[sentence]:gsub('%%[ds]', '')))
      end
    end)
  end
end)

describe('findings of a text that has changed', function()
  local findings = require('protokol.findings')

  local function text_of(lines)
    return #lines > 0 and table.concat(lines, '\n') .. '\n' or ''
  end

  local function on_each(lines)
    local list = {}
    for i, line in ipairs(lines) do
      list[i] = { line = i, end_line = i, text = line }
    end
    return list
  end

  local function moved(old, new)
    local parts = {}
    for _, one in ipairs(findings.moved(on_each(old), text_of(old), text_of(new))) do
      assert.equal(one.line, one.end_line)
      parts[#parts + 1] = one.text .. one.line
    end
    return table.concat(parts, ' ')
  end

  it('go with their lines, and not with lines that are others now', function()
    assert.equal('a1 b2 c3', moved({ 'a', 'b', 'c' }, { 'a', 'b', 'c' }))
    assert.equal('a1 c3 d4', moved({ 'a', 'b', 'c', 'd' }, { 'a', 'bb', 'c', 'd' }))
    assert.equal('a1 c4 d5', moved({ 'a', 'b', 'c', 'd' }, { 'a', 'x', 'b', 'c', 'd' }))
    assert.equal('a1 d3', moved({ 'a', 'b', 'c', 'd' }, { 'a', 'c', 'd' }))
    assert.equal('', moved({ 'a' }, { 'b' }))
    assert.equal('', moved({}, { 'b' }))
    assert.equal('', moved({ 'a', 'b' }, {}))
  end)

  it('are of a line that is the same, whatever has changed', function()
    local seed, kept = 5, 0
    local function random(most)
      seed = seed * 16807 % 2147483647
      return seed % most + 1
    end
    for _ = 1, 500 do
      local old, new = {}, {}
      for i = 1, random(12) do
        old[i] = ('ab'):sub(random(2)):rep(random(2))
        new[i] = old[i]
      end
      for _ = 1, random(3) do
        local at = random(#new + 1)
        if random(2) == 1 then
          table.insert(new, at, ('ba'):rep(random(2)))
        else
          table.remove(new, math.min(at, #new))
        end
      end
      local list = findings.moved(on_each(old), text_of(old), text_of(new))
      for i, one in ipairs(list) do
        assert.equal(one.text, new[one.line])
        assert.truthy(i == 1 or list[i - 1].line < one.line)
      end
      kept = kept + #list
    end
    assert.truthy(kept > 1000)
  end)
end)

describe('a series of minutes', function()
  it('has a day in the names of its files', function()
    assert.equal('2026-03-12', series.day('2026-03-12-sales.md'))
    assert.equal('2026-03-12', series.day('sales_20260312.txt'))
    assert.equal('2026-03-12', series.day('Protokoll 12.03.2026.md'))
    assert.is_nil(series.day('sales-17.md'))
    assert.is_nil(series.day('2026-13-12.md'))
  end)

  it('has names that differ in their figures', function()
    assert.equal(series.shape('team-2026-03-12.md'), series.shape('team-2026-03-19.md'))
    assert.not_equal(series.shape('team-2026-03-12.md'), series.shape('board-2026-03-12.md'))
  end)

  -- A folder of files: name -> what their outline says; {} is no minutes.
  local function earlier(files, own, wanted)
    local folder = os.tmpname()
    os.remove(folder)
    os.execute('mkdir ' .. folder)
    local names = {}
    for name in pairs(files) do
      names[#names + 1] = name
      local file = assert(io.open(folder .. '/' .. name, 'w'))
      file:write('x')
      file:close()
    end
    local editor = {
      call = function(name)
        return name == 'getftype' and 'file' or names
      end,
      file = function()
        return own and folder .. '/' .. own or ''
      end,
      folder = function()
        return folder
      end,
    }
    local function of(path)
      return files[path:match('[^/]*$')]
    end
    local library = {
      is_minutes = function(_, _, path)
        return of(path).profile ~= nil
      end,
      outline = function(_, _, options)
        local file = of(options.name)
        return { profile = file.profile, meeting = { date = file.date, client = file.client } }
      end,
    }
    wanted = wanted or {}
    wanted.today = '2026-03-20'
    local path = series.earlier(editor, library, 1, wanted)
    os.execute('rm -r ' .. folder)
    return path and path:match('[^/]*$')
  end

  it('goes on from the newest that is earlier', function()
    local files = {
      ['2026-03-05.md'] = { profile = 'meeting' },
      ['2026-03-12.md'] = { profile = 'meeting' },
      ['2026-03-19.md'] = { profile = 'meeting' },
      ['2026-03-13.md'] = {},
      ['2026-03-14.png'] = { profile = 'meeting' },
    }
    assert.equal('2026-03-12.md', earlier(files, '2026-03-19.md'))
    assert.equal('2026-03-19.md', earlier(files, nil))
    assert.is_nil(earlier(files, '2026-03-05.md'))
    assert.is_nil(earlier({}, nil))
  end)

  it('prefers names alike, else what the minutes say of day, kind and client', function()
    local files = {
      ['team-2026-03-05.md'] = { profile = 'meeting' },
      ['board-2026-03-12.md'] = { profile = 'meeting' },
      ['notes.md'] = { profile = 'negotiation', date = '2026-03-13', client = 'Birch' },
      ['other.md'] = { profile = 'negotiation', date = '2026-03-14', client = 'Elm' },
      ['late.md'] = { profile = 'meeting', date = '2026-04-01' },
    }
    assert.equal('team-2026-03-05.md', earlier(files, 'team-2026-03-19.md'))
    assert.equal('other.md', earlier(files, nil))
    assert.equal('board-2026-03-12.md', earlier(files, nil, { profile = 'meeting' }))
    assert.equal('notes.md', earlier(files, nil, { profile = 'negotiation', client = 'birch' }))
  end)
end)
