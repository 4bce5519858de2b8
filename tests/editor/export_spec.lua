-- :Protokol export in Neovim and in Vim; a script stands in for pandoc.
local drive = require('tests.editor.drive')

local pandoc = [[#!/bin/sh
cat >"${0%/*}/text"
for word; do
  case $word in
    --output=*) echo page >"${word#--output=}" ;;
  esac
done
]]

local minutes = '# Minutes\n\n## Actions\n\n- [ ] Zoë: bake Plätzchen\n<!-- internal -->\ncheap\n'

for _, editor in ipairs(drive.both) do
  describe(editor.name .. ' exports minutes:', function()
    local home
    before_each(function()
      home = drive.enter()
      drive.write(home .. '/notes/a.md', minutes)
      drive.write(home .. '/notes/pandoc', pandoc)
      os.execute('chmod +x ' .. home .. '/notes/pandoc')
    end)
    after_each(function()
      drive.leave(home)
    end)

    it('writes a page of what stands in the buffer, and replaces it only with a bang', function()
      local got, printed = drive.run(
        editor,
        [[
        let $PATH = getcwd() . ':' . $PATH
        edit a.md
        call setline(1, '# Minutes of Monday')
        Protokol export docx
        call Wait('filereadable("a.docx")')
        call Wait('execute("messages") =~# "exported: a.docx"')
        call Tell('page', readfile('a.docx'))
        call Tell('text', readfile('text'))
        call Tell('disk', readfile('a.md')[0])
        Protokol export docx
        call Wait('execute("messages") =~# "is there already"')
        call Tell('messages', execute('messages'))
        call writefile(['old'], 'b c.html')
        Protokol! export html b\ c.html
        call Wait('readfile("b c.html")[0] ==# "page"')
        call Tell('named', readfile('b c.html'))
        Protokol export doc
        call Tell('unknown', execute('messages'))
        call Tell('completed', getcompletion('Protokol export d', 'cmdline'))
      ]],
        { home = home }
      )
      assert.is_true(got.ended, printed)
      assert.same({ 'page' }, got.page)
      assert.equal('## Actions', got.text[2])
      assert.is_nil(table.concat(got.text, '\n'):find('cheap', 1, true))
      assert.equal('# Minutes', got.disk)
      assert.matches(
        'a.docx: is there already; :Protokol! export replaces it',
        got.messages,
        1,
        true
      )
      assert.same({ 'page' }, got.named)
      assert.matches('there is no format "doc" here', got.unknown, 1, true)
      assert.same({ 'docx' }, got.completed)
    end)
  end)
end
