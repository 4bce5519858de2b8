-- How findings look in Vim: a text property each, a sign a line, and the location list.
--
-- What stands on the lines is compared with what should: only lines where it differs are touched.

---@param M protokol.Editor
---@param call fun(name: string, ...): any
return function(M, call)
  local kinds = {
    error = { name = 'ProtokolError', highlight = 'SpellBad', sign = 'E>', type = 'E', rank = 4 },
    warning = {
      name = 'ProtokolWarning',
      highlight = 'SpellCap',
      sign = 'W>',
      type = 'W',
      rank = 3,
    },
    info = { name = 'ProtokolInfo', highlight = 'SpellLocal', sign = 'I>', type = 'I', rank = 2 },
    hint = { name = 'ProtokolHint', highlight = 'SpellRare', sign = 'H>', type = 'N', rank = 1 },
  }

  local defined
  local function define()
    if defined then
      return
    end
    defined = true
    for _, kind in pairs(kinds) do
      vim.command(('highlight default link %s %s'):format(kind.name, kind.highlight))
      call('prop_type_add', kind.name, { highlight = kind.name, priority = kind.rank })
      local sign = kind.name:gsub('Protokol', 'ProtokolSign')
      vim.command(('highlight default link %s %s'):format(sign, kind.name))
      if #call('sign_getdefined', kind.name) == 0 then -- else the user's own
        call('sign_define', kind.name, { text = kind.sign, texthl = sign })
      end
    end
  end

  -- A finding's properties, one a line, no longer than its lines.
  local function properties(lines, finding, each)
    local first, last = math.min(finding.line, #lines), math.min(finding.end_line, #lines)
    for number = first, last do
      local length = #lines[number]
      local from = number == finding.line and math.min(finding.column, length + 1) or 1
      local to = number == finding.end_line and math.min(finding.end_column, length + 1)
        or length + 1
      if first == last and to <= from then
        to = math.min(from + 1, length + 1)
      end
      if from < to or number == first then
        each(number, from, to)
      end
    end
  end

  -- What stands on each line, in one string a line, to compare what is with what should be.
  local function add(on_line, number, word)
    on_line[number] = on_line[number] or {}
    table.insert(on_line[number], word)
  end

  local function alike(one, other)
    table.sort(one or {})
    table.sort(other or {})
    return table.concat(one or {}, ' ') == table.concat(other or {}, ' ')
  end

  local function differing(is, should)
    local numbers = {}
    for number, words in pairs(should) do
      numbers[number] = not alike(is[number], words) or nil
    end
    for number in pairs(is) do
      numbers[number] = should[number] == nil or numbers[number]
    end
    return numbers
  end

  local function words_on_lines(expression)
    local on_line = {}
    for number, word in call('eval', expression):gmatch('(%d+) (%S+)') do
      add(on_line, tonumber(number), word)
    end
    return on_line
  end

  local properties_shown = [[join(map(prop_list(%d, {'bufnr': %d, 'end_lnum': %d, 'types':
    \ ['ProtokolError', 'ProtokolWarning', 'ProtokolInfo', 'ProtokolHint']}),
    \ {_, v -> v.lnum . ' ' . v.type . ':' . v.col . ':' . (v.col + v.length) . ':' . v.start .
    \ v.end}))]]
  properties_shown = properties_shown:gsub('\n%s*\\', '')
  local signs_shown = [[join(map(sign_getplaced(%d, {'group': 'protokol'%s})[0].signs,
    \ {_, v -> v.lnum . ' ' . v.name . ':' . v.id}))]]
  signs_shown = signs_shown:gsub('\n%s*\\', '')

  -- What was put on the lines of a buffer: { properties =, signs = }. It is asked for again where
  -- lines have changed, and everywhere when they have moved.
  local put = {}

  -- read(number): the words of one line; read(): those of all.
  local function on_lines(known, since, read)
    if not known or since.last > since.first then
      return read()
    end
    if since.first == since.last then
      known[since.first] = read(since.first)[since.first]
    end
    return known
  end

  -- Text properties and signs move with the text: only lines where they are wrong are touched.
  local function mark_text(buffer, findings, since)
    local lines, should, wanted = vim.buffer(buffer), {}, {}
    for _, finding in ipairs(findings) do
      local kind = kinds[finding.severity].name
      properties(lines, finding, function(number, from, to)
        add(should, number, ('%s:%d:%d:11'):format(kind, from, to))
        add(wanted, number, { kind, from, to })
      end)
    end
    local is = on_lines(put[buffer] and put[buffer].properties, since, function(number)
      return words_on_lines(properties_shown:format(number or 1, buffer, number or -1))
    end)
    for number in pairs(differing(is, should)) do
      for _, kind in pairs(is[number] and number <= #lines and kinds or {}) do
        call('prop_remove', { type = kind.name, bufnr = buffer, all = true }, number)
      end
      for _, one in ipairs(wanted[number] or {}) do
        local what = { type = one[1], bufnr = buffer, length = one[3] - one[2] }
        call('prop_add', number, one[2], what)
      end
    end
    return should
  end

  local function mark_lines(buffer, findings, since)
    local gravest, should = {}, {}
    for _, finding in ipairs(findings) do
      local kind, old = kinds[finding.severity], gravest[finding.line]
      gravest[finding.line] = old and old.rank > kind.rank and old or kind
    end
    for number, kind in pairs(gravest) do
      should[number] = { kind.name }
    end
    local placed = on_lines(put[buffer] and put[buffer].signs, since, function(number)
      return words_on_lines(signs_shown:format(buffer, number and ", 'lnum': " .. number or ''))
    end)
    local is, ids = {}, {}
    for number, words in pairs(placed) do
      for _, word in ipairs(words) do
        add(is, number, word:match('^(.-):'))
        add(ids, number, tonumber(word:match('%d+$')))
      end
    end
    for number in pairs(differing(is, should)) do
      for _, id in ipairs(ids[number] or {}) do
        call('sign_unplace', 'protokol', { buffer = buffer, id = id })
      end
      local kind = gravest[number]
      placed[number] = nil
      if kind then
        local where = { lnum = number, priority = 10 + kind.rank }
        local id = call('sign_place', 0, 'protokol', kind.name, buffer, where)
        placed[number] = { kind.name .. ':' .. id }
      end
    end
    return placed
  end

  local types = {}
  for severity, kind in pairs(kinds) do
    types[severity] = kind.type
  end

  -- Vim 9.0 does not always draw signs where an undo has moved them to. Any window option that is
  -- set, be it to what it is, has the window drawn anew, without clearing it.
  local lengths = {} -- buffer -> its lines when findings were shown last
  local function redraw_moved(buffer)
    local length = #vim.buffer(buffer)
    if lengths[buffer] and lengths[buffer] ~= length then
      for _, window in ipairs(call('win_findbuf', buffer)) do
        call('win_execute', window, 'noautocmd let &l:signcolumn = &l:signcolumn')
      end
    end
    lengths[buffer] = length
  end

  -- Vim tells of changes in lists, when it finds time for it or is asked to.
  -- `added` may be 0 where lines have moved; within one line nothing does.
  local listen = vim.eval(
    '{buffer -> listener_add({_, first, behind, added, changes -> luaeval('
      .. '\'require("protokol.editor").touched(_A[1], _A[2], _A[3] - 1, _A[4] > 0)\', '
      .. '[buffer, first, behind, behind - first > 1 || added || len(changes) > 1])}, buffer)}'
  )
  function M.follow(buffer)
    listen(buffer)
    vim.command('augroup protokol_shown')
    local forget = 'lua require("protokol.editor").forget(%d)'
    vim.command(('autocmd! BufUnload <buffer=%d> '):format(buffer) .. forget:format(buffer))
    vim.command('augroup END')
  end

  function M.show(buffer, findings, options, explicit)
    define()
    call('listener_flush', buffer)
    local same, since = M.is_shown(buffer, findings, tostring(options.signs))
    same = same and not explicit
    if not same then
      local known = not explicit and since or { first = 1, last = math.huge }
      put[buffer] = {
        properties = mark_text(buffer, findings, known),
        signs = mark_lines(buffer, options.signs and findings or {}, known),
      }
    end
    redraw_moved(buffer)
    M.list_findings(buffer, findings, types, options, explicit, true, same)
  end
end
