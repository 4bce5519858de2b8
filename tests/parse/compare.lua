#!/usr/bin/env lua5.4
-- compare.lua - hold our blocks against cmark's, document by document.
--
-- The documents: tests/parse/*.md, each example of the CommonMark specification
-- (npm's commonmark-spec, fetched once into the build folder), and every *.md and
-- *.txt under $PROTOKOL_EVAL, a folder of your own, when that is set.
--
-- Compared is the whole tree of blocks: kind, depth, first line, last line, level
-- of headings, marker and number of lists. What cmark does not know is left out:
-- link reference definitions are no blocks to it; front matter is blanked before it
-- looks; where a document has a GFM table, neither side's paragraphs count.
--
-- What cmark (0.30) says of lines is not always so, and is asked only where it is:
--   * A paragraph or underlined heading behind definitions starts, says cmark, where
--     the definitions do: its first line is not asked.
--   * A list, item, quote or indented code ends, says cmark, behind the blank lines
--     that follow: then those lines have to be blank.
--   * Fenced code cut off by the end of its container, and an underlined heading right
--     before another line, end one line late.
--   * HTML that ends by its own mark ends one line early, a thematic break somewhere:
--     their ends are not asked.

local build = os.getenv('BUILD') or 'build'
local EXAMPLE = build .. '/tests/example.md'
local SPEC = 'commonmark-spec'
local SPEC_VERSION = '0.31.2'

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('a')
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

local function quoted(word)
  return "'" .. word:gsub("'", [['\'']]) .. "'"
end

local function output_of(command)
  local pipe = assert(io.popen(command, 'r'))
  local text = pipe:read('a')
  return text, pipe:close()
end

-- Our blocks ---------------------------------------------------------------------

local function our_blocks(path)
  local text, well = output_of(build .. '/tests/dump ' .. quoted(path))
  assert(well, 'dump failed on ' .. path)
  local blocks = {}
  for depth, kind, first, last, more in text:gmatch('(%d+) (%S+) (%d+) (%d+) ?([^\n]*)\n') do
    blocks[#blocks + 1] = {
      depth = tonumber(depth),
      kind = kind,
      first = tonumber(first),
      last = tonumber(last),
      shape = more:match('%a+$'), -- fenced, indented, setext
      more = more:gsub(' ?%a+$', ''),
    }
  end
  return blocks
end

-- cmark's blocks -----------------------------------------------------------------

local names = {
  document = 'document',
  heading = 'heading',
  paragraph = 'paragraph',
  list = 'list',
  item = 'item',
  block_quote = 'quote',
  code_block = 'code',
  html_block = 'html',
  thematic_break = 'break',
}

local function details(kind, attributes)
  if kind == 'heading' then
    return attributes:match('level="(%d)"')
  elseif kind == 'list' then
    local delimiter = attributes:match('delim="(%w+)"')
    if not delimiter then
      return '*'
    end
    return (delimiter == 'paren' and ')' or '.') .. (attributes:match('start="(%d+)"') or '1')
  end
  return ''
end

local function their_blocks(path)
  local xml, well = output_of('cmark --sourcepos -t xml ' .. quoted(path))
  assert(well, 'cmark failed on ' .. path)
  local blocks, depth = {}, 0
  for closing, name, attributes in xml:gmatch('<(/?)([%a_]+)([^>]*)>') do
    local kind = names[name]
    if kind and closing == '/' then
      depth = depth - 1
    elseif kind then
      local first, last = attributes:match('sourcepos="(%d+):%d+%-(%d+):')
      blocks[#blocks + 1] = {
        depth = depth,
        kind = kind,
        first = tonumber(first),
        last = tonumber(last),
        more = details(kind, attributes),
      }
      if not attributes:find('/$') then
        depth = depth + 1
      end
    end
  end
  return blocks
end

-- Do they agree? -----------------------------------------------------------------

local unknown_to_cmark = { front = true, definition = true, table = true, row = true, cell = true }

local function has_table(blocks)
  for _, block in ipairs(blocks) do
    if block.kind == 'table' then
      return true
    end
  end
end

-- Those both sides can have; `after_definition` is noted on what follows one.
local function comparable(blocks, with_paragraphs)
  local kept, definition_end = {}, nil
  for _, block in ipairs(blocks) do
    if block.kind == 'definition' then
      definition_end = block.last
    elseif
      block.kind ~= 'document'
      and not unknown_to_cmark[block.kind]
      and (with_paragraphs or block.kind ~= 'paragraph')
    then
      block.after_definition = definition_end and block.first == definition_end + 1
      kept[#kept + 1] = block
    end
  end
  return kept
end

local function only_blank(lines, first, last)
  for i = first, last do
    if lines[i] and not lines[i]:find('^[%s>]*$') then
      return false
    end
  end
  return true
end

local function ends_agree(ours, theirs, lines)
  local kind = ours.kind
  if ours.last == theirs.last or kind == 'html' or kind == 'break' then
    return true
  elseif kind == 'list' or kind == 'item' or kind == 'quote' or ours.shape == 'indented' then
    return theirs.last > ours.last and only_blank(lines, ours.last + 1, theirs.last)
  end
  return (ours.shape == 'fenced' or ours.shape == 'setext') and theirs.last == ours.last + 1
end

local function agree(ours, theirs, lines)
  local same = ours.kind == theirs.kind and ours.depth == theirs.depth and ours.more == theirs.more
  return same
    and (ours.after_definition or ours.first == theirs.first)
    and ends_agree(ours, theirs, lines)
end

local function shown(block)
  if not block then
    return 'nothing'
  end
  return ('%s %s, lines %d to %d, depth %d'):format(
    block.kind,
    block.more,
    block.first,
    block.last,
    block.depth
  )
end

local function split_lines(text)
  local lines = {}
  for line in (text:gsub('\r\n?', '\n') .. '\n'):gmatch('([^\n]*)\n') do
    lines[#lines + 1] = line
  end
  return lines
end

-- Nil where both agree, else where they first do not.
local function disagreement(path, text)
  local ours = our_blocks(path)
  local with_paragraphs = not has_table(ours)
  local is_example = path == EXAMPLE
  local front = not is_example and ours[2] and ours[2].kind == 'front' and ours[2].last
  if front then
    local line = 0
    text = text:gsub('[^\n]*\n?', function(whole)
      line = line + 1
      return line <= front and '\n' or whole
    end)
    path = build .. '/tests/without-front-matter.md'
    write(path, text)
  end
  local theirs = comparable(their_blocks(path), with_paragraphs)
  ours = comparable(ours, with_paragraphs)
  local lines = split_lines(text)
  for i = 1, math.max(#ours, #theirs) do
    if not (ours[i] and theirs[i] and agree(ours[i], theirs[i], lines)) then
      return ('ours: %s; cmark: %s'):format(shown(ours[i]), shown(theirs[i]))
    end
  end
end

-- The documents ------------------------------------------------------------------

local failed, passed = 0, 0
local listed = {} -- name -> reason, of disagreements we know of
for line in io.lines('tests/parse/disagreements.txt') do
  local name, reason = line:match('^([^#:][^:]*): (.+)$')
  if name then
    listed[name] = reason
  end
end

local function check(name, path, text)
  local difference = disagreement(path, text)
  if difference and not listed[name] then
    failed = failed + 1
    print(('%s: %s'):format(name, difference))
  elseif listed[name] and not difference then
    failed = failed + 1
    print(('%s: is listed as a disagreement, but cmark agrees'):format(name))
  else
    passed = passed + 1
  end
  return not difference
end

local function check_files(title, files)
  local agreed = 0
  for _, path in ipairs(files) do
    agreed = agreed + (check(path:match('[^/]+$'), path, read(path)) and 1 or 0)
  end
  print(('%s: %d of %d documents agree'):format(title, agreed, #files))
end

local function files_in(folder, patterns)
  local files = {}
  local found = output_of(('find %s %s | LC_ALL=C sort'):format(quoted(folder), patterns))
  for path in found:gmatch('[^\n]+') do
    files[#files + 1] = path
  end
  return files
end

local function specification()
  local package = ('%s/%s-%s.tgz'):format(build, SPEC, SPEC_VERSION)
  local file = io.open(package)
  if file then
    file:close()
  else
    local fetch = 'cd %s && npm pack --silent --fetch-retries=0 --fetch-timeout=20000 %s@%s'
    os.execute(fetch:format(quoted(build), SPEC, SPEC_VERSION) .. ' >/dev/null 2>&1')
  end
  local text = output_of(('tar xzOf %s package/spec.txt 2>/dev/null'):format(quoted(package)))
  return text ~= '' and text or nil
end

local function check_specification()
  local text = specification()
  if not text then
    print('spec: skipped, npm cannot fetch ' .. SPEC .. ' here')
    return
  end
  local number, agreed = 0, 0
  local fence = '\n' .. ('`'):rep(32)
  for markdown in text:gmatch(fence .. ' example[^\n]*\n(.-\n)%.\n') do
    number = number + 1
    markdown = markdown:gsub('→', '\t')
    write(EXAMPLE, markdown)
    agreed = agreed + (check('spec ' .. number, EXAMPLE, markdown) and 1 or 0)
  end
  print(('spec: %d of %d examples agree'):format(agreed, number))
  assert(number > 600, 'the specification has more examples than that')
end

check_files('own', files_in('tests/parse', "-name '*.md'"))
local folder = os.getenv('PROTOKOL_EVAL')
if folder and folder ~= '' then
  check_files('eval', files_in(folder, [[\( -name '*.md' -o -name '*.txt' \)]]))
end
check_specification()
print(('parse: %d passed, %d failed'):format(passed, failed))
os.exit(failed == 0)
