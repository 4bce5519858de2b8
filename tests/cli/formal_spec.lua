-- The profile formal: minutes of a board, filled in and read back.

local json = require('tests.support.json')
local run = require('tests.support.run')

local filled = {
  en = {
    decision = 'The greenhouse is to be painted.',
    task = 'buy green paint',
    owner = 'Nora Field',
    name = 'Nora Field',
    title = 'Minutes of the annual general meeting',
  },
  ru = {
    decision = 'Утвердить смету ремонта теплицы.',
    task = 'купить краску',
    owner = 'Полевой Н.И.',
    name = 'Полевой Н.И.',
    title = 'Протокол заседания комиссии',
  },
  de = {
    decision = 'Das Gewächshaus wird gestrichen.',
    task = 'Farbe kaufen',
    owner = 'Nora Feld',
    name = 'Nora Feld',
    title = 'Protokoll der Mitgliederversammlung',
  },
}

-- Minutes as somebody would have filled them in; no front matter tells what they are.
local function minutes(language, detail)
  local words = { 'new', '--profile', 'formal', '--lang', language, '--detail', detail }
  local values = { due = '2026-12-04', date = '2026-11-03' }
  values['votes-for'], values['votes-against'], values['votes-abstained'] = '6', '1', '2'
  for key, value in pairs(filled[language]) do
    values[key] = key ~= 'title' and value or nil
  end
  for key, value in pairs(values) do
    table.insert(words, '--set')
    table.insert(words, key .. '=' .. value)
  end
  local got = run.protokol(words)
  assert.equal('', got.err)
  return (got.out:gsub('^%-%-%-.-\n%-%-%-\n\n', ''):gsub('{{.-}}', 'Linden'))
end

local function list(command, text)
  return json.lines(run.protokol({ command, '--format', 'jsonl', '-' }, { stdin = text }).out)
end

describe('minutes of the profile formal', function()
  after_each(run.tidy)

  for language, words in pairs(filled) do
    for _, detail in ipairs({ 'brief', 'standard', 'detailed' }) do
      local name = language .. ' ' .. detail

      it('tell decisions with their votes: ' .. name, function()
        local decisions = list('decisions', minutes(language, detail))
        -- The Russian detailed form has room for a second one.
        assert.equal((language == 'ru' and detail == 'detailed') and 2 or 1, #decisions)
        local last = decisions[#decisions]
        assert.equal(words.decision, last.text:sub(1, #words.decision))
        local votes = { ['for'] = 6, against = 1, abstained = 2, unanimous = false }
        assert.same(votes, last.votes)
      end)

      it('tell action items: ' .. name, function()
        local actions = list('actions', minutes(language, detail))
        assert.equal(1, #actions)
        assert.equal(words.task, actions[1].text)
        assert.same({ words.owner }, actions[1].owners)
        assert.equal('2026-12-04', actions[1].due)
      end)
    end

    it('are known by their title: ' .. language, function()
      local text = '# ' .. words.title .. '\n\n## X\n'
      assert.equal('formal', list('outline', text)[1].profile)
      assert.equal('formal', list('outline', minutes(language, 'standard'))[1].profile)
    end)

    it('have all that the profile asks for: ' .. language, function()
      local text = minutes(language, 'standard')
      local rules = {}
      for _, found in ipairs(list('lint', text)) do
        table.insert(rules, found.rule)
      end
      assert.same({}, rules)
    end)
  end

  it('have a chair, a secretary, an organisation and a number', function()
    local meeting = list('outline', minutes('ru', 'brief'))[1].meeting
    for _, field in ipairs({ 'chair', 'secretary', 'organisation', 'number' }) do
      assert.equal('Linden', meeting[field], field)
    end
  end)

  it('are no internal meeting because a board is spoken of', function()
    local text = '# Board sync 2026-11-03\n\n- [ ] Nora: buy paint by 2026-12-04\n'
    assert.equal('meeting', list('outline', text)[1].profile)
  end)
end)
