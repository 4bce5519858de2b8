-- Programs that read the same files, and how each is called: { name =, one =, many = }.
--
-- A command names its files as FILES. `one` reads one file, `many` as many as there are; a program
-- without one of them takes no part there. What cannot be had is left out, and why is said.
local M = {}

local function output(command)
  local pipe = assert(io.popen(command .. ' 2>/dev/null'))
  local text = pipe:read('a'):gsub('%s+$', '')
  pipe:close()
  return text
end
M.output = output

local function found(program)
  return output('command -v ' .. program) ~= ''
end

-- Programs from npm, in a folder of their own; asked of the network once.
local function from_npm(folder)
  local modules = folder .. '/npm/node_modules'
  if found('npm') and output(('ls %s/.bin/rumdl'):format(modules)) == '' then
    os.execute(
      ('npm install --prefix %s/npm --no-audit --no-fund --loglevel=error rumdl markdownlint-cli2 >%s/npm.log 2>&1'):format(
        folder,
        folder
      )
    )
  end
  -- the program itself, not the script around it, which would count Node.js in
  local rumdl = output(('ls %s/@rumdl/cli-*/rumdl'):format(modules)):match('%S+')
  local markdownlint = output(('ls %s/.bin/markdownlint-cli2'):format(modules)):match('%S+')
  return rumdl, markdownlint
end

--- Those that are here.
---@param folder string absolute, for what is kept
---@param protokol string the program
---@return table[] contestants, string[] left_out
function M.all(folder, protokol)
  local here, left_out = {}, {}
  local function add(name, there, why, calls)
    if there then
      calls.name = name
      here[#here + 1] = calls
    else
      left_out[#left_out + 1] = name .. ': ' .. why
    end
  end
  local function same(name, there, why, command)
    add(name, there, why, { one = command, many = command })
  end

  same('protokol lint', true, '', protokol .. ' lint --quiet FILES')
  same('protokol lint, told', true, '', protokol .. ' lint --format jsonl FILES')
  same('wc -l', found('wc'), 'not installed', 'wc -l FILES')

  local patterns = output('pwd -P') .. '/tests/bench/patterns.txt'
  local ripgrep = ('rg --no-config -j 2 -i -n -f %s'):format(patterns)
  local perl = found('rg') and output('rg --pcre2-version'):match('available')
  same(
    'rg -P',
    perl,
    found('rg') and 'built without PCRE2' or 'not installed',
    ripgrep .. ' -P FILES'
  )
  same('rg', found('rg'), 'not installed', ripgrep .. ' FILES')

  same('cmark', found('cmark'), 'not installed', 'cmark FILES')
  local own = folder .. '/md2html'
  local md2html = found('md2html') and 'md2html' or found(own) and own
  add(
    'md2html',
    md2html,
    'not installed, nor is its library',
    { one = (md2html or '') .. ' FILES' }
  )

  local rumdl, markdownlint = from_npm(folder)
  local why = found('npm') and 'npm did not install it' or 'npm is not installed'
  local check = (rumdl or '') .. ' check --isolated --silent '
  same('rumdl', rumdl, why, check .. '--no-cache FILES')
  add('rumdl, warm cache', rumdl, why, {
    many = ('%s --cache-dir %s/rumdl-cache FILES'):format(check, folder),
  })
  add('markdownlint-cli2', markdownlint, why, {
    one = (markdownlint or '') .. ' FILES',
    many = (markdownlint or '') .. " '*.md'",
    slow = true,
  })
  return here, left_out
end

return M
