-- A folder that came from a stranger, with settings of its own: they make findings, and neither run,
-- read nor write anything else.

local run = require('tests.support.run')

local traced = run.can('strace -f -o /dev/null true')

-- A stranger's folder "clone" beside one that is none of its business.
local function clone(files)
  local all = {
    ['secret/Secret/Rule.yml'] = 'extends: existence\nmessage: "TOPSECRET %s"\ntokens: [paper]\n',
    ['secret/words.txt'] = 'TOPSECRET\n',
    ['secret/house.docx'] = 'TOPSECRET',
    ['secret/profile.yaml'] = 'profile: topsecret\nextends: meeting\n',
    ['secret/a.md'] = '# Minutes of TOPSECRET\n\n- [ ] TOPSECRET\n',
    ['secret/a/r1.md'] = '# Minutes of TOPSECRET\n\n- [ ] TOPSECRET\n',
    ['secret/r1.md'] = '# Minutes of TOPSECRET\n\n- [ ] TOPSECRET\n',
    ['clone/a.md'] = run.minutes,
  }
  for name, text in pairs(files) do
    all['clone/' .. name] = text
  end
  return run.files(all)
end

--- Runs the program in the stranger's folder; nothing of what is secret is opened.
local function at(folder, arguments, within)
  local before = run.shell(("cd '%s/secret' && find . -type f | sort | xargs cksum"):format(folder))
  local trace = folder .. '/trace'
  local strace = " env ASAN_OPTIONS=detect_leaks=0 strace -f -y -o '%s' -e "
    .. 'trace=%%file,execve,connect'
  local got = run.protokol(arguments, {
    folder = folder .. '/clone',
    within = (within or 'timeout 20') .. (traced and strace:format(trace) or ''),
  })
  assert.is_nil((got.out .. got.err):find('TOPSECRET', 1, true), got.out .. got.err)
  if traced then
    for line in run.read(trace):gmatch('[^\n]+') do
      assert.is_nil(line:match('open%w*%(.* = %d+<[^>]*/secret[^>]*>'), line)
      assert.is_nil(line:find('connect%('), line)
      local runs = line:match('execve%("([^"]*)".* = 0')
      assert.is_true(not runs or runs == run.program or runs:find('/pandoc$') ~= nil, line)
    end
  end
  local after = run.shell(("cd '%s/secret' && find . -type f | sort | xargs cksum"):format(folder))
  assert.equal(before, after)
  return got
end

local commands = {
  { 'lint', '--format', 'jsonl', 'a.md' },
  { 'lint', '--fix', 'a.md' },
  { 'actions', '.' },
  { 'outline', 'a.md' },
  { 'status', '.' },
  { 'rules' },
  { 'profiles' },
  { 'new' },
  { 'new', '--from', 'a.md', '--mark' },
  { 'record', 'sent', '--who', 'A', '--to', 't@x.example', 'a.md' },
  { 'diff', 'a.md' },
  { 'send', '--plain', '--me', 'A <a@x.example>', 'a.md' },
}

local function everything(folder, within, more)
  for _, arguments in ipairs(commands) do
    at(folder, arguments, within)
  end
  if more then
    at(folder, more, within)
  end
  assert.equal('', run.shell(("find '%s' -name pwned"):format(folder)))
end

local profiles = {
  ['a style above'] = 'extends: negotiation\nstyles: [../secret/Secret]\n',
  ['a style above, roundabout'] = 'extends: negotiation\nstyles: [styles/../../secret/Secret]\n',
  ['a style at an absolute path'] = 'extends: negotiation\nstyles: [/etc]\n',
  ['a style at home'] = 'extends: negotiation\nstyles: [~/Secret]\n',
  ['a vocabulary above'] = 'extends: negotiation\nvocab: [../secret/words.txt]\n',
  ['a house document above'] = 'extends: negotiation\nexport: {reference: ../secret/house.docx}\n',
  ['a profile as a path'] = 'extends: ../secret/profile\n',
  ['a profile as a file'] = 'extends: ../secret/profile.yaml\n',
  ['a language as a path'] = 'extends: negotiation\nlanguage: ../secret/profile\n',
  ['programs'] = 'extends: negotiation\nprogram: ./pwn\nmail_command: ./pwn\ncommand: "touch pwned"\n'
    .. 'export: {pandoc: ./pwn, filter: ./pwn}\nauthor: "$(touch pwned)"\n',
  ['a tag that makes objects'] = '!!python/object/apply:os.system ["touch pwned"]\n',
  ['a file included'] = 'extends: negotiation\nrules: !include ../secret/profile.yaml\n',
  ['an alias of many'] = 'a: &a [x, x]\nb: &b [*a, *a]\nextends: negotiation\n',
}

