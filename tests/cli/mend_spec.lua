-- What holds for every mend, whatever the minutes: nothing new is found after it, and nothing is
-- left to mend after all were made. Looked at in every example of the tests, in minutes put
-- together from their pieces, and in the files below $PROTOKOL_EVAL.

local examples = require('tests.support.examples')
local json = require('tests.support.json')
local run = require('tests.support.run')

local unpack = unpack or table.unpack -- luacheck: ignore
local lint = run.command('lint', '--all', '--today', '2026-11-16')

-- A small generator of our own: the same documents everywhere.
local seed = 1
local function draw(count)
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed // 65536 % count + 1
end

local function add(documents, text, ending)
  table.insert(documents, { name = ('%05d.%s'):format(#documents + 1, ending), text = text })
end

--- Every text that the examples show.
local function shown()
  local documents = {}
  for path in run.shell('ls tests/rules/*.md tests/read/*.md'):gmatch('[^\n]+') do
    for _, example in ipairs(examples.read(path)) do
      local name = example.settings.name or 'a.md'
      if example.minutes then
        add(documents, example.minutes, name:match('%.(%w+)$') or 'md')
      end
    end
  end
  return documents
end

--- Minutes of pieces that stand between blank lines in the examples, in any order.
local function shuffled(documents)
  local pieces, made = {}, {}
  for _, document in ipairs(documents) do
    for piece in (document.text:gsub('\r', '') .. '\n\n'):gmatch('(.-\n)\n+') do
      if not piece:find('{{', 1, true) and #piece < 2000 then
        pieces[#pieces + 1] = piece
      end
    end
  end
  for number = 1, 60 do
    local parts = {}
    for _ = 1, 4 + draw(20) do
      parts[#parts + 1] = pieces[draw(#pieces)]
    end
    local text = table.concat(parts, '\n')
    text = number % 4 == 0 and text:gsub('\n', '\r\n') or text
    add(made, number % 5 == 0 and text:gsub('%s+$', '') or text, number % 7 == 0 and 'txt' or 'md')
    made[#made].shuffled = true -- in an order that is none
  end
  return made
end

local function evaluated()
  local documents, folder = {}, os.getenv('PROTOKOL_EVAL')
  local command = folder and "find %s -name '*.md' -o -name '*.txt' | LC_ALL=C sort"
  for path in (command and run.shell(command:format(run.quote(folder))) or ''):gmatch('[^\n]+') do
    add(documents, run.read(path), path:match('%.(%w+)$'))
  end
  return documents
end

local function folder_of(documents)
  local folder = run.folder()
  for _, document in ipairs(documents) do
    run.write(folder .. '/' .. document.name, document.text)
  end
  return folder
end

--- Findings by file.
local function found_in(folder, words)
  local by_file = {}
  local all = { '--format', 'jsonl', '.', unpack(words) }
  for _, found in ipairs(json.lines(lint(all, { folder = folder }).out)) do
    local name = found.file:match('[^/]+$')
    by_file[name] = by_file[name] or {}
    table.insert(by_file[name], found)
  end
  return by_file
end

-- What is told anew when a mend is right: a rule that is now named may have nothing to silence, and
-- of somebody whose name can now be read more may be asked; minutes that come nearer to the form are
-- held to it. (`--fix` makes no such mend.)
local follows = {
  ['section-missing'] = { ['section-unknown'] = true, ['section-order'] = true },
  ['suppression-unknown'] = { ['suppression-unused'] = true },
  ['mixed-script'] = { ['person-contact'] = true, ['person-role'] = true },
}

--- What is found after but was not before; what a mend leaves to fill in is no finding of it.
local function fresh(before, after, rule)
  local count, new = {}, {}
  local function key(found)
    -- Which of two that are in no order is named depends on all the others.
    if rule and found.rule == 'section-order' then
      return found.rule
    end
    return found.rule .. ': ' .. found.message:gsub('%d+', '#')
  end
  for _, found in ipairs(before or {}) do
    count[key(found)] = (count[key(found)] or 0) + 1
  end
  for _, found in ipairs(after or {}) do
    count[key(found)] = (count[key(found)] or 0) - 1
    -- Any change of an approved text is one that has to be told; --fix makes none.
    local expected = found.rule == 'placeholder-left'
      or found.rule == 'approval-digest'
      or (follows[rule] or {})[found.rule]
    if count[key(found)] < 0 and not expected then
      new[#new + 1] = key(found)
    end
  end
  return table.concat(new, '; ')
end

local function offsets(text)
  local starts, at = { 1 }, 1
  while true do
    local _, stop = text:find('\r?\n', at)
    local _, lone = text:find('\r', at, true)
    at = math.min(
      stop or math.huge,
      lone and text:sub(lone + 1, lone + 1) ~= '\n' and lone or math.huge
    )
    if at == math.huge then
      return starts
    end
    at = at + 1
    starts[#starts + 1] = at
  end
end

--- The text with the edits of one fix made.
local function mended(text, starts, fix)
  for i = #fix.edits, 1, -1 do
    local edit = fix.edits[i]
    local from = starts[edit.line] + edit.column - 1
    local to = starts[edit.end_line] + edit.end_column - 1
    text = text:sub(1, from - 1) .. edit.text .. text:sub(to)
  end
  return text
end

--- Minutes for each mend that is offered, with that one made.
local function each_mend(documents, before)
  local made = {}
  for _, document in ipairs(documents) do
    local starts = offsets(document.text)
    for _, found in ipairs(not document.shuffled and before[document.name] or {}) do
      local fix = found.fixes[1]
      if fix and not fix.choice then
        add(made, mended(document.text, starts, fix), document.name:match('%w+$'))
        made[#made].of, made[#made].rule = document, found.rule
        made[#made].what = ('%s: %s [%s]'):format(document.name, fix.title, found.rule)
      end
    end
  end
  return made
end

--- The text after a unified diff: its lines that are not taken out, and between hunks its own.
local function patched(text, diff)
  local lines, out, at = {}, {}, 1
  for line in text:gmatch('[^\n]*\n?') do
    lines[#lines + 1] = line
  end
  diff = diff:gsub('\n\\ No newline at end of file\n', '\0')
  for line in diff:gmatch('[^\n%z]*[\n%z]') do
    local start, count = line:match('^@@ %-(%d+),(%d+)')
    local body = line:sub(2):gsub('%z', '')
    if start then
      for i = at, tonumber(start) - (count == '0' and 0 or 1) do
        out[#out + 1] = lines[i]
        at = i + 1
      end
    elseif not line:find('^%-%-%- ') and not line:find('^%+%+%+ ') then
      if not line:find('^%+') then
        assert.equal(lines[at], body)
        at = at + 1
      end
      if not line:find('^%-') then
        out[#out + 1] = body
      end
    end
  end
  return table.concat(out) .. table.concat(lines, '', at)
end

local kinds = {
  { 'as they are', {} },
  { 'as detailed negotiations', { '--profile', 'negotiation', '--detail', 'detailed' } },
}

for _, kind in ipairs(kinds) do
  local words = kind[2]
  describe('every mend of minutes, taken ' .. kind[1] .. ',', function()
    local documents, before
    setup(function()
      seed = 1
      documents = shown()
      for _, list in ipairs({ evaluated(), shuffled(documents) }) do
        for _, document in ipairs(list) do
          add(documents, document.text, document.name:match('%w+$'))
          documents[#documents].shuffled = document.shuffled
        end
      end
      before = found_in(folder_of(documents), words)
    end)
    teardown(run.tidy)

    it('makes no new finding', function()
      local made = each_mend(documents, before)
      assert.is_true(#made > 50)
      local after, wrong = found_in(folder_of(made), words), {}
      for _, document in ipairs(made) do
        local new = fresh(before[document.of.name], after[document.name], document.rule)
        if new ~= '' then
          wrong[#wrong + 1] = document.what .. '\n    ' .. new
        end
      end
      assert.equal('', table.concat(wrong, '\n'))
    end)

    it('is made by --fix, as --diff has shown, and leaves nothing to make', function()
      local folder = folder_of(documents)
      local all = { '.', unpack(words) }
      local diff =
        run.command('lint', '--all', '--today', '2026-11-16', '--diff')(all, { folder = folder })
      local fix =
        run.command('lint', '--all', '--today', '2026-11-16', '--fix', '--format', 'short')
      fix(all, { folder = folder })
      local shown_of, name = {}, nil
      for line in diff.out:gmatch('[^\n]*\n') do
        name = line:match('^%-%-%- %./([%w.]+)\n') or name
        shown_of[name] = (shown_of[name] or '') .. line
      end
      local after = found_in(folder, words)
      for _, document in ipairs(documents) do
        local text = run.read(folder .. '/' .. document.name)
        assert.equal('', fresh(before[document.name], after[document.name]))
        assert.equal(text, patched(document.text, shown_of[document.name] or ''))
        document.mended = text
      end
      assert.is_nil(fix(all, { folder = folder }).out:match('[^\n]*: mended: [^\n]*'))
      for _, document in ipairs(documents) do
        assert.equal(document.mended, run.read(folder .. '/' .. document.name))
      end
    end)
  end)
end
