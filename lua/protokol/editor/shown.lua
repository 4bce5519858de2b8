-- What a buffer shows, and whether each finding still stands where it was put: then there is
-- nothing to draw.
--
-- The editors tell through M.follow() which lines have changed since.

---@param M protokol.Editor
return function(M)
  local shown = {} -- buffer -> { findings =, wanted =, first =, last = }: of lines changed since

  local told = { 'line', 'column', 'end_line', 'end_column', 'severity', 'rule', 'message' }

  -- What has to be the same for nothing to be new; mostly it is the same table.
  local function alike(one, other)
    for _, key in ipairs(one ~= other and told or {}) do
      if one[key] ~= other[key] then
        return false
      end
    end
    return true
  end

  local function all_alike(list, others)
    if list == others then
      return true
    elseif not others or #list ~= #others then
      return false
    end
    for i, one in ipairs(list) do
      if not alike(one, others[i]) then
        return false
      end
    end
    return true
  end

  local function touches(state, findings)
    if state.last == 0 then
      return false
    end
    for _, one in ipairs(findings) do
      if one.line <= state.last and one.end_line >= state.first then
        return true
      end
    end
    return false
  end

  --- Lines [first, last] have changed; `moved`: those below are not where they were.
  function M.touched(buffer, first, last, moved)
    local state = shown[buffer]
    if state then
      state.first = math.min(state.first, first)
      state.last = math.max(state.last, moved and math.huge or last)
    end
  end

  --- The buffer's text was read anew, or is gone: nothing that was shown is.
  function M.forget(buffer)
    shown[buffer] = nil
  end

  --- Is what is found shown already, each where it should be? From now on it is.
  ---@return boolean same
  ---@return { first: integer, last: integer } since the lines changed since the last time; a last
  ---  of math.huge: what is below the first may be anywhere
  function M.is_shown(buffer, findings, wanted)
    local state = shown[buffer]
    if not state then
      state = { first = 1, last = math.huge }
      shown[buffer] = state
      M.follow(buffer)
    end
    local same = state.wanted == wanted
      and all_alike(findings, state.findings)
      and not touches(state, findings)
    local since = { first = state.first, last = state.last }
    state.findings, state.wanted, state.first, state.last = findings, wanted, math.huge, 0
    return same, since
  end
end
