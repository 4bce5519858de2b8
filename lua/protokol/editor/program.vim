" program.vim - :Protokol for a Vim without Lua: lint, fix, actions, decisions through the program.
"
" Sourced by plugin/protokol.vim when such a Vim first asks for something. The program is given its
" arguments as a list, the buffer on its standard input, and answers with a line of JSON for each
" finding or item.

let s:subcommands = {
      \ 'lint': 'check these minutes',
      \ 'actions': 'list who does what by when',
      \ 'decisions': 'list what was decided',
      \ 'next': 'go to the next of what lint found',
      \ 'previous': 'go to the previous one',
      \ 'fix': 'mend all that is certain',
      \ 'stop': 'stop what runs over files and folders',
      \ }
let s:need_lua = ['new', 'explain', 'outline', 'health']
let s:takes_value = ['--owner', '--due-before', '--sort', '--group', '--me', '--today', '--profile', '--lang']
let s:flags = ['--open', '--done', '--overdue', '--mine', '--all']
let s:filters = ['open', 'done', 'cancelled', 'overdue', 'mine', 'owner=', 'due<', 'due<=', 'due=', 'due>=',
      \ 'due>', 'sort=due', 'sort=owner', 'sort=file', 'group=owner', 'group=due', 'group=file']
let s:job = {}

function! s:say(group, text) abort
  execute 'echohl' a:group
  echomsg 'protokol:' substitute(a:text, '^protokol: ', '', '')
  echohl None
endfunction

function! s:program(root) abort
  let set = get(get(g:, 'protokol', {}), 'program', '')
  let candidates = set ==# '' ? [a:root . '/build/protokol', exepath('protokol')] : [set]
  for path in candidates
    if executable(path)
      return path
    endif
  endfor
  call s:say('ErrorMsg', set ==# '' ? 'the program is not built: run `make` in ' . a:root
        \ : 'cannot run "' . set . '" (option "program")')
  return ''
endfunction

" -- Running it: as a job, or while one waits --------------------------------------------------------

" With one argument more, done is given the lines that came, as they are.
" One at a time: what still runs is stopped, and as it ends by a signal, shows nothing.
function! s:start(argv, input, done, ...) abort
  if has_key(s:job, 'handle')
    call job_stop(s:job.handle)
  endif
  let s:job = {'out': [], 'err': [], 'done': a:done, 'status': -1, 'closed': 0, 'text': a:0 > 0}
  if !has('job')
    let s:job.out = systemlist(join(map(copy(a:argv), 'shellescape(v:val)')) . ' 2>/dev/null', a:input)
    let s:job.status = v:shell_error
    call s:finish(s:job)
    return
  endif
  let job = s:job
  let options = {
        \ 'out_cb': {_, line -> add(job.out, line)},
        \ 'err_cb': {_, line -> add(job.err, line)},
        \ 'close_cb': {_ -> s:part(job, 'closed', 1)},
        \ 'exit_cb': {_, status -> s:part(job, 'status', status)},
        \ }
  let job.handle = job_start(a:argv, options)
  if job_status(job.handle) !=# 'fail'
    if !empty(a:input)
      call ch_sendraw(job.handle, join(a:input, "\n") . "\n")
    endif
    call ch_close_in(job.handle)
  endif
endfunction

function! s:part(job, name, value) abort
  let a:job[a:name] = a:value
  if a:job.closed && a:job.status >= 0
    call s:finish(a:job)
  endif
endfunction

function! s:finish(job) abort
  if s:job is a:job
    let s:job = {}
  endif
  if !empty(a:job.err) && (!a:job.text || a:job.status == 2)
    call s:say('ErrorMsg', a:job.err[0])
  endif
  if a:job.text
    if a:job.status >= 0 && a:job.status < 2
      call a:job.done(a:job.out)
    endif
    return
  endif
  let found = map(filter(copy(a:job.out), 'v:val =~# "^{"'), 'json_decode(v:val)')
  if a:job.status == 2 && empty(found)
    return
  endif
  call a:job.done(found)
