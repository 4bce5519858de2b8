-- What strangers may put into names, texts, folders and settings runs nothing and changes nothing,
-- in Neovim and in Vim.
local drive = require('tests.editor.drive')

local minutes = [[
# Minutes of negotiation: new catalogue

Date: 2026-11-03

## Participants

| Name | Position | Contact |
| --- | --- | --- |
| Anna Weber | sales | anna@example.com |
| Ben Lee | buyer | ben@example.com |

## Decisions

- The catalogue is printed on paper of 120 g.

## Next steps

- [ ] Anna Weber: send the proofs by 2026-11-20
- [ ] Ben Lee: check the proofs
]]

local prelude = [=[
set hidden noautoread
let g:protokol = {'author': 'Anna Weber', 'delay': 10}
let g:ran = 0
function! Ran(...)
  let g:ran += 1
  return 'ran'
endfunction
" Every command a writer may give, in a buffer with minutes.
function! Everything(name)
  let told = {}
  execute 'buffer' bufadd(a:name) | " :edit itself evaluates what stands between "`=" and "`"
  setlocal buflisted
  let buffer = bufnr('%')
  Protokol lint
  let told.status = ProtokolStatusline()
  Protokol next finding
  Protokol explain
  silent! fclose!
  call Statusline()
  Protokol actions
  let told.actions = len(getqflist())
  call setpos('.', [0, 1, 1, 0])
  Protokol toggle
  execute "normal! \<CR>"
  let told.jumped = bufnr('%') == buffer
  cclose
  Protokol actions %
  call Wait('len(getqflist()) == 2 && getqflist({"title": 1}).title !~# "running"')
  let told.listed = map(getqflist(), 'v:val.bufnr') == [buffer, buffer]
  call win_gotoid(bufwinid(getqflist({'qfbufnr': 1}).qfbufnr))
  execute "normal! \<CR>"
  let told.jumped = told.jumped && bufnr('%') == buffer
  cclose
  Protokol actions .
  call Wait('getqflist({"title": 1}).title !~# "running"')
  cclose
  Protokol actions %
  Protokol stop
  Protokol decisions
  cclose
  Protokol outline
  lclose
  execute bufwinnr(buffer) . 'wincmd w'
  Protokol fix all
  Protokol status
  silent! lclose
  silent! fclose!
  silent write
  Protokol detail brief who=Ben
  let told.recorded = join(readfile(a:name), "\n") =~# 'event: detail'
  Protokol send
  call Wait('&filetype ==# "mail"')
  let told.mail = bufname('%')
  call feedkeys(":Protokol send\<CR>y\<CR>", 'tx')
  silent! bwipeout!
  execute 'buffer' buffer
  let told.sent = join(getline(1, '$'), "\n") =~# 'event: sent'
  call setline(line('$'), '- [ ] Ben Lee: check the proofs again')
  Protokol diff
  diffoff!
  only
  execute 'buffer' buffer
  Protokol export html
  call Wait('execute("messages") =~# "exported"')
  let told.exported = execute('messages') =~# 'exported'
  call Statusline()
  enew
  execute 'Protokol new from=' . escape(a:name, ' \')
  stopinsert
  let told.carried = join(getline(1, '$'), "\n") =~# 'check the proofs'
  for lead in ['new from=', 'new --from ', 'actions ', 'status ', 'export html ', 'object ']
    let found = getcompletion('Protokol ' . lead, 'cmdline')
    for one in found
      call getcompletion('Protokol ' . lead . one, 'cmdline')
      call getcompletion('Protokol ' . one, 'cmdline')
    endfor
  endfor
  return told
endfunction
function! Statusline()
  let &statusline = '%f %{ProtokolStatusline()} %{get(w:, "quickfix_title", "")}'
  redraw!
  if has('nvim')
    call nvim_eval_statusline(&statusline, {})
  endif
endfunction
]=]

-- Each would leave a file "pwned" if somebody ran it.
local names = {
  ['a bar'] = 'a|!touch pwned|.md',
  ['a bar in front'] = '|silent !touch pwned|.md',
  ['a shell expansion'] = '$(touch pwned).md',
  ['backticks'] = '`touch pwned`.md',
  ['nothing but backticks'] = '`touch pwned`',
  ['backticks and an expression'] = '`=writefile([],"pwned")`.md',
  ['an expression'] = '`=Ran()`',
  ['quotes'] = 'a\';touch pwned;\'"; touch pwned; ".md',
  ['quotes of Vim script'] = "a' . writefile([], 'pwned') . '.md",
  ['quotes of Lua'] = "a') os.execute('touch pwned') --.md",
  ['braces'] = '{`touch pwned`,b}.md',
  ['signs that Vim expands'] = '%#<cfile>*?[a-z]~.md',
  ['a line break'] = 'a\n!touch pwned\n.md',
  ['a line break and a backslash'] = 'a\\\nsilent !touch pwned\n.md',
  ['a statusline item'] = '%{writefile([],"pwned")}%{%Ran()%}.md',
  ['a plus in front'] = '+!touch pwned.md',
  ['a dash in front'] = '--cmd=!touch pwned.md',
  ['control characters'] = 'a\27[31m\r:!touch pwned\r.md',
  ['angle brackets'] = '<C-R>=Ran()<CR><Esc>:!touch pwned<CR>.md',
}

for _, editor in ipairs(drive.both) do
  describe(editor.name, function()
    local run, home = drive.at_home(editor, { prelude = prelude, seconds = 60 })

    -- What a stranger's command left behind.
    local function traces()
      local found = assert(io.popen(('find %s -name pwned'):format(home)))
      local list = found:read('a')
      found:close()
      return list
    end

    for what, name in pairs(names) do
      it('runs nothing of a name with ' .. what, function()
        drive.write(home .. '/notes/' .. name, minutes)
        drive.write(home .. '/name', name)
        local got, printed = run([[
          let name = join(readfile($HOME . '/name', 'b'), "\n")
          call Tell('told', Everything(name))
          call Tell('ran', g:ran)
          call Tell('messages', execute('messages'))
        ]])
        local context = printed .. (got.messages or '')
        assert.equal('', traces(), context)
        assert.equal(0, got.ran)
        local told = got.told
        for _, fact in ipairs({ 'jumped', 'listed', 'recorded', 'sent', 'exported', 'carried' }) do
          assert.is_true(told[fact] == 1 or told[fact] == true, fact .. ' ' .. context)
        end
        assert.equal(2, told.actions, context)
      end)
    end

    it('loads no decoy from the working folder', function()
      local pwn, files = "io.open('pwned', 'w'):close()\n", {}
      local modules = drive.output([[cd lua && find protokol -name '*.lua']])
      for module in modules:gmatch('[^\n]+') do
        files[module], files['lua/' .. module] = pwn, pwn
      end
      for _, name in ipairs({ 'protokol.lua', 'health.lua', 'lua/health.lua', 'init.lua' }) do
        files[name] = pwn
      end
      local vimscript = "call writefile([], 'pwned')\n"
      for _, name in ipairs({
        'plugin/protokol.vim',
        'autoload/protokol.vim',
        'ftplugin/markdown.vim',
        'lua/protokol/editor/program.vim',
        '.exrc',
        '.vimrc',
        '.nvimrc',
        '.nvim.lua',
      }) do
        files[name] = vimscript
      end
      for name, text in pairs(files) do
        os.execute(("mkdir -p '%s/notes/%s'"):format(home, name:match('^(.*)/') or '.'))
        drive.write(home .. '/notes/' .. name, text)
      end
      drive.write(
        home .. '/decoy.c',
        [[
        #include <fcntl.h>
        __attribute__((constructor)) static void ran(void) { open("pwned", O_CREAT | O_WRONLY, 0600); }
        int luaopen_protokol(void *state) { (void)state; ran(); return 0; }
        int luaopen_protokol_core(void *state) { (void)state; ran(); return 0; }
      ]]
      )
      assert(
        os.execute(
          (
            "cd '%s' && cc -shared -fPIC -o decoy.so decoy.c && cd notes && "
            .. 'for f in core core_lua51 core_lua52 core_lua53 core_lua54 protokol protokol/core '
            .. 'lua/core lua/protokol lua/protokol/core lua/protokol/core_lua51 '
            .. 'lua/protokol/core_lua52; do cp ../decoy.so $f.so; done && '
            .. "printf '#!/bin/sh\\ntouch pwned\\n' >git && chmod +x git && cp git pandoc && cp git nvim"
            .. ' && mkdir build && cp git build/protokol && mkdir bin && cp git bin/protokol'
          ):format(home)
        )
      )
      assert.is_true(
        os.execute(
          ('cd \'%s/notes\' && lua5.4 -e \'package.loadlib("./core.so", "luaopen_protokol")\' && rm pwned'):format(
            home
          )
        )
      )
      drive.write(home .. '/notes/a.md', minutes)
      local got, printed = run([[
        call Tell('told', Everything('a.md'))
        Protokol health
        call Tell('health', execute('messages'))
      ]])
      assert.equal('', traces(), printed)
      assert.equal(2, got.told.actions)
      assert.is_true(got.told.exported == 1, printed)
    end)

    it('takes orders from no settings that came with a folder', function()
      os.execute(("mkdir -p '%s/secret/S' '%s/notes/styles'"):format(home, home))
      drive.write(
        home .. '/secret/S/R.yml',
        'extends: existence\nmessage: "TOPSECRET"\ntokens: [a]\n'
      )
      drive.write(home .. '/secret/r1.md', '# Minutes of TOPSECRET\n')
      drive.write(home .. '/notes/a.md', minutes)
      drive.write(home .. '/notes/pwn', '#!/bin/sh\ntouch pwned\n')
      os.execute(("cd '%s/notes' && chmod +x pwn && ln -s ../../secret/S styles/S"):format(home))
      for yaml, told in pairs({
        ['extends: negotiation\nprogram: ./pwn\nmail_command: ./pwn\ncommand: "!touch pwned"\n'] = true,
        ['extends: negotiation\nstyles: [../secret]\n'] = true,
        ['extends: negotiation\nexport: {reference: ../secret/r1.md}\n'] = true,
        ['extends: negotiation\nstyles: [styles]\n'] = false, -- but the rule's file is
        ["extends: negotiation\nrules: {'|call Ran()|': off}\n"] = true,
        ["extends: '|call Ran()|%{Ran()}'\n"] = true,
      }) do
        drive.write(home .. '/notes/.protokol.yaml', yaml)
        local got, printed = run([[
          edit a.md
          for command in ['lint', 'actions', 'actions .', 'outline', 'fix all', 'status', 'diff', 'health',
            \ 'detail brief who=Ben', 'send', 'export html', 'new', 'explain']
            execute 'Protokol' command
            sleep 20m
            only
            edit! a.md
          endfor
          sleep 200m
          call Tell('ran', g:ran)
          call Tell('messages', execute('messages'))
          call Tell('settings', g:protokol)
        ]])
        assert.equal('', traces(), yaml .. printed)
        assert.equal(0, got.ran)
        assert.is_nil((got.messages .. printed):find('TOPSECRET', 1, true))
        assert.equal(told, got.messages:find('.protokol.yaml:%d') ~= nil, got.messages)
        assert.same({ author = 'Anna Weber', delay = 10 }, got.settings)
      end
    end)

    it('reads and writes nothing through links beside the minutes', function()
      os.execute(("mkdir -p '%s/secret/a'"):format(home))
      for _, name in ipairs({ 'r1.md', 'a/r1.md' }) do
        drive.write(home .. '/secret/' .. name, '# Minutes of TOPSECRET\n')
      end
      for _, link in ipairs({
        'ln -s ../secret .protokol',
        'mkdir .protokol; ln -s ../../secret/a .protokol/a',
        'mkdir -p .protokol/a; ln -s ../../../secret/r1.md .protokol/a/r1.md',
        'mkdir -p .protokol/a; mkfifo .protokol/a/r1.md',
      }) do
        drive.write(home .. '/notes/a.md', minutes)
        os.execute(("rm -rf '%s/notes/.protokol'"):format(home))
        drive.output(
          ("%s/%s/protokol record sent --who 'Anna Weber' --to ben@example.com %s/notes/a.md"):format(
            drive.root,
            os.getenv('BUILD') or 'build',
            home
          )
        )
        os.execute(("cd '%s/notes' && rm -rf .protokol && { %s; }"):format(home, link))
        local got = run([[
          edit a.md
          Protokol diff
          call Tell('messages', execute('messages'))
          call Tell('windows', winnr('$'))
          Protokol lint
          Protokol detail brief who=Ben
          Protokol send
          call Wait('&filetype ==# "mail"')
          call feedkeys(":Protokol send\<CR>y\<CR>", 'tx')
          call Tell('all', join(getbufline(1, 1, '$') + getbufline(2, 1, '$')))
        ]])
        assert.equal(1, got.windows, link)
        assert.is_nil(got.all:find('TOPSECRET', 1, true))
        assert.matches('a/r1.md', got.messages, 1, true)
        assert.equal(
          'a\na/r1.md\nr1.md\n',
          drive.output(("cd '%s/secret' && find . -mindepth 1 | sed 's,./,,' | sort"):format(home))
        )
      end
    end)

    it('looks for earlier minutes among files, not behind links or in pipes', function()
      drive.write(home .. '/2026-11-01.md', minutes)
      drive.write(home .. '/notes/2026-10-01.md', minutes)
      os.execute(("cd '%s/notes' && mkfifo 2026-11-02.md && ln -s ../2026-11-01.md ."):format(home))
      local got = run(
        [[
        edit 2026-11-09.md
        call Tell('offered', getcompletion('Protokol new from=', 'cmdline')[0])
      ]],
        { seconds = 10 }
      )
      assert.equal('from=2026-10-01.md', got.offered)
    end)

    local options = 'join(map(["&l:shiftwidth", "&l:modifiable", "&l:filetype", "&l:foldmethod", '
      .. '"&l:textwidth", "&l:readonly", "&l:statusline", "&makeprg", "&l:syntax"], "eval(v:val)"), ",")'

    it('lets modelines and front matter change no option', function()
      local lines = 'vim: set sw=13 noma ft=pwned fdm=expr tw=7 ro syn=pwned:'
      drive.write(
        home .. '/notes/a.md',
        '---\nprotokol: negotiation\nvim: "set sw=13:"\nset: {sw: 13}\nfiletype: pwned\n'
          .. 'modeline: "'
          .. lines
          .. '"\n---\n<!-- '
          .. lines
          .. ' -->\n\n'
          .. minutes
          .. '\n'
          .. lines
          .. '\n'
      )
      local got = run(([[
        set nomodeline
        edit a.md
        setfiletype markdown
        let before = %s
        let told = Everything('a.md')
        set modeline
        " our own papers, with what stands in minutes
        edit! a.md
        let buffer = bufnr('%%')
        Protokol walkthrough who=Ben
        call Tell('walkthrough', [&shiftwidth, &modifiable, &syntax])
        close
        execute 'buffer' buffer
        Protokol diff
        call Tell('earlier', [&shiftwidth, &textwidth, &syntax])
        only
        execute 'buffer' buffer
        set nomodeline
        edit!
        call Tell('options', [before, %s])
        call Tell('told', told)
      ]]):format(options, options))
      assert.equal(1, got.told.sent)
      assert.equal(got.options[1], got.options[2])
      assert.is_nil(table.concat(got.options):find('pwned', 1, true))
      assert.same({ 8, 1, '' }, got.walkthrough)
      assert.is_true(got.earlier[1] ~= 13 and got.earlier[2] ~= 7 and got.earlier[3] ~= 'pwned')
    end)

    it('evaluates nothing of a text in a statusline or in the quickfix window', function()
      local hostile =
        '%{Ran()} %{%Ran()%} %!Ran() %1*%#Error# `touch pwned` $(touch pwned) |!touch pwned|'
      local quoted = hostile:gsub('%%', '%%%%')
      local text = minutes
        :gsub('new catalogue', quoted)
        :gsub('send the proofs', quoted)
        :gsub('Ben Lee: check', quoted .. ': check')
        :gsub('## Decisions', '## Decisions\n\n- We decided ' .. quoted .. '\n\n## ' .. quoted)
      drive.write(home .. '/notes/a.md', text)
      local got, printed = run([[
        edit a.md
        call Tell('told', Everything('a.md'))
        edit a.md
        Protokol lint
        call Statusline()
        Protokol actions
        call Statusline()
        redraw!
        Protokol outline
        call Statusline()
        for i in range(len(getqflist()))
          execute 'silent! cc' i + 1
        endfor
        for i in range(1, line('$'))
          call cursor(i, 1)
          silent! Protokol explain
          doautocmd CursorMoved
        endfor
        call Tell('list', join(map(getqflist(), 'v:val.text'), "\n"))
        call Tell('ran', g:ran)
      ]])
      assert.equal('', traces(), printed)
      assert.equal(0, got.ran)
      assert.equal(1, got.told.sent, printed)
      assert.matches('%{Ran()}', got.list, 1, true)
    end)
  end)
end

if drive.plain.there then
  describe(drive.plain.name, function()
    for what, name in pairs(names) do
      it('runs nothing of a name with ' .. what, function()
        local home = drive.enter()
        drive.write(home .. '/notes/' .. name, minutes)
        drive.write(home .. '/name', name)
        local got, printed = drive.run(drive.plain, prelude .. [[
          execute 'buffer' bufadd(join(readfile($HOME . '/name', 'b'), "\n"))
          let buffer = bufnr('%')
          Protokol lint
          call Wait('exists("b:protokol_status")')
          call Tell('status', ProtokolStatusline())
          Protokol next
          Protokol actions
          call Wait('len(getqflist()) == 2')
          call Tell('listed', len(getqflist()))
          cclose
          Protokol actions %
          call Wait('getqflist({"title": 1}).title =~# "%$"')
          call Tell('titled', map(getqflist(), 'v:val.bufnr') == [buffer, buffer])
          cclose
          Protokol actions .
          sleep 100m
          Protokol stop
          Protokol fix all
          sleep 100m
          for one in getcompletion('Protokol actions ', 'cmdline')
            call getcompletion('Protokol actions ' . one, 'cmdline')
          endfor
          call Tell('ran', g:ran)
        ]], { home = home, seconds = 60 })
        local left = drive.output('find ' .. home .. ' -name pwned')
        drive.leave(home)
        assert.equal('', left, printed)
        assert.is_true(got.ended, printed)
        assert.equal(0, got.ran)
        assert.equal(2, got.listed, printed)
        assert.equal(1, got.titled, printed)
      end)
    end
  end)
end
