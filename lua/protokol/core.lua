-- The core, compiled for the Lua that runs here; an error with what to do where there is none.
--
-- It is loaded by its absolute path, beside this file: require() would also look for a shared
-- library in the current folder, which may be anybody's.

local tags = {
  ['Lua 5.1'] = 'lua51', -- and LuaJIT
  ['Lua 5.2'] = 'lua52',
  ['Lua 5.3'] = 'lua53',
  ['Lua 5.4'] = 'lua54',
}

local folder = debug.getinfo(1, 'S').source:sub(2):match('^(.*[/\\])') or './'
local tag = tags[_VERSION]
if not tag then
  error('there is no core for ' .. _VERSION, 0)
end

local path = folder .. 'core_' .. tag .. '.so'
local open, reason = package.loadlib(path, 'luaopen_protokol_core_' .. tag)
if not open then
  local root = folder:gsub('lua[/\\]protokol[/\\]$', '')
  local file = io.open(path, 'rb')
  if file then
    file:close()
    error('the core does not load (' .. reason .. '): run `make clean all` in ' .. root, 0)
  end
  error(
    ('the core for %s is not built: run `make` in %s (it needs the headers of %s)'):format(
      _VERSION,
      root,
      tag == 'lua51' and 'Lua 5.1 or LuaJIT' or _VERSION
    ),
    0
  )
end

return open()