endfunction

" -- Showing what it found ---------------------------------------------------------------------------

let s:types = {'error': 'E', 'warning': 'W', 'info': 'I', 'hint': 'N'}

function! s:place(found, buffer) abort
  let item = {'lnum': a:found.line, 'col': a:found.column,
        \ 'end_lnum': a:found.end_line, 'end_col': a:found.end_column}
  if a:buffer
    let item.bufnr = a:buffer
  else
    let item.filename = a:found.file
  endif
  return item
endfunction

function! s:show_findings(buffer, found) abort
  let items = map(copy(a:found), {_, one -> extend(s:place(one, a:buffer), {
        \ 'type': s:types[one.severity], 'text': one.message . ' [' . one.rule . ']'})})
  let counts = map([['error', 'E'], ['warning', 'W'], ['info', 'I'], ['hint', 'H']],
        \ {_, kind -> [kind[1], len(filter(copy(a:found), {_, one -> one.severity ==# kind[0]}))]})
  let told = join(map(filter(counts, 'v:val[1]'), 'v:val[0] . v:val[1]'))
  call setbufvar(a:buffer, 'protokol_status', empty(told) ? 'ok' : told)
  redrawstatus!
  for window in win_findbuf(a:buffer)
    let own = get(getloclist(window, {'title': 1}), 'title', '') ==# 'protokol lint'
    call setloclist(window, [], own ? 'r' : ' ', {'title': 'protokol lint', 'items': items})
  endfor
  echo empty(items) ? 'nothing found' : len(items) . ' found (`:lopen` lists them)'
endfunction

function! s:action_text(one) abort
  let due = a:one.due is v:null ? a:one.due_text is v:null ? '' : a:one.due_text : a:one.due
  let late = a:one.due isnot v:null && a:one.due <# strftime('%Y-%m-%d')
  let mark = get({'open': late ? '!' : ' ', 'done': 'x', 'cancelled': '-'}, a:one.status, ' ')
  return printf('[%s] %-10S  %-20S  %s', mark, due, join(a:one.owners, ', '), a:one.text)
endfunction

function! s:decision_text(one) abort
  if type(a:one.votes) != v:t_dict
    return a:one.text
  endif
  let counts = map(['for', 'against', 'abstained'], {_, kind -> a:one.votes[kind] is v:null ? '?' : a:one.votes[kind]})
  let alone = a:one.votes.unanimous && counts[0] ==# '?'
  return a:one.text . ' [' . (alone ? 'unanimous' : join(counts, '/')) . ']'
endfunction

function! s:show_list(kind, buffer, title, found) abort
  if empty(a:found)
    echo 'no ' . (a:kind ==# 'actions' ? 'action items' : a:kind)
    return
  endif
  let [items, group] = [[], '']
  for one in a:found
    if get(one, 'group', group) !=# group
      let group = one.group
      let name = group ==# one.file ? fnamemodify(group, ':~:.') : group
      let items += [{'text': printf('%s (%d)', name, one.group_size), 'valid': 0}]
    endif
    let items += [extend(s:place(one, a:buffer), {
          \ 'text': a:kind ==# 'actions' ? s:action_text(one) : s:decision_text(one)})]
  endfor
  call setqflist([], ' ', {'title': a:title, 'items': items})
  botright copen
endfunction

" -- The command ---------------------------------------------------------------------------------------

" As csrc/write/select.h has them: "open", "owner=anna", "due<2026-04-01".
function! s:is_filter(word) abort
  return index(s:filters[:4], a:word) >= 0 || a:word =~# '^\%(owner\|sort\|group\)=.\|^due\%([<>]=\=\|=\).'
endfunction

function! s:filter(word) abort
  let me = get(get(g:, 'protokol', {}), 'author', '')
  return ['--filter=' . a:word] + (a:word ==# 'mine' && me !=# '' ? ['--me=' . me] : [])
endfunction

" Options as they are, filters as such, paths absolute: none is expanded, run or taken for an option.
function! s:sort_out(kind, words) abort
  let [options, paths, i] = [[], [], 0]
  while i < len(a:words)
    let word = a:words[i]
    if index(s:takes_value, word) >= 0 && i + 1 < len(a:words)
      let options += [word, a:words[i + 1]]
      let i += 1
    elseif word =~# '^--'
      let options += [word]
    elseif a:kind ==# 'actions' && s:is_filter(word)
      let options += s:filter(word)
    else
      let paths += [word ==# '%' && expand('%') !=# '' ? expand('%:p') : fnamemodify(word, ':p')]
    endif
    let i += 1
  endwhile
  return [options, paths]
endfunction

function! s:run(root, kind, words) abort
  let program = s:program(a:root)
  if program ==# ''
    return
  endif
  let [options, paths] = s:sort_out(a:kind, a:words)
  let argv = [program, a:kind, '--format', 'jsonl'] + options
  let [input, buffer] = [[], 0]
  if a:kind ==# 'lint' || empty(paths)
    let [input, buffer] = [getline(1, '$'), bufnr('%')]
    let argv += ['--stdin-name', bufname('%') ==# '' ? 'minutes.md' : expand('%:p'), '-']
  else
    let argv += ['--'] + paths
  endif
  let title = a:kind . ' in ' . (buffer ? bufname('%') : join(a:words))
  if has('job')
    echo a:kind 'in' (buffer ? 'this buffer' : join(a:words)) '... (`:Protokol stop` stops it)'
  endif
  call s:start(argv, input, a:kind ==# 'lint' ? function('s:show_findings', [buffer])
        \ : function('s:show_list', [a:kind, buffer, title]))
endfunction

" -- Mending, and going from one to the next ---------------------------------------------------------

" Only lines that change are touched, and all is one step to undo.
" What a unified diff changes: [line, lines that go, lines that come], in the order of the text.
function! s:changes(diff) abort
  let [changes, line] = [[], 0]
  for text in a:diff
    if text =~# '^@@ '
      let line = str2nr(matchstr(text, '^@@ -\zs\d\+'))
      let line += text =~# '^@@ -\d\+,0 '
      let open = 0
    elseif line && text =~# '^[-+]'
      if !open
        call add(changes, [line, 0, []])
        let open = 1
      endif
      if text[0] ==# '-'
        let changes[-1][1] += 1
        let line += 1
      else
        call add(changes[-1][2], text[1:])
      endif
    elseif line
      let [open, line] = [0, line + 1]
    endif
  endfor
  return changes
endfunction

" Only the lines that change are touched, from the last to the first, so that marks and folds stay.
function! s:mended(root, buffer, tick, diff) abort
  if bufnr('%') != a:buffer || b:changedtick != a:tick
    return s:say('WarningMsg', 'the text has changed meanwhile: nothing is mended')
  endif
  let view = winsaveview()
  let [lnum, topline] = [view.lnum, view.topline]
  for [line, gone, come] in reverse(s:changes(a:diff))
    let same = min([gone, len(come)])
    call setline(line, slice(come, 0, same))
    if len(come) > gone
      call append(line + gone - 1, come[gone :])
    elseif gone > len(come)
      call deletebufline('%', line + same, line + gone - 1)
    endif
    let view.lnum += lnum >= line + gone ? len(come) - gone : 0
    let view.topline += topline >= line + gone ? len(come) - gone : 0
  endfor
  call winrestview(view)
  call s:run(a:root, 'lint', [])
endfunction

function! s:fix(root, bang, words) abort
  if a:words !=# ['all'] && !a:bang
    return s:say('WarningMsg', 'without Lua there is no choice: `:Protokol fix all` mends what is certain')
  elseif !&modifiable
    return s:say('ErrorMsg', 'this buffer cannot be changed')
  endif
  let program = s:program(a:root)
  if program !=# ''
    let name = bufname('%') ==# '' ? 'minutes.md' : expand('%:p')
    let argv = [program, 'lint', '--diff', '--stdin-name', name, '-']
    let Done = function('s:mended', [a:root, bufnr('%'), b:changedtick])
    call s:start(argv, getline(1, '$'), Done, 'text')
  endif
endfunction

function! s:step(direction) abort
  let here = [line('.'), col('.')]
  if getloclist(0, {'title': 1}).title !=# 'protokol lint'
    return s:say('WarningMsg', 'nothing was checked: `:Protokol lint` first')
  endif
  let sign = a:direction ==# 'next' ? 1 : -1
  let found = filter(getloclist(0), 'v:val.bufnr == bufnr("%")')
  let beyond = filter(copy(found), 'sign * (v:val.lnum - here[0]) > 0
        \ || v:val.lnum == here[0] && sign * (v:val.col - here[1]) > 0')
  let one = get(empty(beyond) ? found : beyond, sign > 0 ? 0 : -1, {})
  if empty(one)
    echo 'nothing found'
    return
  endif
  normal! m'
  call cursor(one.lnum, one.col)
  normal! zv
  echo strcharpart(one.text, 0, v:echospace)
endfunction

function! s:stop() abort
  if has_key(s:job, 'handle')
    call job_stop(s:job.handle)
    let s:job = {}
    echo 'protokol: stopped'
  else
    echo 'protokol: nothing is running'
  endif
endfunction

" Read from their folder: getcompletion() would run what stands between backticks in a name.
function! s:files(lead) abort
  let lead = substitute(a:lead, '\\\(.\)', '\1', 'g')
  let [folder, start] = [matchstr(lead, '^.*/'), matchstr(lead, '[^/]*$')]
  let path = folder ==# '' ? './' : fnamemodify(folder, ':p')
  let names = isdirectory(path) ? readdir(path) : []
  call filter(names, 'stridx(v:val, start) == 0 && (v:val[0] !=# "." || start[0] ==# ".") && v:val !~# "[[:cntrl:]]"')
  return map(names, 'escape(folder . v:val . (isdirectory(path . v:val) ? "/" : ""), " \\")')
endfunction

function! s:complete(lead, line) abort
  let words = split(substitute(a:line, '^.\{-}Protokol!\=\s\+', '', ''))
  if a:lead !=# ''
    call remove(words, -1)
  endif
  if empty(words)
    let candidates = sort(keys(s:subcommands))
  elseif words[0] !~# '^\(actions\|decisions\)$'
    let candidates = []
  elseif a:lead =~# '^-'
    let candidates = s:flags + s:takes_value
  else
    let filters = words[0] ==# 'actions' ? filter(copy(s:filters), 'a:lead !=# "" && stridx(v:val, a:lead) == 0') : []
    return join(filters + s:files(a:lead), "\n")
  endif
  return join(filter(candidates, 'stridx(v:val, a:lead) == 0'), "\n")
endfunction

function! ProtokolProgram(root, function, arguments) abort
  if a:function ==# 'complete'
    return s:complete(a:arguments[0], a:arguments[1])
  endif
  let name = get(a:arguments, 4, '')
  if name =~# '^\(next\|previous\)$'
    call s:step(name)
  elseif name =~# '^fix!\=$'
    call s:fix(a:root, a:arguments[0] || name ==# 'fix!', a:arguments[5:])
  elseif name ==# 'stop'
    call s:stop()
  elseif has_key(s:subcommands, name)
    call s:run(a:root, name, a:arguments[5:])
  elseif index(s:need_lua, name) >= 0
    call s:say('WarningMsg', '`:Protokol ' . name . '` needs Neovim or a Vim with Lua (Debian: vim-nox)')
  else
    for [key, summary] in sort(items(s:subcommands))
      echo printf(':Protokol %-10s %s', key, summary)
    endfor
    echo 'This Vim has no Lua: new, fix, explain ... and live checks need one (Debian: vim-nox)'
  endif
  return ''
endfunction
