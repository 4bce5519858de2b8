-- Where the time goes: lua5.4 tests/bench/flame.lua PROGRAM
--
-- perf looks at the program a few thousand times a second, and each look is a stack of functions;
-- stacks with the same beginning become one box, as wide as they are many (Gregg's flame graph):
-- build/bench/flame.svg. Without perf, valgrind counts instructions: build/bench/flame.txt.
package.path = './?.lua;' .. package.path
local generate = require('tests.bench.generate')

local program = assert(arg[1], 'which program?')
local folder = (os.getenv('BUILD') or 'build') .. '/bench'
local quoted = "'" .. folder .. "'"

local function run(command)
  return os.execute(command .. ' 2>' .. quoted .. '/flame.log')
end

-- A tree of { name, count, children by name }, from `perf script`: stacks, innermost first.
local function grow(file)
  local root, frames = { name = 'all', count = 0, children = {} }, {}
  local function plant()
    local node = root
    root.count = root.count + (#frames > 0 and 1 or 0)
    for i = #frames, 1, -1 do
      local name = frames[i]
      node.children[name] = node.children[name] or { name = name, count = 0, children = {} }
      node = node.children[name]
      node.count = node.count + 1
    end
    frames = {}
  end
  for line in io.lines(file) do
    local name = line:match('^%s+%x+%s+(.-)%s+%(')
    if name then
      frames[#frames + 1] = name:gsub('%+0x%x+$', '')
    elseif line == '' then
      plant()
    end
  end
  plant()
  return root
end

local escapes = { ['<'] = '&lt;', ['>'] = '&gt;', ['&'] = '&amp;', ['"'] = '&quot;' }
local width, row, letter = 1200, 17, 6.6

-- Boxes of a node and what stands on it; the warmer, the more of it is its own.
local function draw(out, node, left, depth, total)
  local wide = node.count / total * width
  if wide < 0.4 then
    return depth
  end
  local names, above, deepest = {}, 0, depth
  for name, child in pairs(node.children) do
    names[#names + 1], above = name, above + child.count
  end
  table.sort(names)
  local own = (node.count - above) / node.count
  local share = ('%s: %.1f %%'):format(node.name, node.count / total * 100):gsub('[<>&"]', escapes)
  local room = math.floor(wide / letter) - 1
  local label = room > 2 and node.name:sub(1, room):gsub('[<>&"]', escapes) or ''
  table.insert(out, {
    depth,
    ('<g><title>%s</title><rect x="%.1f" y="%%d" width="%.1f" height="%d" rx="1" fill="hsl(%d,75%%%%,%d%%%%)"/>'):format(
      share:gsub('%%', '%%%%'),
      left,
      math.max(wide - 0.5, 0.3),
      row - 1,
      45 - math.floor(own * 35),
      72 - math.floor(own * 12)
    ) .. ('<text x="%.1f" y="%%d">%s</text></g>'):format(left + 3, (label:gsub('%%', '%%%%'))),
  })
  for _, name in ipairs(names) do
    local child = node.children[name]
    deepest = math.max(deepest, draw(out, child, left, depth + 1, total))
    left = left + child.count / total * width
  end
  return deepest
end

local function write_svg(root, path)
  local boxes = {}
  local height = (draw(boxes, root, 0, 0, root.count) + 1) * row + 8
  local file = assert(io.open(path, 'w'))
  file:write(
    ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="monospace" font-size="11">\n'):format(
      width,
      height
    )
  )
  for _, box in ipairs(boxes) do
    local top = height - (box[1] + 1) * row - 4
    file:write(box[2]:format(top, top + 12), '\n')
  end
  file:write('</svg>\n')
  file:close()
end

generate.corpus(folder .. '/corpus', {}, { 2000 })
local lint = ("%s lint --quiet '%s/corpus/files-2000'/*.md >'%s/flame.out'"):format(
  program,
  folder,
  folder
)
local record = ('perf record -q -e cpu-clock -F 4000 -g -o %s/perf.data '):format(quoted)
run(record .. lint) -- its status is lint's
local script = ('perf script --no-inline -F ip,sym,dso -i %s/perf.data >%s/stacks'):format(
  quoted,
  quoted
)
local root = run(script) and grow(folder .. '/stacks')
if root and root.count > 0 then
  write_svg(root, folder .. '/flame.svg')
  print(('%d looks: %s/flame.svg'):format(root.count, folder))
else
  print('perf is not to be had (' .. folder .. '/flame.log says why): counting with valgrind')
  local few = ("%s lint --quiet '%s/corpus/files-2000'/*-00000?.md"):format(program, folder)
  run(('valgrind -q --tool=callgrind --callgrind-out-file=%s/callgrind '):format(quoted) .. few)
  local tree = 'callgrind_annotate --inclusive=yes --tree=calling %s/callgrind >%s/flame.txt'
  if run(tree:format(quoted, quoted)) then
    print(folder .. '/flame.txt')
  else
    print('valgrind is not to be had, either')
  end
end
