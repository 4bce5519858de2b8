-- rules_spec.lua - every rule says what its examples show, and is explained in every language.
local examples = require('tests.support.examples')
local json = require('tests.support.json')
local run = require('tests.support.run')

--- `protokol lint` with the settings of an example, in a folder with its profile where it has one.
local function lint(text, settings, profile, style)
  local words =
    { 'lint', '--format', 'jsonl', '--today', '2026-11-16', '--lang', settings.lang or 'en' }
  for _, option in ipairs({ 'profile', 'detail' }) do
    if settings[option] then
      table.insert(words, '--' .. option)
      table.insert(words, settings[option])
    end
  end
  table.insert(words, '--stdin-name')
  local folder = profile
      and run.files({ ['.protokol.yaml'] = profile, ['House/Rule.yml'] = style }) .. '/'
    or ''
  table.insert(words, folder .. (settings.name or 'minutes.md'))
  table.insert(words, '-')
  local out = run.protokol(words, { stdin = text }).out
  return json.lines((out:gsub(folder:gsub('%p', '%%%0'), '')))
end

--- Findings of one rule, one a line: "line:column severity message".
local function findings(text, settings, rule, profile, style)
  local lines, all = {}, lint(text, settings, profile, style)
  for _, found in ipairs(all) do
    if found.rule == rule then
      lines[#lines + 1] = ('%d:%d %s %s'):format(
        found.line,
        found.column,
        found.severity,
        found.message
      )
    end
  end
  return #lines > 0 and table.concat(lines, '\n') or 'none', all
end

--- Offset (from 1) of a place whose columns count bytes.
local function offset_of(text, line, column)
  local at = 1
  for _ = 2, line do
    local _, stop = text:find('\r?\n', at)
    at = (stop or #text) + 1
  end
  return at + column - 1
end

--- The text with the first fix of each finding of that rule made.
local function mended(text, all, rule)
  local edits = {}
  for _, found in ipairs(all) do
    for _, edit in ipairs(found.rule == rule and found.fixes[1] and found.fixes[1].edits or {}) do
      edits[#edits + 1] = {
        from = offset_of(text, edit.line, edit.column),
        to = offset_of(text, edit.end_line, edit.end_column),
        text = edit.text,
        order = #edits,
      }
    end
  end
  table.sort(edits, function(a, b)
    return a.from > b.from or a.from == b.from and a.order > b.order
  end)
  for _, edit in ipairs(edits) do
    text = text:sub(1, edit.from - 1) .. edit.text .. text:sub(edit.to)
  end
  return text, #edits
end

local rules = {}
for line in run.shell('ls csrc/lint/rules/*.c'):gmatch('[^\n]+') do
  local stem = line:match('([%w_]+)%.c$')
  rules[#rules + 1] = { id = stem:gsub('_', '-'), source = run.read(line), path = line }
end

--- The messages in a rule's source: what it says between its comments and its own description.
local function messages_of(source)
  local messages = {}
  local code = source:gsub('/%*.-%*/', ''):gsub('\nconst struct pk_rule .*', '')
  for message in code:gsub('"%s+"', ''):gsub('\\"', '\1'):gmatch('"([^"\n]*)"') do
    if message:find(' ') then
      messages[#messages + 1] = (message:gsub('\1', '"'))
    end
  end
  return messages
end

local help, russian = run.read('doc/protokol.txt'), run.read('doc/protokol.rux')
local words =
  { ru = run.read('csrc/profile/language/ru.yaml'), de = run.read('csrc/profile/language/de.yaml') }

--- The lines of one rule in a language file.
local function entry_of(language, id)
  local block = ('\n' .. words[language] .. '\n'):match('\nrules:\n(.*)') or ''
  return ('\n' .. block .. '  end:\n'):match(
    '\n  ' .. id:gsub('%-', '%%-') .. ':\n(.-)\n  %a[%w-]*:'
  )
end

describe('every file of examples', function()
  local ids = {}
  for _, rule in ipairs(rules) do
    ids[rule.id] = true
  end
  for id in run.shell('ls tests/rules/*.md'):gmatch('([%w-]+)%.md') do
    it(id .. ' has its rule', function()
      assert(ids[id], 'no csrc/lint/rules/' .. id:gsub('%-', '_') .. '.c')
    end)
  end
end)

for _, rule in ipairs(rules) do
  describe(rule.id, function()
    teardown(run.tidy)

    local path = 'tests/rules/' .. rule.id .. '.md'
    local shown = io.open(path) and examples.read(path) or {}

    for _, example in ipairs(shown) do
      it(example.title, function()
        local expected = example.findings:gsub('%s+$', '')
        local found, all =
          findings(example.minutes, example.settings, rule.id, example.profile, example.style)
        assert.equal(expected, found)
        if example.fixed then
          local text = mended(example.minutes, all, rule.id)
          assert.equal(example.fixed, text)
          assert.equal('none', (findings(text, example.settings, rule.id)))
        end
      end)
    end

    it('has two examples that fire and two of silence in every language', function()
      local shows = {}
      for _, language in ipairs({ 'en', 'ru', 'de' }) do
        shows[language] = { fires = 0, silent = 0 }
      end
      for _, example in ipairs(shown) do
        local kind = example.findings:match('^none') and 'silent' or 'fires'
        local language = shows[example.settings.lang or 'en']
        language[kind] = language[kind] + 1
      end
      for language, counts in pairs(shows) do
        assert(counts.fires >= 2, path .. ': fewer than two examples that fire in ' .. language)
        assert(counts.silent >= 2, path .. ': fewer than two examples of silence in ' .. language)
      end
    end)

    it('has an entry in the help', function()
      assert(
        help:find('*protokol-' .. rule.id .. '*', 1, true),
        'doc/protokol.txt: no tag *protokol-' .. rule.id .. '*'
      )
      assert(
        russian:find('\n' .. rule.id .. ' ', 1, true)
          or russian:find('\n' .. rule.id .. '\t', 1, true),
        'doc/protokol.rux: ' .. rule.id .. ' is not listed'
      )
    end)

    it('is explained and translated', function()
      assert(#messages_of(rule.source) > 0, rule.path .. ': no message found')
      for language in pairs(words) do
        local entry = entry_of(language, rule.id)
        assert(entry, language .. '.yaml: no entry under rules: for ' .. rule.id)
        for _, key in ipairs({ 'summary', 'help', 'messages' }) do
          assert(
            entry:find('\n    ' .. key .. ':', 1, true) or entry:find('^    ' .. key .. ':'),
            language .. '.yaml: ' .. rule.id .. ' has no ' .. key
          )
        end
        for _, message in ipairs(messages_of(rule.source)) do
          local key = '"' .. message:gsub('"', '\\"') .. '":'
          assert(
            entry:find(key, 1, true),
            language .. '.yaml: ' .. rule.id .. ' does not translate ' .. key
          )
        end
      end
    end)
  end)
end
