-- What edits do to lines, without an editor.
package.path = './lua/?.lua;./lua/?/init.lua;' .. package.path

local edits = require('protokol.edits')

local function edit(line, column, end_line, end_column, text)
  return { line = line, column = column, end_line = end_line, end_column = end_column, text = text }
end

local function reader(lines)
  return function(first, last)
    local some = {}
    for number = first, math.min(last, #lines) do
      some[#some + 1] = lines[number]
    end
    return some
  end
end

local function hunks_of(lines, list)
  return edits.hunks(edits.of({ { edits = list } }), reader(lines))
end

local made = edits.made

describe('a hunk', function()
  it('is an insertion between lines where a section is put in', function()
    local lines = { '# Minutes', '', '## Next' }
    local hunks = hunks_of(lines, { edit(3, 1, 3, 1, '## Decisions\n\n') })
    assert.same({}, hunks[1].before)
    assert.same({ '## Decisions', '' }, hunks[1].after)
    assert.equal(3, hunks[1].line)
    assert.same({ 5, 2 }, { edits.moved(hunks, 3, 2) })
    assert.same({ 2, 1 }, { edits.moved(hunks, 2, 1) })
  end)

  it('reaches behind the last line', function()
    assert.same({ 'a', '', 'b' }, made({ 'a' }, hunks_of({ 'a' }, { edit(2, 1, 2, 1, '\nb\n') })))
    assert.same({ 'a' }, made({ 'a', 'b' }, hunks_of({ 'a', 'b' }, { edit(2, 1, 3, 1, '') })))
    assert.same({ 'ab' }, made({ 'a' }, hunks_of({ 'a' }, { edit(1, 2, 2, 1, 'b\n') })))
  end)

  it('stays within its line, and moves what stands behind it there', function()
    local hunks = hunks_of({ 'send it ASAP to Ben' }, {
      edit(1, 1, 1, 1, 'Ann: '),
      edit(1, 9, 1, 13, 'today'),
    })
    assert.is_true(hunks[1].within)
    assert.same({ 'Ann: send it today to Ben' }, hunks[1].after)
    assert.same({ 1, 9 }, { edits.moved(hunks, 1, 4) })
    assert.same({ 1, 14 }, { edits.moved(hunks, 1, 10) })
    assert.same({ 1, 23 }, { edits.moved(hunks, 1, 17) })
  end)

  it('shows what changes, below what, and no more than there is room for', function()
    local function preview(lines, list)
      return edits.preview(hunks_of(lines, list), reader(lines), 2)
    end
    local lines = { 'a', 'b', 'c', '' }
    assert.same(
      { { '-', 'a' }, { '-', 'b' }, { ' ', '...' }, { '+', 'x' } },
      preview(lines, { edit(1, 1, 3, 2, 'x') })
    )
    assert.same({ { ' ', 'c' }, { '+', 'x' } }, preview(lines, { edit(5, 1, 5, 1, 'x\n\n') }))
    assert.same({ { '-', '' } }, preview(lines, { edit(4, 1, 5, 1, '') }))
  end)
end)

describe('edits', function()
  -- Marsaglia's xorshift would do; a plain congruence does, too, and is the same in every Lua.
  local seed = 7
  local function random(most)
    seed = (seed * 16807) % 2147483647
    return seed % most + 1
  end

  local function splice(text, start, list)
    local offsets = {}
    for i, one in ipairs(list) do
      local line_start = one.line > #start and #text or start[one.line]
      local end_start = one.end_line > #start and #text or start[one.end_line]
      offsets[i] = { line_start + one.column - 1, end_start + one.end_column - 1, one.text }
    end
    local out, done = {}, 0
    for _, one in ipairs(offsets) do
      out[#out + 1] = text:sub(done + 1, one[1]) .. one[3]
      done = one[2]
    end
    return table.concat(out) .. text:sub(done + 1)
  end

  it('come out of hunks as out of the text', function()
    local words = { '', 'x', 'yy\n', '\n', 'one\ntwo', '\n\nthree\n' }
    for _ = 1, 2000 do
      local lines, start, length = {}, {}, 0
      for i = 1, random(6) do
        lines[i] = ('abc'):sub(1, random(4) - 1) .. i
        start[i], length = length, length + #lines[i] + 1
      end
      local text = table.concat(lines, '\n') .. '\n'
      local list, line, column = {}, 1, 1
      while #list < 3 do
        local from_line = line + random(3) - 1
        local from = from_line == line and column or 1
        if from_line > #lines or from > #lines[from_line] + 1 then
          break
        end
        from = from + random(#lines[from_line] + 2 - from) - 1
        local to_line = math.min(from_line + random(3) - 1, #lines + 1)
        local least = to_line == from_line and from or 1
        local most = to_line > #lines and 1 or #lines[to_line] + 1
        local to = least + random(most - least + 1) - 1
        list[#list + 1] = edit(from_line, from, to_line, to, words[random(#words)])
        line, column = to_line, to + 1
      end
      local wanted = splice(text, start, list)
      if wanted ~= '' and wanted:sub(-1) ~= '\n' then
        wanted = wanted .. '\n'
      end
      local got = made(lines, hunks_of(lines, list))
      got = #got == 0 and '' or table.concat(got, '\n') .. '\n'
      assert.equal(wanted, got)
    end
  end)

  it('of many fixes are put in order without looking at each pair', function()
    local fixes = {}
    for i = 1, 20000 do
      fixes[i] = { edits = { edit(20001 - i, 1, 20001 - i, 2, 'x') } }
    end
    local list, count = edits.of(fixes)
    assert.equal(20000, count)
    assert.equal(1, list[1].line)
  end)
end)
