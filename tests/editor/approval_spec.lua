-- Minutes agreed on, from the draft to the last confirmation, in Neovim and in Vim.
local drive = require('tests.editor.drive')

local minutes = [[
---
protokol: negotiation
lang: en
distribution: ["eva@example.com"]
---

# Minutes of negotiation: new catalogue

Date: 2026-11-03

## Participants

| Name | Position | Contact |
| --- | --- | --- |
| Anna Weber | sales | anna@example.com |
| Ben Lee | buyer | ben@example.com |

## Agreements

- The catalogue is printed on paper of 120 g.

## Next steps

- [ ] Anna Weber: send the proofs by 2026-11-20
- [ ] Ben Lee: check the proofs by 2026-11-27
]]

local prelude = [=[
set hidden noautoread
let g:protokol = {'author': 'Anna Weber', 'delay': 10}
function! Said()
  sleep 80m
  return execute('messages')
endfunction
function! Refused() " what a program says may take its time
  for i in range(100)
    let said = Said()
    if said =~# 'protokol: '
      return said
    endif
  endfor
  return said
endfunction
function! Text()
  return join(getline(1, '$'), "\n") . "\n"
endfunction
function! Findings(rule)
  if has('nvim')
    let mine = luaeval('vim.tbl_filter(function(d) return d.code == _A end, vim.diagnostic.get(0))', a:rule)
    return map(mine, {_, d -> [d.lnum + 1, d.message]})
  endif
  return map(filter(getloclist(0), {_, v -> v.text =~# '\[' . a:rule . '\]'}),
    \ {_, v -> [v.lnum, substitute(v.text, ' \[.*', '', '')]})
endfunction
function! Subtitle()
  if has('nvim')
    let marks = nvim_buf_get_extmarks(0, nvim_create_namespace('protokol-approval'), 0, -1, {'details': 1})
    return map(marks, {_, m -> [m[1] + 1, m[3].virt_lines[0][0][0]]})
  endif
  return map(prop_list(1, {'end_lnum': -1, 'types': ['ProtokolSubtitle']}), {_, p -> [p.lnum, b:protokol_approval]})
endfunction
]=]

local record = './' .. (os.getenv('BUILD') or 'build') .. '/protokol record '

-- -- A complete round ------------------------------------------------------------------

local people = [[
| Cara Diaz | print | cara@example.com |
| Dan Fox | design | dan@example.com |
| Eli Gray | sales | eli@example.com |
]]

local whole = minutes
  :gsub('(| Ben Lee |[^\n]*\n)', '%1' .. people)
  :gsub('eva@example.com', 'Eva Hall <eva@example.com>')

-- What stays of a log when times and Message-IDs are put aside.
local function told(text)
  return (text:gsub('time: [^\n]*', 'time: T'):gsub('<%x+@example.com>', '<ID>'))
end

local round = [=[
function! Mail()
  call Wait('&filetype ==# "mail" && &modifiable')
  let tick = getbufvar('a.md', 'changedtick')
  call feedkeys(":Protokol send\<CR>y\<CR>", 'tx')
  for i in range(400)
    if getbufvar('a.md', 'changedtick') != tick && !&modifiable
      break
    endif
    sleep 10m
  endfor
  bwipeout
endfunction
edit a.md
let g:protokol_mail_command = ['tee', '-a', 'sent.mbox']
Protokol detail brief who=Ben\ Lee
Protokol send
call Mail()
buffer a.md
call search('^- . . Anna')
Protokol object who=Ben\ Lee by 15 November
call search('^- The catalogue')
Protokol object who=Cara\ Diaz 150 g was said
call search('^- The catalogue')
s/120/150/
Protokol resolve 2 accepted
Protokol resolve 1 compromise by 18 November
call search('^- . . Anna')
s/11-20/11-18/
Protokol send
call Mail()
buffer a.md
Protokol approve who=Ben\ Lee how=phone
Protokol distribute
call Mail()
buffer a.md
for who in ['Ben Lee', 'Cara Diaz', 'Dan Fox', 'Eli Gray', 'Eva Hall <eva@example.com>']
  execute 'Protokol confirm how=mail who=' . escape(who, ' ')
endfor
call Tell('approval', [b:protokol_approval, &modified])
call search('^- The catalogue')
s/150/90/
Protokol lint
call Tell('changed', Findings('approval-digest'))
undo
call Tell('said', Said())
]=]

-- The same, typed at a shell.
local shell = [=[
set -e
export PROTOKOL_AUTHOR='Anna Weber'
p() { "$PROTOKOL" "$@" >>out 2>&1; }
p record detail --level brief --who 'Ben Lee' a.md
p send --output 1.eml a.md
p record sent --mail 1.eml a.md
p record objection --who 'Ben Lee' --item 'send the proofs' --text 'by 15 November' a.md
p record objection --who 'Cara Diaz' --item 'The catalogue is printed on paper of 120' --text '150 g was said' a.md
sed -i 's/^- The catalogue\(.*\)120/- The catalogue\1150/' a.md
p record resolution --of 2 --outcome accepted a.md
p record resolution --of 1 --outcome compromise --text 'by 18 November' a.md
sed -i 's/^\(- ... Anna.*\)11-20/\111-18/' a.md
p send --output 2.eml a.md
p record sent --mail 2.eml a.md
p record approved --who 'Ben Lee' --how phone a.md
p send --output 3.eml a.md
p record distributed --mail 3.eml a.md
for who in 'Ben Lee' 'Cara Diaz' 'Dan Fox' 'Eli Gray' 'Eva Hall <eva@example.com>'; do
  p record confirmed --who "$who" --how mail a.md
done
"$PROTOKOL" status a.md
]=]

describe('a complete round', function()
  local program = drive.root .. '/' .. (os.getenv('BUILD') or 'build') .. '/protokol'

  local function typed()
    local home = drive.enter()
    drive.write(home .. '/notes/a.md', whole)
    drive.write(home .. '/round.sh', shell)
    local form = 'cd %s/notes && PROTOKOL=%s HOME=%s sh ../round.sh >../status'
    assert(
      os.execute(form:format(home, drive.quote(program), home)),
      drive.read(home .. '/notes/out')
    )
    local text, status = drive.read(home .. '/notes/a.md'), drive.read(home .. '/status')
    drive.leave(home)
    return text, status
  end

  for _, editor in ipairs(drive.both) do
    it('leaves the same log in ' .. editor.name .. ' as at the command line', function()
      local text, status = typed()
      local home = drive.enter()
      drive.write(home .. '/notes/a.md', whole)
      local got, printed = drive.run(editor, prelude .. round, { home = home, seconds = 40 })
      local own, mails = drive.read(home .. '/notes/a.md'), drive.read(home .. '/notes/sent.mbox')
      local kept = drive.read(home .. '/notes/.protokol/a/r2.md') or ''
      drive.leave(home)
      assert.is_true(got.ended, printed .. (got.said or ''))
      assert.equal(told(text), told(own))
      assert.truthy(status:find('closed', 1, true), status)
      assert.truthy(got.approval[1]:find('^closed, revision 2'), got.approval[1])
      assert.equal(0, got.approval[2])
      assert.equal(5, select(2, own:gsub('event: confirmed', '')))
      assert.equal(3, select(2, mails:gsub('Message%-ID: ', '')))
      assert.truthy(kept:find('150 g', 1, true))
      assert.equal(1, #got.changed)
    end)
  end
end)

for _, editor in ipairs(drive.both) do
  describe(editor.name .. ' agrees on minutes:', function()
    local run, home = drive.at_home(editor, { prelude = prelude, files = { ['a.md'] = minutes } })

    local function file()
      return drive.read(home .. '/notes/a.md')
    end

    local function recorded(words)
      assert(os.execute(record .. words .. ' ' .. drive.quote(home .. '/notes/a.md')))
    end

    local sent = 'sent --who "Anna Weber" --to ben@example.com --time 2026-11-04T10:00:00+01:00'

    it('an event is one step to undo, and written at once', function()
      local got = run([[
        edit a.md
        Protokol detail brief
        call Tell('text', Text())
        call Tell('modified', &modified)
        undo
        call Tell('undone', Text())
        set nomodified
        call Tell('said', Said())
      ]])
      assert.equal(0, got.modified)
      assert.equal(file(), got.text)
      assert.equal(minutes, got.undone)
      assert.truthy(
        got.text:find('    event: detail\n    who: "Anna Weber"\n    level: brief\n', 1, true)
      )
      assert.truthy(got.said:find('detail: draft -> send it', 1, true))
    end)

    it('of two writers the second is told, and nothing is lost', function()
      local got = run(
        ([[
        edit a.md
        call system(%s)
        Protokol detail brief
        call Tell('first', Said())
        call Tell('read', Text())
        Protokol detail brief
        call Tell('second', Text())
        call setline('$', '- [ ] Ben Lee: mine')
        call system(%s)
        Protokol detail standard
        call Tell('third', Said())
        call Tell('mine', getline('$'))
        messages clear
        Protokol detail standard
        call Tell('again', Said())
        call Tell('modified', &modified)
        set nomodified
      ]]):format(
          drive.quote('cd ' .. drive.root .. '; ' .. record .. sent .. ' ' .. home .. '/notes/a.md'),
          drive.quote(
            'cd '
              .. drive.root
              .. '; '
              .. record
              .. 'objection --who Ben --text No --time 2099-11-05T10:00:00+01:00 '
              .. home
              .. '/notes/a.md'
          )
        )
      )
      assert.truthy(got.first:find('changed meanwhile and is read anew', 1, true), got.first)
      assert.truthy(got.read:find('event: sent', 1, true))
      assert.is_nil(got.read:find('event: detail', 1, true))
      assert.truthy(got.second:find('event: sent.*event: detail'))
      assert.truthy(got.third:find('so was this buffer: nothing is recorded', 1, true), got.third)
      assert.equal('- [ ] Ben Lee: mine', got.mine)
      assert.truthy(got.again:find('nothing is recorded', 1, true), got.again)
      assert.equal(1, got.modified)
      assert.truthy(file():find('event: sent.*event: detail.*event: objection'))
      assert.is_nil(file():find('level: standard', 1, true))
    end)

    it('waits for nobody who records in the same file', function()
      local got = run(
        ([[
        edit a.md
        let job = %s
        sleep 200m
        Protokol detail brief
        call Tell('said', Said())
        call Tell('text', Text())
      ]]):format(
          editor.name == 'Neovim' and 'jobstart(["flock", "a.md", "sleep", "2"])'
            or 'job_start(["flock", "a.md", "sleep", "2"])'
        )
      )
      assert.truthy(got.said:find('somebody else is recording', 1, true), got.said)
      assert.equal(minutes, got.text)
      assert.equal(minutes, file())
    end)

    it('records nothing in minutes without a file, or that may not be changed', function()
      local got = run([[
        call setline(1, ['# Minutes', '', 'Date: 2026-11-03'])
        Protokol detail brief
        call Tell('none', Said())
        set nomodified
        edit a.md
        set readonly
        Protokol detail brief
        Protokol detail short
        Protokol approve who=Ben
        call Tell('said', Said())
      ]])
      assert.truthy(got.none:find('`:write` them first', 1, true))
      assert.truthy(got.said:find('this buffer cannot be changed', 1, true))
      assert.truthy(got.said:find('"short" is no level', 1, true))
      assert.equal(minutes, file())
    end)

    it('objections are findings on their items until they are resolved', function()
      recorded(sent)
      local got = run([[
        edit a.md
        call search('send the proofs')
        Protokol object who=Ben\ Lee by 15 November at the latest
        call search('120 g')
        Protokol object who=Ben\ Lee 150 g was said
        Protokol lint
        call Tell('found', Findings('objection'))
        call Tell('line', search('^- . . Anna', 'w'))
        call Tell('paper', search('^- The catalogue', 'w'))
        call Tell('title', search('^# ', 'w'))
        call Tell('subtitle', Subtitle())
        Protokol approve who=Ben\ Lee
        call Tell('said', Said())
        call search('120 g', 'w')
        Protokol resolve withdrawn
        Protokol resolve 1 compromise by 17 November
        Protokol lint
        call Tell('resolved', Findings('objection'))
        call Tell('after', Subtitle())
      ]])
      assert.same({
        { got.paper, 'Ben Lee objects (2): 150 g was said' },
        { got.line, 'Ben Lee objects (1): by 15 November at the latest' },
      }, got.found)
      assert.equal(got.title, got.subtitle[1][1])
      assert.truthy(got.subtitle[1][2]:find('^objected, revision 1 %-> resolve objection 1'))
      assert.truthy(got.said:find('2 objections are open', 1, true))
      assert.same({}, got.resolved)
      assert.truthy(got.after[1][2]:find('^sent, revision 1'))
      assert.truthy(file():find('item: "send the proofs"', 1, true), file())
      assert.truthy(file():find('of: 2\n    outcome: withdrawn', 1, true))
      assert.truthy(file():find('outcome: compromise\n    text: "by 17 November"', 1, true))
    end)

    it('asks for what was not said', function()
      recorded(sent)
      run([[
        edit a.md
        call search('send the proofs')
        call feedkeys(":Protokol object\<CR>\<C-u>Ben\<CR>too late\<CR>", 'tx')
        call feedkeys(":Protokol resolve\<CR>\<C-u>accepted\<CR>\<CR>", 'tx')
        call feedkeys(":Protokol approve\<CR>\<C-u>\<CR>", 'tx')
      ]])
      assert.truthy(file():find('who: "Ben"\n', 1, true), file())
      assert.truthy(file():find('text: "too late"', 1, true))
      assert.truthy(file():find('outcome: accepted', 1, true))
      assert.is_nil(file():find('event: approved', 1, true))
    end)

    it('goes through the items by a checklist', function()
      recorded(sent)
      local got = run([[
        edit a.md
        Protokol walkthrough who=Ben\ Lee
        call Tell('list', getline(1, '$'))
        write
        call Tell('empty', Said())
        call search('send the proofs')
        Protokol toggle
        call search('check the proofs')
        execute "normal \<CR>\<CR>"
        call append('$', 'He calls back.')
        call Tell('marked', getline(1, '$'))
        write
        call Tell('modified', &modified)
        bwipeout
        call Tell('text', Text())
        call Tell('saved', &modified)
      ]])
      assert.equal('[ ] Anna Weber: send the proofs (2026-11-20)', got.list[#got.list - 1])
      assert.truthy(got.empty:find('nothing was asked yet', 1, true))
      assert.equal('[+] Anna Weber: send the proofs (2026-11-20)', got.marked[#got.list - 1])
      assert.equal('[?] Ben Lee: check the proofs (2026-11-27)', got.marked[#got.list])
      assert.equal(0, got.modified)
      assert.equal(0, got.saved)
      assert.equal(file(), got.text)
      local entry = file():match('event: walkthrough.-\n%-%-%-')
      assert.truthy(entry:find('who: "Ben Lee"', 1, true))
      assert.truthy(entry:find('understood: ["send the proofs"]', 1, true), entry)
      assert.truthy(entry:find('unclear: ["check the proofs"]', 1, true), entry)
      assert.truthy(entry:find('text: "He calls back."', 1, true), entry)
    end)

    it('says where it stands, here and of a folder', function()
      recorded(sent)
      drive.write(home .. '/notes/b.md', minutes)
      local got = run([[
        edit a.md
        Protokol status .
        call Tell('filled', Wait('!empty(getqflist())'))
        call Tell('board', getline(1, '$'))
        call Tell('files', map(getqflist(), {_, v -> v.bufnr ? fnamemodify(bufname(v.bufnr), ':t') : ''}))
      ]])
      assert.same({ '', 'b.md', '', 'a.md' }, got.files)
      assert.equal('draft (1)', got.board[1])
      assert.equal('sent (1)', got.board[3])
      assert.truthy(got.board[4]:find('r1   2026-11-04  wait for', 1, true), got.board[4])
    end)

    it('compares with what was sent', function()
      recorded(sent)
      local got = run([[
        edit a.md
        call search('120 g')
        s/120/150/
        call search('^- . . Anna')
        s/11-20/11-25/
        Protokol diff
        call Tell('words', map(getqflist(), 'v:val.text'))
        cclose
        call Tell('diff', [&diff, winnr('$')])
        call Tell('here', expand('%:t'))
        wincmd t
        call Tell('earlier', [&diff, &modifiable, search('120 g') > 0, bufname('%')])
        bwipeout
        call Tell('off', &diff)
        Protokol diff 7
        Protokol diff x
        call Tell('said', Said())
        set nomodified
      ]])
      assert.same({ 1, 2 }, got.diff)
      assert.equal(2, #got.words)
      assert.truthy(table.concat(got.words, '\n'):find('due date moved', 1, true), got.words[2])
      assert.equal('a.md', got.here)
      assert.same({ 1, 0, 1, 'a.md r1' }, got.earlier)
      assert.equal(0, got.off)
      assert.truthy(got.said:find('r7.md', 1, true), got.said)
      assert.truthy(got.said:find('"x" is no revision', 1, true), got.said)
    end)

    it('drafts a mail, hands it over after a yes, and then records it', function()
      local got = run([[
        edit a.md
        let minutes = bufnr('%')
        let g:protokol_mail_command = 'tee sent.eml'
        Protokol send
        call Tell('drafted', Wait('&filetype ==# "mail"'))
        call Tell('draft', getline(1, '$'))
        call Tell('quiet', filereadable('sent.eml'))
        call feedkeys(":Protokol send\<CR>\<C-u>no\<CR>", 'tx')
        sleep 100m
        call Tell('refused', [filereadable('sent.eml'), Said()])
        let g:protokol_mail_command = ['false']
        call feedkeys(":Protokol send\<CR>yes\<CR>", 'tx')
        sleep 200m
        call Tell('failed', Said())
        call Tell('before', join(getbufline(minutes, 1, '$'), "\n"))
        let g:protokol_mail_command = ['tee', 'sent.eml']
        call feedkeys(":Protokol send\<CR>y\<CR>", 'tx')
        call Wait('getbufline("a.md", 5)[0] ==# "approval:"')
        call feedkeys(":Protokol send\<CR>y\<CR>", 'tx')
        call Tell('twice', Said())
        call Tell('saved', getbufvar(minutes, '&modified'))
      ]])
      assert.equal(1, got.drafted)
      assert.truthy(table.concat(got.draft, '\n'):find('\nTo: Ben Lee <ben@example.com>', 1, true))
      assert.equal(0, got.quiet)
      assert.equal(0, got.refused[1])
      assert.truthy(got.refused[2]:find('nothing is recorded', 1, true), got.refused[2])
      assert.truthy(got.failed:find('false ended with 1', 1, true), got.failed)
      assert.is_nil(got.before:find('approval:', 1, true))
      assert.truthy(got.twice:find('this mail was sent already', 1, true), got.twice)
      assert.equal(0, got.saved)
      assert.equal(table.concat(got.draft, '\n') .. '\n', drive.read(home .. '/notes/sent.eml'))
      assert.equal(minutes, drive.read(home .. '/notes/.protokol/a/r1.md'))
      local id = table.concat(got.draft, '\n'):match('\nMessage%-I[Dd]: (<.->)')
      assert.truthy(file():find('reference: "' .. id .. '"', 1, true), file())
      assert.equal(1, select(2, file():gsub('event: sent', '')))
    end)

    it('without a mail command believes that a mail was sent, of the text as it is', function()
      local got = run([[
        edit a.md
        Protokol send cara@example.com
        call Wait('&filetype ==# "mail"')
        call Tell('draft', join(getline(1, '$'), "\n"))
        let draft = bufnr('%')
        buffer a.md
        call search('120 g')
        s/120/150/
        execute 'buffer' draft
        call feedkeys(":Protokol send\<CR>y\<CR>", 'tx')
        call Tell('changed', Said())
        buffer a.md
        Protokol send cara@example.com
        call Wait('&filetype ==# "mail"')
        call feedkeys(":Protokol send\<CR>y\<CR>", 'tx')
        call Tell('said', Said())
      ]])
      assert.truthy(got.draft:find('\nTo: cara@example.com\n', 1, true), got.draft)
      assert.truthy(got.changed:find('are not what this draft is about', 1, true), got.changed)
      assert.truthy(file():find('to: ["cara@example.com"]', 1, true), file())
      assert.truthy(drive.read(home .. '/notes/.protokol/a/r1.md'):find('150 g', 1, true))
    end)

    it('stops at errors of lint, unless told to go on', function()
      local strict = 'extends: negotiation\nrules: {place-missing: error}\n'
      drive.write(home .. '/notes/.protokol.yaml', strict)
      local got = run([[
        edit a.md
        Protokol send
        call Tell('said', Said())
        Protokol! send
        call Tell('drafted', Wait('&filetype ==# "mail"'))
      ]])
      assert.truthy(got.said:find('errors: 1; ', 1, true), got.said)
      assert.equal(1, got.drafted)
    end)

    it('says in the language of the user why no draft is written', function()
      local bare = minutes:gsub('[%w.]+@example%.com', '-')
      drive.write(home .. '/notes/bare.md', bare)
      drive.write(
        home .. '/notes/nobody.md',
        (bare:gsub('| sales | %-', '| sales | anna@example.com'))
      )
      local why = {
        de = { 'eigene Adresse ist nicht bekannt', '"nobody" kann keine Mail', 'niemand, dem zu' },
        ru = {
          'ваш адрес неизвестен',
          '«nobody» - не адрес',
          'писать некому',
        },
        en = { 'own address is not known', '"nobody" is no address', 'nobody to write to' },
      }
      for language, words in pairs(why) do
        local got = run(([[
          let $EMAIL = ''
          let $LC_ALL = '%s.UTF-8'
          edit bare.md
          Protokol send
          call Tell('me', Refused())
          messages clear
          edit nobody.md
          Protokol send nobody
          call Tell('address', Refused())
          messages clear
          call setline(1, map(getline(1, '$'), {_, line -> substitute(line, ', ["eva.*$', '', '')}))
          Protokol send
          call Tell('nobody', Refused())
        ]]):format(language))
        for i, name in ipairs({ 'me', 'address', 'nobody' }) do
          assert.truthy(got[name]:find(words[i], 1, true), language .. ': ' .. got[name])
          assert.falsy(got[name]:find('--', 1, true), got[name])
        end
      end
    end)

    it('writes to each, and takes who, when and which text from replies', function()
      recorded(sent)
      recorded('approved --who "Ben Lee" --time 2026-11-05T10:00:00+01:00')
      local got = run([[
        edit a.md
        Protokol distribute each
        call Wait('&filetype ==# "mail"')
        call feedkeys(":Protokol send\<CR>y\<CR>", 'tx')
        call Wait('&modifiable && &filetype ==# "mail"')
        call Tell('second', getline(2))
        call feedkeys(":Protokol send\<CR>y\<CR>", 'tx')
        let digest = matchstr(join(getline(1, '$')), 'sha256:\x\{64}')
        call writefile(['From: Ben Lee <ben@example.com>', 'Message-ID: <7@example.com>',
              \ 'Subject: Re: minutes', '', 'Confirmed.', '> ' . digest], 'reply.eml')
        call writefile(['From: Mal <mal@example.com>', 'Message-ID: <8@example.com>',
              \ '', 'Confirmed.', '> sha256:' . repeat('0', 64)], 'other.eml')
        buffer a.md
        Protokol confirm other.eml
        Protokol confirm reply.eml
        call Tell('stand', b:protokol_approval)
        call Tell('said', Said())
      ]])
      assert.truthy(got.second:find('^To: .*eva@example.com'), got.second)
      assert.equal(2, select(2, file():gsub('event: distributed', '')))
      assert.truthy(file():find('to: ["Ben Lee <ben@example.com>"]', 1, true), file())
      assert.equal(1, select(2, file():gsub('event: confirmed', '')))
      assert.truthy(file():find('reference: "<7@example.com>"', 1, true), file())
      assert.truthy(got.said:find('of no text that the log knows', 1, true), got.said)
      assert.truthy(got.stand:find('eva@example.com', 1, true), got.stand)
    end)
  end)
end
