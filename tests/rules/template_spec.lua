-- template_spec.lua - a fresh template waits for its author and for nothing else.
local json = require('tests.support.json')
local run = require('tests.support.run')

--- How many findings each rule has.
local function rules_of(text, options)
  local words = { 'lint', '--format', 'jsonl', '-' }
  for _, word in ipairs(options) do
    table.insert(words, word)
  end
  local rules = {}
  for _, found in ipairs(json.lines(run.protokol(words, { stdin = text }).out)) do
    rules[found.rule] = (rules[found.rule] or 0) + 1
  end
  return rules
end

--- The template without the section that the n-th heading of level 2 opens; nil: no such heading.
local function without_section(text, n)
  local starts = {}
  for at in ('\n' .. text):gmatch('\n()## ') do
    starts[#starts + 1] = at - 1
  end
  if not starts[n] then
    return nil
  end
  return text:sub(1, starts[n] - 1) .. text:sub(starts[n + 1] or #text + 1)
end

local function with(command, options)
  local words = { command }
  for _, word in ipairs(options) do
    table.insert(words, word)
  end
  return words
end

local profiles = json.lines(run.protokol({ 'profiles', '--format', 'jsonl' }).out)

describe('a fresh template', function()
  after_each(run.tidy)

  for _, profile in ipairs(profiles) do
    for _, language in ipairs({ 'en', 'ru', 'de' }) do
      for _, detail in ipairs({ 'brief', 'standard', 'detailed' }) do
        local name = table.concat({ profile.id, language, detail }, ' ')
        local options = { '--profile', profile.id, '--lang', language, '--detail', detail }

        it('has placeholders left and no other finding: ' .. name, function()
          -- Told by what the template itself says, not by options.
          local rules = rules_of(run.protokol(with('new', options)).out, {})
          assert((rules['placeholder-left'] or 0) > 0, 'no placeholder found')
          rules['placeholder-left'] = nil
          assert.same({}, rules)
        end)

        it('gets all sections back by the fix: ' .. name, function()
          local template = run.protokol(with('new', options)).out
          local head = template:match('^(.-\n)\n## ')
          local fix = with('lint', options)
          table.insert(fix, '--fix')
          table.insert(fix, '-')
          assert.equal(template, run.protokol(fix, { stdin = head }).out)
        end)

        it('gets each section back by the fix: ' .. name, function()
          local template = run.protokol(with('new', options)).out
          local n, cut = 1, without_section(template, 1)
          assert(cut, 'no section in the template')
          while cut do
            assert.equal(1, rules_of(cut, options)['section-missing'], 'without section ' .. n)
            local fix = with('lint', options)
            table.insert(fix, '--fix')
            table.insert(fix, '-')
            assert.equal(template, run.protokol(fix, { stdin = cut }).out, 'section ' .. n)
            n, cut = n + 1, without_section(template, n + 1)
          end
        end)
      end
    end
  end

  it('keeps the line ends of the text it is mended in', function()
    local template = run.protokol({ 'new', '--lang', 'ru' }).out:gsub('\n', '\r\n')
    local cut = without_section(template, 3)
    assert.equal(template, run.protokol({ 'lint', '--fix', '-' }, { stdin = cut }).out)
  end)
end)
