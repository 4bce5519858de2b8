-- Any bytes are a document: whatever stands in a file, it is read and stays as it is.

local json = require('tests.support.json')
local run = require('tests.support.run')
local protokol = run.protokol

local action = '- [ ] Tom Reed: print a proof by 2026-12-04\n'

local documents = {
  ['nothing'] = '',
  ['a blank'] = ' ',
  ['a line end'] = '\n',
  ['only a mark of byte order'] = '\239\187\191',
  ['NUL bytes'] = '# Minutes\0\n\n\0\n' .. action .. '\0',
  ['bytes that are no UTF-8'] = '# Minutes \255\254\n\n\xC3\n' .. action .. '\xF0\x9F',
  ['no line end at the end'] = '# Minutes\n\n- [ ] x',
  ['lone carriage returns'] = '# Minutes\r\r' .. action:gsub('\n', '\r'),
  ['front matter without an end'] = '---\nprotokol: negotiation\n',
  ['broken front matter'] = '---\nprotokol: [\n---\n# Minutes\n',
  ['deep quotes'] = ('> '):rep(20000) .. 'x\n',
  ['deep lists'] = ('- '):rep(20000) .. 'x\n',
  ['16 MB in one line'] = '# Minutes ' .. ('unbroken'):rep(2 * 1024 * 1024),
  ['16 MB of brackets'] = ('['):rep(16 * 1024 * 1024),
}

local ways = { { 'lint', 'text' }, { 'actions', 'json' }, { 'outline', 'text' } }

describe('a document of', function()
  after_each(run.tidy)

  for what, text in pairs(documents) do
    it(what .. ' is read and left as it is', function()
      local folder = run.files({ ['a.md'] = text })
      for _, way in ipairs(ways) do
        local got = protokol({ way[1], '--format', way[2], 'a.md' }, { folder = folder })
        assert.equal('', got.err)
        assert.is_true(got.status == 0 or (way[1] == 'lint' and got.status == 1))
        assert.is_nil(got.out:find('[%z\1-\9\11-\31]'))
        if way[2] == 'json' then
          assert.is_table(json.decode(got.out))
        end
      end
      assert.equal(text, run.read(folder .. '/a.md'))
    end)
  end

  it('another encoding is not taken for bad minutes', function()
    local cyrillic = '# \207\240\238\242\238\234\238\235\n\n\196\224\242\224: 02.03.2026\n'
    local wide = '\255\254#\0 \0M\0i\0n\0u\0t\0e\0s\0'
    local folder = run.files({ ['a.md'] = cyrillic, ['b.md'] = wide })
    for _, command in ipairs({ 'lint', 'actions' }) do
      local got = protokol({ command, 'a.md', 'b.md' }, { folder = folder })
      assert.equal(2, got.status)
      assert.equal('', got.out)
      assert.equal(
        'protokol: a.md: not UTF-8: save it as UTF-8\n'
          .. 'protokol: b.md: not UTF-8 but UTF-16: convert it (iconv -f UTF-16 -t UTF-8)\n',
        got.err
      )
    end
  end)

  it('quotes, backslashes and control characters reaches programs as it is', function()
    local text = 'say "a\\b"\1 in ü and \226\128\168 and 😀'
    local got = protokol(
      { 'actions', '--format', 'json', '-' },
      { stdin = '- [ ] ' .. text .. '\n' }
    )
    assert.equal(text, json.decode(got.out)[1].text)
    assert.matches('"say \\"a\\\\b\\"\\u0001 in ü', got.out, 1, true)
  end)

  it('control characters steers no terminal, nor does the name of its file', function()
    local steering, name = '\27]0;x\7 \194\155' .. '31m', 'a\27[1m\194\155' .. '31m.md'
    local folder = run.files({ [name] = '- [ ] call ' .. steering .. '\n' })
    for _, format in ipairs({ 'text', 'json' }) do
      for _, path in ipairs({ name, 'none' .. name }) do
        local got = protokol({ 'actions', '--format', format, path }, { folder = folder })
        local shown = got.out .. got.err
        assert.matches('31m', shown)
        assert.is_nil(shown:gsub('\n', ''):find('%c'))
        assert.is_nil(shown:find('\194[\128-\159]'))
      end
    end
  end)

  it('NUL and invalid bytes keeps its columns', function()
    local got = protokol(
      { 'actions', '--format', 'jsonl', '-' },
      { stdin = '\0\255\n\n' .. action }
    )
    assert.matches('"line":3,"column":7,', got.out, 1, true)
  end)
end)
