-- Findings, read by the programs they are for: with the settings of the help, word for word.

local json = require('tests.support.json')
local run = require('tests.support.run')
local quote = run.quote

local minutes = [[
# Minutes of negotiation

Date: 2026-11-03

## Next steps

- [ ] Ähnliches order: 100 % & 会議
]]

local folder

-- What a shell prints, in the folder, with the program in its path.
local function ask(command)
  local bin = quote(run.program:match('^(.*)/'))
  local env = ('cd %s && export PATH=%s:$PATH HOME=$PWD XDG_CONFIG_HOME=$PWD LC_ALL=C.UTF-8 && '):format(
    quote(folder),
    bin
  )
  return run.shell(env .. '{ ' .. command .. '; } 2>>errors')
end

-- The example that follows a tag of the help.
local function settings(tag)
  local help = run.read('doc/protokol.txt')
  local from = assert(help:find('*' .. tag .. '*', 1, true), tag)
  local block = assert(help:match(': >\n\n(.-)\n<\n', from), tag)
  return (('\n' .. block):gsub('\n\t', '\n'):sub(2)) .. '\n'
end

before_each(function()
  folder = run.files({ ['a.md'] = minutes })
end)
after_each(run.tidy)

describe('Python', function()
  local reader = [[
import json, sys, jsonschema
schema, document = (json.load(open(name, encoding='utf-8')) for name in sys.argv[1:3])
for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(document):
    print(list(error.path), error.message)
print('read')
]]

  it('finds a SARIF log valid by the published schema', function()
    local package = run.shell('pwd') .. '/build/peers'
    run.shell(
      ('mkdir -p %s && cd %s && npm install --no-audit --no-fund --silent --prefix . %s 2>&1'):format(
        quote(package),
        quote(package),
        '@microsoft/jest-sarif@1.0.0-beta.0'
      )
    )
    local schema = package
      .. '/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'
    run.write(folder .. '/read.py', reader)
    local lacking = run.minutes:gsub('## Agreements.-\n(## Next)', '%1')
    run.write(folder .. '/b ü.md', lacking)
    for _, what in ipairs({
      'a.md "b ü.md" --lang ru',
      '"$PWD/b ü.md"',
      'none.md',
      'a.md --lang de',
    }) do
      ask('protokol lint --format sarif ' .. what .. ' >log.sarif')
      assert.equal('read', ask('python3 read.py ' .. quote(schema) .. ' log.sarif'))
    end
    run.write(folder .. '/log.sarif', '{"version": "2.1.0", "runs": [{}]}')
    assert.matches('tool', ask('python3 read.py ' .. quote(schema) .. ' log.sarif'))
  end)

  it('reads the XML of Checkstyle', function()
    local script = [[
import sys, json, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
print(json.dumps([dict(e.attrib, file=f.get('name')) for f in root for e in f]))
]]
    run.write(folder .. '/read.py', script)
    run.write(folder .. '/<&">.md', (minutes:gsub('Ähn', '\1<&"\255')))
    ask('protokol lint --format checkstyle "<&\\">.md" >out.xml')
    local list = json.decode(ask('python3 read.py out.xml'))
    local told = json.lines(ask('protokol lint --format jsonl "<&\\">.md"'))
    assert.equal(#told, #list)
    for i, found in ipairs(told) do
      assert.equal('<&">.md', list[i].file)
      assert.equal('protokol.' .. found.rule, list[i].source)
      assert.equal(tostring(found.line), list[i].line)
    end
  end)

  it('finds what is built in valid by the JSON Schema, as YAML 1.2 reads it', function()
    run.write(
      folder .. '/read.py',
      [[
import json, re, sys, yaml, jsonschema
class Loader(yaml.SafeLoader): pass
Loader.yaml_implicit_resolvers = {first: [(tag, pattern) for tag, pattern in resolvers
    if not tag.endswith((':bool', ':timestamp'))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver('tag:yaml.org,2002:bool', re.compile('^(true|false)$'), list('tf'))
schema = json.load(open(sys.argv[1], encoding='utf-8'))
jsonschema.Draft7Validator.check_schema(schema)
for name in sys.argv[2:]:
    with open(name, encoding='utf-8') as file:
        document = yaml.load(file, Loader)
    for error in jsonschema.Draft7Validator(schema).iter_errors(document):
        print(name, list(error.path), error.message)
print('read')
]]
    )
    local here = run.shell('pwd')
    for kind, where in pairs({ profile = 'builtin', language = 'language' }) do
      ask('protokol check --schema ' .. kind .. ' >schema.json')
      local files = quote(here .. '/csrc/profile/' .. where) .. '/*.yaml'
      assert.equal('read', ask('python3 read.py schema.json ' .. files))
    end
    run.write(folder .. '/wrong.yaml', 'sections: []\nrules: {action-ovner: off}\n')
    ask('protokol check --schema >schema.json')
    assert.matches('action%-ovner', ask('python3 read.py schema.json wrong.yaml'))
  end)
end)

local function owner_finding(list)
  for _, found in ipairs(list) do
    if found.code == 'action-owner' or found.message:find('[action-owner]', 1, true) then
      return found
    end
  end
  error('nothing found about an owner: ' .. run.read(folder .. '/errors'))
end

describe('ALE', function()
  it('shows what is found', function()
    run.write(folder .. '/ale.vim', settings('protokol-ale'))
    run.write(
      folder .. '/vimrc',
      [[
set nocompatible runtimepath+=/usr/share/vim-ale
filetype plugin on
let g:ale_linters = {'markdown': ['protokol']}
source ale.vim
function! s:Write() abort
  let list = copy(ale#engine#GetLoclist(bufnr('')))
  call writefile([json_encode(map(list,
    \ '{"code": v:val.code, "message": v:val.text, "line": v:val.lnum,'
    \ . ' "col": v:val.col, "type": v:val.type}'))], 'out')
endfunction
autocmd User ALELintPost call s:Write()
]]
    )
    local steps = "-c 'doautocmd VimEnter' -c 'edit a.md' -c 'set filetype=markdown' "
      .. "-c 'call ale#Queue(0)' "
      .. '-c \'for i in range(80) | if filereadable("out") | break | endif | sleep 50m | endfor\''
    ask('vim.nox -N -u vimrc -es ' .. steps .. " -c 'qall!' </dev/null")
    local found = owner_finding(json.decode(run.read(folder .. '/out')))
    assert.equal('nobody owns this action', found.message)
    assert.equal(7, found.line)
    assert.equal(7, found.col)
    assert.equal('W', found.type)
  end)
end)

describe('efm-langserver', function()
  it('tells an editor what is found', function()
    run.write(folder .. '/config.yaml', settings('protokol-efm'))
    run.write(
      folder .. '/client.py',
      [[
import json, os, subprocess
server = subprocess.Popen(['efm-langserver', '-c', 'config.yaml'], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
def send(message):
    body = json.dumps(dict(message, jsonrpc='2.0')).encode()
    server.stdin.write(b'Content-Length: %d\r\n\r\n' % len(body) + body)
    server.stdin.flush()
def receive():
    length = 0
    while line := server.stdout.readline().strip():
        if line.lower().startswith(b'content-length'):
            length = int(line.split(b':')[1])
    return json.loads(server.stdout.read(length))
root = 'file://' + os.getcwd()
send({'id': 1, 'method': 'initialize', 'params': {'rootUri': root, 'capabilities': {}}})
receive()
send({'method': 'initialized', 'params': {}})
send({'method': 'textDocument/didOpen', 'params': {'textDocument': {'uri': root + '/a.md',
    'languageId': 'markdown', 'version': 1, 'text': open('a.md', encoding='utf-8').read()}}})
message = receive()
while message.get('method') != 'textDocument/publishDiagnostics':
    message = receive()
server.kill()
print(json.dumps(message['params']['diagnostics']))
]]
    )
    local list = json.decode(ask('timeout 30 python3 client.py'))
    local found = owner_finding(list)
    assert.matches('nobody owns this action', found.message, 1, true)
    assert.equal(6, found.range.start.line)
    assert.equal(6, found.range.start.character)
    assert.equal(2, found.severity)
  end)
end)
