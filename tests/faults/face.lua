-- face.lua - each function of the Lua module once, for lua.c: what they gave, in short, or the
-- error that one of them returned.

local core = _G.core
local text = table.concat({
  '---\nlang: en\n---\n# Minutes\n\nDate: 2027-03-01\n\n## Participants\n',
  '- Anna Muster, anna@example.com',
  '- Ben Lee\n\n## Next steps\n\n- [ ] Anna sends the draft by Friday\n- [ ] Ben: the list\n',
}, '\n')
local options = { name = 'a.md', today = '2027-03-01' }
local said = {}

-- A result is a value, or nil and why.
local function note(value, why)
  if value == nil then
    error(why.message or why, 0)
  end
  said[#said + 1] = type(value) == 'table' and #value or 1
  return value
end

note(core.signature('/nowhere'))
local library = note(core.library('/nowhere'))
note(library:lint(text, options))
note(library:actions(text, { name = 'a.md', filter = { 'open', 'group=owner' } }))
note(library:decisions(text, options))
note(library:outline(text, options))
note(library:new({ profile = 'negotiation', language = 'de', values = { place = 'Rom' } }))
note(library:new({ from = text, from_name = 'a.md', today = '2027-03-08' }))
note(library:toggle(text, { line = 16, end_line = 16 }))
note(library:complete(text, { line = 16, column = 8 }))
note(library:is_minutes(text, 'a.md'))
note(library:profiles())
note(library:rules())
note(library:approval(text, options))
note(library:public(text, options))
note(library:record(text, {
  event = 'sent',
  who = 'Anna',
  time = '2027-03-02T10:00:00+01:00',
  to = { 'ben@example.com' },
}, options))
note(core.check('extends: meeting\n', 'ours.yaml'))
note(core.filter('owner=Anna'))
local wrong, why = core.check('nonsense: [', 'ours.yaml')
said[#said + 1] = tostring(wrong) .. (why.line or why.message)
assert(not pcall(library.lint, library, text, { nonsense = 1 }))
return table.concat(said, ' ')
