-- :Protokol export - a page of the final text, which the program has pandoc make.

local protokol = require('protokol')
local config = require('protokol.config')
local program = require('protokol.program')
local say = require('protokol.say')
local common = require('protokol.command.common')
local editor = protokol.editor
local refuse, need = common.refuse, common.need

local formats = { 'html', 'docx', 'pdf', 'odt' }

local function known(format)
  for _, name in ipairs(formats) do
    if name == format then
      return true
    end
  end
end

-- What the program prints is where the page is; what it complains about is why there is none.
local function start(argv, text)
  local lines, errors = {}, {}
  local id, reason = editor.start(argv, {
    input = text,
    on_line = function(line)
      lines[#lines + 1] = line ~= '' and line or nil
    end,
    on_error = function(line)
      line = line:gsub('^protokol: ', '')
      errors[#errors + 1] = line ~= '' and #errors < 10 and line or nil
    end,
    on_exit = function(status)
      editor.later(20, function() -- when the last line has come
        if status ~= 0 or #lines == 0 then
          local why = table.concat(errors, '\n')
          why = why:gsub('%-%-force', ':Protokol! export')
          why = why:gsub('%-%-output FILE', say('a file name'))
          editor.notify('error', why ~= '' and why or say('nothing was exported'))
        else
          editor.notify('info', say('exported: %s', editor.short(lines[1])))
        end
      end)
    end,
  })
  need(id, reason and { message = reason })
end

local function run(request)
  local format, file = request.arguments[1], request.arguments[2]
  if not format then
    refuse(say('`:Protokol export` wants a format: %s', table.concat(formats, ', ')))
  elseif not known(format) then
    local hint = config.hint(format, formats)
    refuse(say('there is no format "%s" here', format) .. hint)
  end
  local document = need(protokol.document())
  if not file and editor.file(document.buffer) == '' then
    refuse(say('this buffer has no file: name one for the page'))
  end
  local argv = { need(program.find(editor, protokol.options().program)), 'export' }
  argv[#argv + 1] = request.bang and '--force' or nil
  argv[#argv + 1] = file and '--output=' .. editor.absolute(file) or nil
  argv[#argv + 1] = '--stdin-name=' .. document.name
  argv[#argv + 1] = format
  argv[#argv + 1] = '-'
  start(argv, document.text)
end

local function complete(before, lead)
  if #before == 1 then
    return formats
  end
  return editor.files(lead), true
end

return { run = run, complete = complete }
