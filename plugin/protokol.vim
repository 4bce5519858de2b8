" protokol.vim - the door: one command, <Plug> maps, and a cheap look at each buffer that is shown.
if exists('g:loaded_protokol') || !(has('nvim-0.7') || v:version >= 900)
  finish
endif
let g:loaded_protokol = 1
let s:root = expand('<sfile>:p:h:h')
let s:used = 0

" Nothing below runs before it is asked for; Lua is not loaded until then.
function! s:call(function, arguments) abort
  let s:used = 1
  try
    if has('nvim') || has('lua')
      return luaeval('require("protokol.command").' . a:function . '(_A)', a:arguments)
    endif
    if !exists('*ProtokolProgram')
      execute 'source' fnameescape(s:root . '/lua/protokol/editor/program.vim')
    endif
    return ProtokolProgram(s:root, a:function, a:arguments)
  catch
    echohl ErrorMsg | echomsg 'protokol:' split(v:exception, "\n")[0] | echohl None
  endtry
  return ''
endfunction

function! s:complete(lead, line, position) abort
  return split(s:call('complete', [a:lead, strpart(a:line, 0, a:position)]), "\n")
endfunction

" For 'omnifunc' and 'completefunc': people, and days behind a word such as "by".
let s:candidates = {}
function! ProtokolComplete(findstart, base) abort
  if !a:findstart
    return get(s:candidates, 'items', [])
  endif
  let found = has('nvim') || has('lua') ? s:call('candidates', []) : {}
  let s:candidates = type(found) == v:t_dict ? found : {}
  return get(s:candidates, 'start', -3)
endfunction

" For 'statusline': what is found in its buffer, "E1 W3"; "ok" for nothing, "" where nothing was checked.
" Where no line below the title can show where the approval stands, that too.
function! ProtokolStatusline() abort
  let words = has('nvim') || has('patch-9.0.0200') ? [] : [get(b:, 'protokol_stand', '')]
  return join(filter(words + [get(b:, 'protokol_status', '')], '!empty(v:val)'))
endfunction

" Live lint: only for a buffer that is shown, may be minutes, and with a core there to lint it.
function! s:watch(buffer) abort
  let settings = get(g:, 'protokol', {})
  if &encoding !=# 'utf-8' || getbufvar(a:buffer, '&buftype') !=# '' || bufwinid(a:buffer) == -1
        \ || type(settings) == v:t_dict && !get(settings, 'live', 1)
    return
  endif
  let cores = map([51, 52, 53, 54], 's:root . "/lua/protokol/core_lua" . v:val . ".so"')
  if (has('nvim') || has('lua')) && !empty(filter(cores, 'filereadable(v:val)'))
    call s:call('watch', a:buffer)
  endif
endfunction

command! -nargs=* -range -bang -complete=customlist,s:complete Protokol
      \ call s:call('run', [<bang>0, <range>, <line1>, <line2>, <f-args>])

augroup protokol
  autocmd!
  autocmd BufWinEnter *.md,*.markdown,*.txt,*.text,*.protokol call s:watch(str2nr(expand('<abuf>')))
  autocmd BufWritePost *.md,*.markdown,*.txt,*.text,*.protokol call s:watch(str2nr(expand('<abuf>')))
  autocmd BufWritePost * if s:used | call s:call('written', str2nr(expand('<abuf>'))) | endif
  autocmd FileType markdown,text,protokol call s:watch(str2nr(expand('<abuf>')))
augroup END
if v:vim_did_enter " loaded late, by a plugin manager
  silent! doautocmd <nomodeline> protokol BufWinEnter
endif

nnoremap <silent> <Plug>(protokol-next-finding) <Cmd>Protokol next finding<CR>
nnoremap <silent> <Plug>(protokol-previous-finding) <Cmd>Protokol previous finding<CR>
for s:name in ['next', 'previous', 'lint', 'actions', 'decisions', 'outline', 'fix', 'explain', 'toggle',
      \ 'status', 'send', 'object', 'resolve', 'walkthrough', 'diff']
  for s:mode in s:name =~# '^\(next\|previous\)$' ? ['n', 'i', 's'] : ['n']
    execute s:mode . 'noremap <silent> <Plug>(protokol-' . s:name . ') <Cmd>Protokol ' . s:name . '<CR>'
  endfor
endfor
xnoremap <silent> <Plug>(protokol-toggle) :Protokol toggle<CR>
unlet s:name s:mode
