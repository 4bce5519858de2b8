-- aside.lua - checks that run aside, while all that happens to an editor happens: run by host.c,
-- under AddressSanitizer and ThreadSanitizer too.
--
-- "all" runs every case here; "close" and "leave" end the program while a check runs.

local core = open_core()
local options = { name = 'minutes.md', today = '2026-11-23' }

local function minutes(count)
  local lines = { '# Minutes of the meeting', '', 'Date: 2026-11-03', '', '## Actions', '' }
  for number = 1, count do
    lines[#lines + 1] = ('- [ ] Anna Weber: send list %d by 2026-02-30'):format(number)
    lines[#lines + 1] =
      '- [ ] нужно как можно скорее, {{кому}} das ist vielleicht gut'
  end
  return table.concat(lines, '\n') .. '\n'
end

local text = minutes(300)

local function same(one, other)
  if type(one) ~= 'table' then
    return one == other
  end
  for key, value in pairs(one) do
    if not same(value, other[key]) then
      return false
    end
  end
  return #one == #other
end

local cases = {
  {
    'finds what is found at once, many at a time',
    function()
      local libraries = { assert(core.library('/')), assert(core.library('/')) }
      local wanted, running = libraries[1]:lint(text, options), {}
      for i = 1, 8 do
        running[i] = assert(libraries[i % 2 + 1]:lint_aside(text, options))
      end
      for _, aside in ipairs(running) do
        while not aside:done() do
          libraries[1]:is_minutes(text, 'minutes.md') -- one goes on reading meanwhile
          libraries[2]:lint('- [ ] call\n', options, true)
        end
        assert(same(wanted, (aside:findings(10000))))
      end
    end,
  },
  {
    'outlives its buffer: nobody asks what was found',
    function()
      local library = assert(core.library('/'))
      for _ = 1, 4 do
        library:lint_aside(minutes(200), { name = 'wiped.md' })
        collectgarbage()
      end
    end,
  },
  {
    'outlives its text, its options and its library',
    function()
      local aside = assert(core.library('/')):lint_aside(minutes(200), { name = ('x'):rep(3) })
      collectgarbage()
      collectgarbage()
      assert(#aside:findings(1000) > 0)
    end,
  },
  {
    'goes on when the core is opened anew',
    function()
      local aside = assert(core.library('/')):lint_aside(text, options)
      local again = open_core()
      collectgarbage()
      local beside = assert(again.library('/')):lint_aside(text, options)
      assert(same(aside:findings(10000), (beside:findings(10000))))
    end,
  },
  {
    'says what is wrong',
    function()
      local library = assert(core.library('/'))
      local none, problem = library:lint_aside(text, { language = 'xx' }):findings(9)
      assert(none == nil and problem.message:find('xx'), problem and problem.message)
      none, problem = library:lint_aside(text, { today = 'soon' })
      assert(none == nil and problem.message:find('YYYY'))
      refuse_threads(true)
      none, problem = library:lint_aside(text, options)
      refuse_threads(false)
      assert(none == nil and problem.message == 'there is no thread to be had')
      collectgarbage()
    end,
  },
  {
    'says so where there is no memory, at whatever piece',
    function()
      local library = assert(core.library('/'))
      local wanted = library:lint(text, options)
      local function check(from)
        collectgarbage() -- without the arena of the last check, so that each piece is asked for
        core = open_core()
        refuse(from)
        local found, problem = library:lint_aside(text, options):findings(10000)
        return refuse(0), found, problem
      end
      local pieces = check(0)
      assert(pieces > 3, ('too few pieces to refuse: %d'):format(pieces))
      for from = 1, pieces + 1, math.max(1, pieces // 40) do
        local _, found, problem = check(from)
        if from <= pieces then
          assert(found == nil and problem.message == 'out of memory', from)
        else
          assert(same(wanted, found))
        end
      end
      local _, found = check(0)
      assert(same(wanted, found))
    end,
  },
}

local function all()
  local failed = 0
  for _, case in ipairs(cases) do
    local ran, problem = pcall(case[2])
    refuse(0)
    if not ran then
      failed = failed + 1
      print(('FAILED: a check aside %s: %s'):format(case[1], tostring(problem)))
    end
  end
  print(('aside: %d passed, %d failed'):format(#cases - failed, failed))
  assert(failed == 0, 'a check aside failed')
end

local word = ...
if word == 'all' then
  all()
else
  local library = assert(core.library('/'))
  local running = { library:lint_aside(minutes(2000), options), library:lint_aside(text, options) }
  if word == 'leave' then
    leave()
  end
  return running
end
