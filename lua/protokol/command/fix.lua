-- :Protokol fix - mend what is found: at the cursor the mend you choose, elsewhere what is certain.

local protokol = require('protokol')
local edits = require('protokol.edits')
local findings = require('protokol.command.findings')
local mend = require('protokol.mend')
local say = require('protokol.say')
local common = require('protokol.command.common')
local editor = protokol.editor
local refuse, need, guard = common.refuse, common.need, common.guard

local preview_lines = 4 -- of each sign, in a hunk

local function tell(made)
  local left = need(protokol.lint())
  -- behind the finding that the cursor comes to stand on
  editor.later(50, function()
    editor.echo(say('%d mended, left: %s', made, findings.count_of(left)))
  end)
end

local function mend_all(first, last)
  local found, certain = need(protokol.mendable(first, last)), false
  for _, finding in ipairs(found) do
    certain = certain or mend.certain(finding) ~= nil
  end
  if not certain and #found > 0 then
    refuse(say('what can be mended here wants you to choose: `:Protokol fix` on its line'))
  elseif not certain then
    refuse(say('nothing here can be mended for you'))
  end
  tell(need(protokol.mend(first, last)))
end

local function covers(finding, line, column)
  local before = finding.line == line and column < finding.column
  local behind = finding.end_line == line and column >= finding.end_column
  return not before and not behind
end

-- Every mend of the findings on the line, those under the cursor first.
local function offers_of(list, line, column)
  local here, beside = {}, {}
  local buffer = editor.buffer()
  local function lines(first, last)
    return editor.lines(buffer, first, last)
  end
  for _, finding in ipairs(list) do
    for _, fix in ipairs(finding.fixes) do
      local hunks = edits.hunks(edits.of({ fix }), lines)
      table.insert(covers(finding, line, column) and here or beside, {
        title = ('%s [%s]'):format(fix.title, finding.rule):gsub('%c', ' '),
        preview = edits.preview(hunks, lines, preview_lines),
        fix = fix,
      })
    end
  end
  for _, offer in ipairs(beside) do
    here[#here + 1] = offer
  end
  return here
end

local function mend_here()
  local line, column = editor.cursor()
  local offers = offers_of(need(protokol.mendable(line, line)), line, column)
  if #offers == 0 then
    refuse(
      say('nothing on this line can be mended for you; `:Protokol fix all` mends all there is')
    )
  end
  local buffer = editor.buffer()
  local function make(offer)
    tell(protokol.apply(buffer, { offer.fix }))
  end
  if #offers == 1 and not offers[1].fix.choice then
    make(offers[1])
    return
  end
  local tick = editor.tick(buffer)
  editor.choose(say('Mend:'), offers, function(index) -- perhaps later, and elsewhere
    if editor.buffer() == buffer and editor.tick(buffer) == tick then
      guard(make, offers[index])
    end
  end)
end

local function run(request)
  local word = request.arguments[1]
  if not editor.modifiable() then
    refuse(say('this buffer cannot be changed'))
  elseif word and word ~= 'all' then
    refuse(say('`:Protokol fix` takes "all", not "%s"', word))
  elseif word or request.bang and not request.ranged then
    mend_all(1, math.huge)
  elseif request.ranged then
    mend_all(request.first, request.last)
  else
    mend_here()
  end
end

local function complete()
  return { 'all' }
end

return { run = run, complete = complete }
