#!/usr/bin/env lua5.4
-- prepare.lua FOLDER - what fuzzing starts from, made of what there is: seeds for each target
-- from the examples of the tests, and the words of the languages as a dictionary.
local examples = require('tests.support.examples')

local folder = assert(arg[1], 'prepare.lua FOLDER')

local function shell(command)
  local pipe = assert(io.popen(command))
  local lines = {}
  for line in pipe:lines() do
    lines[#lines + 1] = line
  end
  pipe:close()
  return lines
end

local function contents(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('*a')
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

-- -- Seeds ---------------------------------------------------------------------

local counts = {}

local function seed(target, text)
  counts[target] = (counts[target] or 0) + 1
  if counts[target] == 1 then
    os.execute("mkdir -p '" .. folder .. '/seeds/' .. target .. "'")
  end
  write(('%s/seeds/%s/%04d'):format(folder, target, counts[target]), text)
end

local function seed_example(example)
  if example.minutes then
    seed('minutes', example.minutes)
    if example.minutes:find('approval:', 1, true) or example.minutes:find('internal', 1, true) then
      seed('approval', example.minutes)
      seed('mail', example.minutes)
    end
  end
  if example.profile then
    seed('profile', example.profile)
  end
  if example.style then
    seed('style', example.style .. '%%\n' .. (example.minutes or ''))
  end
end

for _, path in ipairs(shell('ls tests/rules/*.md tests/read/*.md tests/rules/styles/*.md')) do
  for _, example in ipairs(examples.read(path)) do
    seed_example(example)
  end
end
seed('minutes', contents('doc/sample.md'))
for _, path in ipairs(shell('ls csrc/profile/builtin/*.yaml')) do
  seed('profile', contents(path))
end
-- A language is long: one seed for each of its parts.
for _, path in ipairs(shell('ls csrc/profile/language/*.yaml')) do
  local part = {}
  for line in contents(path):gmatch('[^\n]*\n') do
    if line:match('^%l') and #part > 0 then
      seed('language', 'language: xx\nname: Xx\n' .. table.concat(part))
      part = {}
    end
    if #part > 0 or line:match('^[%l-]+:%s*$') then
      part[#part + 1] = line
    end
  end
end
for _, path in ipairs(shell('ls tests/fuzz/seeds/*/* 2>/dev/null')) do
  seed(path:match('seeds/(.-)/'), contents(path))
end

-- -- Dictionaries --------------------------------------------------------------

local words, known = {}, {}

local function add(word)
  if #word > 0 and #word <= 40 and not known[word] then
    known[word] = true
    words[#words + 1] = word
  end
end

-- Words of the markup, apart by blanks; \s is one of theirs.
local markup = [[
---\n ...\n #\s ##\s ###\s -\s *\s 1.\s -\s[\s]\s -\s[x]\s -\s[-]\s >\s |\sa\s|\sb\s|\n|---|---|\n
| \x5C| ```\n ** __ ~~ ` <!--\s \s--> {{ }} [ ]( ]:\s <br> \n===\n \r\n \r \t \xEF\xBB\xBF \xFF
\xC2\xA0 \x00 — \xCC\x81 \xE2\x80\x8B \xE2\x80\xAE @ → https://example.com/ <b> -\s&a\s *a !!str\s
" ' |-\n\s\s >+\n\s\s { } {} [] :\s ,\s ?\s ~ %YAML\s1.1\n <!--\sinternal\s--> <!--\s/internal\s-->
<!--\sprotokol-disable\saction-owner\s--> 2026-02-30 2026-03-12 12.03.2026 3/4/2026 14:30 KW\s12
✅\s2026-01-03 2027-03-01T09:30:00+01:00 approval:\n sha256: extends:\s existence substitution
occurrence repetition consistency conditional capitalization metric tokens:\n\s\s-\s
swap:\n\s\sa:\sb\n scope:\s ignorecase:\strue\n nonword:\strue\n raw:\n\s\s-\s exceptions:\s
message:\s"%s"\n level:\serror\n formula:\s condition:\s either:\n\s\sa:\sb\n first:\s second:\s
match:\s (?i) (?= \x5Cb [^ .* {1,9} (?: From:\s Date:\s Message-ID:\s In-Reply-To:\s References:\s
Subject:\s Content-Type:\s text/plain;\scharset=utf-8 multipart/mixed;\sboundary=" =?utf-8?q?
=?koi8-r?b? ?= base64 quoted-printable Content-Transfer-Encoding:\s =\r\n =C3=BC <a@example.com>
]]
local escapes = { ['\\n'] = '\n', ['\\r'] = '\r', ['\\t'] = '\t', ['\\s'] = ' ' }
for word in markup:gmatch('%S+') do
  add((word
    :gsub('\\x(%x%x)', function(digits)
      return string.char(tonumber(digits, 16))
    end)
    :gsub('\\[nrts]', escapes)))
end
-- Keys, and the values of lists, without quotes.
for _, path in ipairs(shell('ls csrc/profile/*/*.yaml')) do
  for line in contents(path):gsub('#[^\n]*', ''):gmatch('[^\n]+') do
    for piece in line:gmatch('[^%[%]{},:|"]+') do
      add((piece:gsub("^[%s%-']+", ''):gsub("[%s']+$", '')))
    end
    add(line:match('^%s*([%w-]+:)') or '')
  end
end
-- Keys that C knows.
for _, path in ipairs({ 'csrc/profile/schema.c', 'csrc/approval/log.c' }) do
  for key in contents(path):gmatch('\n *{"([%l_]+)"') do
    add(key .. ': ')
  end
end

local out = {}
for _, word in ipairs(words) do
  out[#out + 1] = '"'
    .. word:gsub('[^%w _.:/-]', function(byte)
      return ('\\x%02X'):format(byte:byte())
    end)
    .. '"\n'
end
write(folder .. '/words.dict', table.concat(out))
