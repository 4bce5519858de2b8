-- protokol export, with the real pandoc: pages are made and read back.

local run = require('tests.support.run')
local shell, quote = run.shell, run.quote

local minutes = [==[
---
protokol: house
lang: ru
distribution: ["Жанна Ёж <zh@oak.example>"]
---

# Протокол: каталог <script>alert(1)</script> "x" --output=y

Дата: 01.03.2027
Клиент: Дуб

## Участники

| ФИО | Должность | Организация |
| --- | --- | --- |
| Анна Кошкина | продажи | Берёза |
| Борис Ёлкин | закупки | ООО Дуб |

<!-- internal -->
Уступим до восьмидесяти.
<!-- /internal -->

## Договорённости

1. Цена - 100 рублей.<br>Доставка бесплатна. <b onclick="alert(2)">x</b>
2. ![снимок](/etc/hostname) [опасно](javascript:alert(3)) [дом](https://oak.example/)
3. $5 и ~~старое~~ `<i>`

```{=html}
<script>alert(4)</script>
```

<script>alert(5)</script>
]==]

local profile = 'profile: house\nextends: negotiation\n'
  .. 'export: {reference: house.docx, signatures: true, distribution: true}\n'

describe('pandoc makes', function()
  local folder
  after_each(run.tidy)

  before_each(function()
    folder = run.files({ ['a.md'] = minutes, ['.protokol.yaml'] = profile })
    -- a house document is one whose styles differ
    shell(('cd %s && pandoc -o house.docx </dev/null'):format(quote(folder)))
    local got = run.protokol({ 'check', '.protokol.yaml' }, { folder = folder })
    assert.equal('', got.err)
  end)

  local function page(format)
    local got = run.protokol({ 'export', format, 'a.md' }, { folder = folder })
    assert.equal('', got.err)
    assert.equal('a.' .. format .. '\n', got.out)
    return folder .. '/a.' .. format
  end

  local function has_all(text)
    for _, words in ipairs({
      'Клиент: Дуб',
      'Анна Кошкина',
      'Цена - 100 рублей.',
      'Подписи',
      'От клиента: Дуб',
      'С нашей стороны',
      'Рассылка',
      'Жанна Ёж',
      '________',
      '$5 и',
    }) do
      assert.matches(words, text, 1, true)
    end
    for _, hidden in ipairs({ 'восьмидесяти', 'internal', 'onclick', 'zh@oak.example' }) do
      assert.is_nil(text:find(hidden, 1, true), hidden)
    end
  end

  for _, format in ipairs({ 'docx', 'odt' }) do
    it(format .. ' that it reads back, with title, language and no file of ours', function()
      local path = page(format)
      has_all(shell(('pandoc -f %s -t plain --wrap=none %s'):format(format, quote(path))))
      local names = shell('unzip -Z1 ' .. quote(path))
      assert.is_nil(names:find('media/[^\n]') or names:find('Pictures/[^\n]'))
      local meta = format == 'docx' and 'docProps/core.xml' or 'meta.xml'
      local about = shell(('unzip -p %s %s'):format(quote(path), meta))
      assert.matches('Протокол: каталог', about, 1, true)
      assert.matches('ru', about, 1, true)
      assert.is_nil(about:find('<script', 1, true))
    end)
  end

  it('HTML in which nothing of the text can run', function()
    local text = run.read(page('html'))
    has_all(text)
    assert.matches('<title>Протокол: каталог', text, 1, true)
    assert.matches('lang="ru"', text, 1, true)
    assert.matches('href="https://oak.example/"', text, 1, true)
    assert.matches('<br />\n?Доставка', text)
    assert.matches("default-src 'none'", text, 1, true)
    for _, hostile in ipairs({ '<script', 'javascript:', '<img', '<b ' }) do
      assert.is_nil(text:find(hostile, 1, true), hostile)
    end
  end)

  it('a PDF, or says what is missing', function()
    local got = run.protokol({ 'export', 'pdf', 'a.md' }, { folder = folder })
    if got.status == 0 then
      assert.equal('%PDF', run.read(folder .. '/a.pdf'):sub(1, 4))
    else
      assert.matches('weasyprint', got.err, 1, true)
    end
  end)
end)
