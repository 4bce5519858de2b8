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
  call Wait('len(getqflist()) > 0 && getqflist({"title": 1}).title !~# "running"')
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
    local home
    before_each(function()
      home = drive.enter()
    end)
    after_each(function()
      drive.leave(home)
    end)

    local function run(script, options)
      local given = { home = home, seconds = 60 }
      for key, value in pairs(options or {}) do
        given[key] = value
      end
      local values, printed = drive.run(editor, prelude .. script, given)
      assert.is_true(values.ended, printed)
      assert.is_nil(printed:match('stack traceback'), printed)
      return values, printed
    end

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
  end)
end
