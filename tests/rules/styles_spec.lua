-- styles_spec.lua - a house's own rules, in Vale's form, say what their examples show.
local examples = require('tests.support.examples')
local json = require('tests.support.json')
local run = require('tests.support.run')

--- A project whose only rule of a style is House.Rule.
local function project(example)
  return run.files({
    ['.protokol.yaml'] = example.profile or 'profile: ours\nsections: []\nstyles: House\n',
    ['House/Rule.yml'] = example.style,
    ['words/accept.txt'] = example.accept or '',
    ['minutes.md'] = example.minutes,
  })
end

local function arguments(example, ...)
  return { 'lint', '--today', '2026-11-16', '--lang', example.settings.lang or 'en', ... }
end

--- Its findings, one a line: "line:column-end severity message", columns in bytes.
local function findings(example, folder)
  local lines = {}
  local got =
    run.protokol(arguments(example, '--format', 'jsonl', 'minutes.md'), { folder = folder })
  for _, found in ipairs(json.lines(got.out)) do
    if found.rule:match('^House%.') then
      local stop = found.end_line == found.line and '' or found.end_line .. ':'
      lines[#lines + 1] = ('%d:%d-%s%d %s %s'):format(
        found.line,
        found.column,
        stop,
        found.end_column,
        found.severity,
        found.message
      )
    end
  end
  return got.err .. (#lines > 0 and table.concat(lines, '\n') or 'none')
end

for path in run.shell('ls tests/rules/styles/*.md'):gmatch('[^\n]+') do
  describe(path:match('([%w-]+)%.md$'), function()
    after_each(run.tidy)
    for _, example in ipairs(examples.read(path)) do
      it(example.title, function()
        local folder = project(example)
        assert.equal((example.findings:gsub('\n$', '')), findings(example, folder))
        if example.mended then
          run.protokol(arguments(example, '--fix', 'minutes.md'), { folder = folder })
          assert.equal(example.mended, run.read(folder .. '/minutes.md'))
        end
      end)
    end
  end)
end