local links = {
  ['settings'] = 'ln -s ../secret/profile.yaml .protokol.yaml',
  ['a folder of styles'] = 'ln -s ../secret styles; '
    .. 'echo "{extends: negotiation, styles: [styles/Secret]}" >.protokol.yaml',
  ['a rule of a style'] = 'mkdir -p styles/S; ln -s ../../../secret/Secret/Rule.yml styles/S/R.yml; '
    .. 'echo "{extends: negotiation, styles: [styles/S]}" >.protokol.yaml',
  ['a folder in a style'] = 'mkdir -p styles; ln -s ../../secret/Secret styles/S; '
    .. 'echo "{extends: negotiation, styles: [styles]}" >.protokol.yaml',
  ['a vocabulary'] = 'ln -s ../secret vocab; echo "{extends: negotiation, vocab: [vocab/words.txt]}" >.protokol.yaml',
  ['a house document'] = 'ln -s ../secret/house.docx .; '
    .. 'echo "{extends: negotiation, export: {reference: house.docx}}" >.protokol.yaml',
  ['minutes'] = 'ln -s ../secret/a.md 2026-01-01.md',
  ['a folder of minutes'] = 'ln -s ../secret folder',
  ['what was sent'] = 'mkdir -p .protokol/a; ln -s ../../../secret/r1.md .protokol/a/r1.md',
  ['a folder of what was sent'] = 'mkdir .protokol; ln -s ../../secret/a .protokol/a',
  ['the folder of all that was sent'] = 'ln -s ../secret .protokol',
  ['a file in the making'] = 'mkdir -p .protokol/a; ln -s ../../../secret/r1.md .protokol/a/.fresh-abcdef; '
    .. 'ln -s ../secret/r1.md .protokol-fresh-abcdef',
}

local pipes = {
  ['settings'] = 'mkfifo .protokol.yaml',
  ['a rule of a style'] = 'mkdir -p styles/S; mkfifo styles/S/R.yml; '
    .. 'echo "{extends: negotiation, styles: [styles/S]}" >.protokol.yaml',
  ['a vocabulary'] = 'mkfifo words.txt; echo "{extends: negotiation, vocab: [words.txt]}" >.protokol.yaml',
  ['what was sent'] = 'mkdir -p .protokol/a; mkfifo .protokol/a/r1.md',
  ['a file in the making'] = 'mkdir -p .protokol/a; mkfifo .protokol/a/.fresh-abcdef; mkfifo .protokol-fresh-abcdef',
}

-- Minutes whose log says that revision 1 was sent.
local function sent()
  local folder = run.files({ ['a.md'] = run.minutes })
  run.protokol(
    { 'record', 'sent', '--who', 'A', '--to', 't@x.example', 'a.md' },
    { folder = folder }
  )
  return run.read(folder .. '/a.md')
end

describe('the folder of a stranger', function()
  after_each(run.tidy)

  for what, yaml in pairs(profiles) do
    it('with settings that name ' .. what .. ' makes findings at most', function()
      local folder = clone({
        ['.protokol.yaml'] = yaml,
        ['pwn'] = '#!/bin/sh\ntouch pwned\n',
        ['a.md'] = sent(),
      })
      everything(folder, nil, { 'check', '.protokol.yaml' })
      if yaml:find('export', 1, true) then
        at(folder, { 'export', 'docx', 'a.md' })
      end
    end)
  end

  for kind, list in pairs({ ['a link that leads out'] = links, ['a pipe'] = pipes }) do
    for what, command in pairs(list) do
      it(('with %s for %s is not followed'):format(kind, what), function()
        local folder = clone({ ['a.md'] = sent() })
        assert(os.execute(("cd '%s/clone' && { %s; }"):format(folder, command)))
        everything(folder, 'timeout 10')
        if what == 'a house document' then
          at(folder, { 'export', 'docx', 'a.md' })
        end
      end)
    end
  end

  it('has no say in what program is run', function()
    local pwn = '#!/bin/sh\ntouch pwned\n'
    local folder = clone({
      ['pandoc'] = pwn,
      ['protokol'] = pwn,
      ['git'] = pwn,
      ['build/protokol'] = pwn,
    })
    os.execute(("cd '%s/clone' && chmod +x pandoc protokol git build/protokol"):format(folder))
    local path = "env PATH='.:" .. os.getenv('PATH') .. "' timeout 20"
    everything(folder, path, { 'export', 'docx', 'a.md' })
    at(folder, { 'send', '--me', 'A <a@x.example>', 'a.md' }, path)
  end)

  it('is told what is wrong with its settings', function()
    local folder = clone({ ['.protokol.yaml'] = profiles['a style above'] })
    local got = at(folder, { 'lint', 'a.md' })
    assert.matches('%.protokol%.yaml:2:10: .*leads out of the folder of this profile', got.err)
    assert.equal(2, got.status)
  end)
end)
