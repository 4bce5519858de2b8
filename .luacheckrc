std = 'min'
max_line_length = 100
globals = { 'vim' }
files['tests/**/*_spec.lua'] = { std = '+busted', max_line_length = 120 } -- examples are long
files['tests/bench/*.lua'] = { std = 'lua54', max_line_length = 125 } -- words in lists are long
files['tests/aside/*.lua'] = { std = 'lua54', read_globals = { 'open_core', 'refuse', 'refuse_threads', 'leave' } }
