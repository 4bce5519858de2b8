-- template_spec.lua - a fresh template waits for its author and for nothing else.
local json = require('tests.support.json')

local program = (os.getenv('BUILD') or 'build') .. '/protokol'

local function run(command)
  local pipe = assert(io.popen(command, 'r'))
  local output = pipe:read('*a')
  pipe:close()
  return output
end

local function rules_of(path, options)
  local rules = {}
  for _, found in ipairs(json.lines(run(program .. ' lint --format jsonl ' .. options .. ' ' .. path))) do
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
  if not starts[n] then return nil end
  return text:sub(1, starts[n] - 1) .. text:sub(starts[n + 1] or #text + 1)
end

local path = os.tmpname()

local function write(text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

local profiles = json.lines(run(program .. ' profiles --format jsonl'))

describe('a fresh template', function()
  teardown(function()
    os.remove(path)
  end)

  for _, profile in ipairs(profiles) do
    for _, language in ipairs({ 'en', 'ru', 'de' }) do
      for _, detail in ipairs({ 'brief', 'standard', 'detailed' }) do
        local name = table.concat({ profile.id, language, detail }, ' ')
        local options = ('--profile %s --lang %s --detail %s'):format(profile.id, language, detail)
        local template = run(program .. ' new ' .. options)

        it('has placeholders left and no other finding: ' .. name, function()
          write(template)
          -- Told by what the template itself says, not by options.
          local rules = rules_of(path, '')
          assert((rules['placeholder-left'] or 0) > 0, 'no placeholder found')
          rules['placeholder-left'] = nil
          assert.same({}, rules)
        end)

        it('gets a section back by the fix: ' .. name, function()
          local n, cut = 1, without_section(template, 1)
          assert(cut, 'no section in the template')
          while cut do
            write(cut)
            assert.equal(1, rules_of(path, options)['section-missing'], 'without section ' .. n)
            run(program .. ' lint --fix ' .. options .. ' ' .. path)
            local rules = rules_of(path, options)
            rules['placeholder-left'] = nil
            assert.same({}, rules)
            local file = assert(io.open(path, 'rb'))
            local mended = file:read('*a')
            file:close()
            assert.equal(template, mended, 'section ' .. n)
            n, cut = n + 1, without_section(template, n + 1)
          end
        end)
      end
    end
  end
end)
