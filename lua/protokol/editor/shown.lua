-- What a buffer shows, and whether each finding still stands where it was put: then there is
-- nothing to draw.
--
-- The editors tell through M.follow() which lines have changed since.

---@param M protokol.Editor
return function(M)
  local shown = {} -- buffer -> { signature =, first =, last = }: of lines changed since

  -- What has to be the same for nothing to be new.
  local function signature_of(findings, wanted)
    local parts = { wanted }
    for i, one in ipairs(findings) do
      parts[i + 1] = one.line
        .. ':'
        .. one.column
        .. '-'
        .. one.end_line
        .. ':'
        .. one.end_column
        .. one.severity
        .. one.rule
        .. ' '
        .. one.message
    end
    return table.concat(parts, '\n')
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
    local signature = signature_of(findings, wanted)
    local same = state.signature == signature and not touches(state, findings)
    local since = { first = state.first, last = state.last }
    state.signature, state.first, state.last = signature, math.huge, 0
    return same, since
  end
end
