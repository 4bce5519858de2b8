-- Killed while it records: the document is as before or as after, and no revision is lost.
-- PROTOKOL_EVENTS says how many events to record; `make faults` records 1,000.

local run = require('tests.support.run')

local events = tonumber(os.getenv('PROTOKOL_EVENTS') or '') or 150

--- Is it `before` with one entry more, the event's?
local function is_after(before, after, event)
  if #after <= #before then
    return false
  end
  local head, tail = 0, 0
  while before:byte(head + 1) == after:byte(head + 1) and head < #before do
    head = head + 1
  end
  while tail < #before - head and before:byte(#before - tail) == after:byte(#after - tail) do
    tail = tail + 1
  end
  local entry = after:sub(head + 1, #after - tail)
  local _, count = entry:gsub('event: ', '')
  return head + tail == #before and count == 1 and entry:find('event: ' .. event, 1, true) ~= nil
end

--- Seconds that one recording takes here and now.
local function seconds_of(folder, command)
  local began = tonumber(run.shell('date +%s%N'))
  for _ = 1, 5 do
    os.execute(("cd '%s' && cp a.md b.md && %s b.md >/dev/null"):format(folder, command('detail')))
  end
  os.execute(("cd '%s' && rm b.md"):format(folder))
  return (tonumber(run.shell('date +%s%N')) - began) / 5e9
end

describe('protokol record, killed', function()
  after_each(run.tidy)

  it('leaves the document as before or as after, and every revision', function()
    local folder = run.files({ ['a.md'] = run.minutes })
    local words =
      { sent = '--to t@x.example', walkthrough = '--understood A1', detail = '--level brief' }
    local function command(event)
      return ("'%s' record %s --who A %s"):format(run.program, event, words[event])
    end
    local time = seconds_of(folder, command)
    local text, sent, killed, recorded = run.minutes, {}, 0, 0
    math.randomseed(20261123)
    while recorded < events do
      local event = #sent == recorded and 'sent' or (recorded % 3 == 0 and 'sent' or 'walkthrough')
      local delay = math.random() * time * 1.6
      local _, _, code = os.execute(
        ("cd '%s' && timeout --foreground -s KILL %.5f %s a.md >/dev/null 2>err"):format(
          folder,
          delay,
          command(event)
        )
      )
      -- 124: it ended just as it was to be killed.
      assert(code == 0 or code == 124 or code == 137, code .. ': ' .. run.read(folder .. '/err'))
      local now = run.read(folder .. '/a.md')
      if now ~= text then
        assert.is_true(is_after(text, now, event), now)
        if event == 'sent' then
          sent[#sent + 1] = text
        end
        text, recorded = now, recorded + 1
      else
        assert.not_equal(0, code)
      end
      killed = killed + (code == 137 and 1 or 0)
      -- Where most are killed before they could do anything, wait longer.
      time = time * (code == 137 and 1.01 or 0.985)
    end
    assert.is_true(killed > 0, 'nothing was killed')
    os.execute(("cd '%s' && %s a.md >/dev/null"):format(folder, command('sent')))
    for number, kept in ipairs(sent) do
      assert.equal(kept, run.read(('%s/.protokol/a/r%d.md'):format(folder, number)))
    end
    assert.equal('.protokol\na.md\nerr', run.shell("ls -A '" .. folder .. "'"))
    assert.equal('', run.shell(("ls -A '%s/.protokol/a' | grep -v '^r[0-9]*.md$'"):format(folder)))
  end)

  it('clears away what the dead left, and nothing else', function()
    local folder = run.files({
      ['a.md'] = run.minutes,
      ['.protokol-fresh-Ab12Cd'] = 'half',
      ['.protokol-fresh-held12'] = 'half',
      ['.protokol-config'] = 'mine',
      ['.protokol-fresh-longer1'] = 'mine',
      ['.protokol/a/.fresh-Ab12Cd'] = 'half',
      ['.protokol/a/.fresh-mine'] = 'mine',
    })
    os.execute(
      ("cd '%s' && flock .protokol-fresh-held12 '%s' record sent --who A --to t@x.example a.md >/dev/null"):format(
        folder,
        run.program
      )
    )
    assert.equal(
      '.protokol\n.protokol-config\n.protokol-fresh-held12\n.protokol-fresh-longer1\na.md',
      run.shell("ls -A '" .. folder .. "'")
    )
    assert.equal('.fresh-mine\nr1.md', run.shell("ls -A '" .. folder .. "/.protokol/a'"))
  end)
end)
