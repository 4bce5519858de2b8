-- :Protokol lint, explain - show what is found, tell of it.

local protokol = require('protokol')
local config = require('protokol.config')
local say = require('protokol.say')
local common = require('protokol.command.common')
local editor = protokol.editor
local refuse, need, names_of = common.refuse, common.need, common.names_of

local counted = { -- one, several
  error = { '1 error', '%d errors' },
  warning = { '1 warning', '%d warnings' },
  info = { '1 info', '%d info' },
  hint = { '1 hint', '%d hints' },
}

local function count_of(findings)
  if #findings == 0 then
    return say('nothing found')
  end
  local counts, parts = {}, {}
  for _, finding in ipairs(findings) do
    counts[finding.severity] = (counts[finding.severity] or 0) + 1
  end
  for _, severity in ipairs({ 'error', 'warning', 'info', 'hint' }) do
    local count = counts[severity]
    if count then
      local words = counted[severity]
      parts[#parts + 1] = count == 1 and say(words[1]) or say(words[2], count)
    end
  end
  return table.concat(parts, ', ')
end

local function lint(request)
  local how = request.arguments[1]
  if how == 'off' then
    protokol.watch(nil, 'never')
  elseif how == 'live' then
    need(protokol.document())
    protokol.watch(nil, 'always')
  elseif how then
    refuse(say('`:Protokol lint` takes "live" or "off", not "%s"', how))
  else
    local found, problem, count = protokol.lint()
    need(found, problem)
    protokol.watch(nil, 'again')
    local open = protokol.options().list == 'quickfix' and ':copen' or ':lopen'
    local more = ''
    if count < #found then
      more = ' ' .. say('(`%s` lists %d of them: option "max_findings")', open, count)
    elseif count > 0 then
      more = ' ' .. say('(`%s` lists them)', open)
    end
    editor.echo(count_of(found) .. more)
  end
end

-- What is shown on the cursor's line, checked anew where that is nothing.
local function findings_here()
  local line, column = editor.cursor()
  local buffer = editor.buffer()
  if #protokol.under(buffer, line, column) == 0 then
    need(protokol.lint())
  end
  return protokol.under(buffer, line, column)
end

-- A paragraph a line; examples, which are indented, as they are; no blank lines at the end.
local function paragraphs(text)
  local lines = {}
  for line in (text:gsub('%s+$', '') .. '\n'):gmatch('(.-)\n') do
    local before = lines[#lines]
    local goes_on = line:match('^%S') and before and before:match('^%S')
    if goes_on then
      lines[#lines] = before .. ' ' .. line
    else
      lines[#lines + 1] = line
    end
  end
  return lines
end

-- The first rule that a finding is of; objections are of none.
local function rule_of(findings)
  for _, finding in ipairs(findings) do
    if finding.rule ~= 'objection' then
      return finding.rule
    end
  end
  return findings[1] and findings[1].rule
end

local function objected(findings)
  local lines = {}
  for _, finding in ipairs(findings) do
    lines[#lines + 1] = finding.message
    local form = ':Protokol resolve %d accepted|compromise|withdrawn ...'
    lines[#lines + 1] = '-> ' .. form:format(finding.number)
  end
  return lines
end

-- The findings first: the rule says what would be well, they say what is not.
local function explain(request)
  local id, here = request.arguments[1], {}
  if not id then
    here = findings_here()
    id = rule_of(here)
  end
  if id == 'objection' then
    editor.popup(require('protokol.cells').folded(editor, objected(here), 76))
    return
  end
  if not id then
    refuse(say('nothing is found on this line: name a rule (<Tab> completes them)'))
  end
  local rules = need(protokol.rules())
  for _, rule in ipairs(rules) do
    if rule.id == id then
      local lines = {}
      for i, finding in ipairs(here) do
        lines[i] = ('%s [%s]'):format(finding.message, finding.rule)
      end
      lines[#lines + 1] = #here > 0 and '' or nil
      lines[#lines + 1] = ('%s (%s)'):format(rule.id, say(rule.severity))
      lines[#lines + 1] = say('Rule: %s', rule.summary)
      lines[#lines + 1] = ''
      for _, line in ipairs(paragraphs(rule.help)) do
        lines[#lines + 1] = line
      end
      editor.popup(require('protokol.cells').folded(editor, lines, 76))
      return
    end
  end
  refuse(say('there is no rule "%s"', id) .. config.hint(id, names_of(rules, 'id')))
end

local function complete_rules()
  return names_of(need(protokol.rules()), 'id')
end

local function complete_lint()
  return { 'live', 'off' }
end

return {
  lint = lint,
  explain = explain,
  count_of = count_of,
  complete_lint = complete_lint,
  complete_rules = complete_rules,
}
