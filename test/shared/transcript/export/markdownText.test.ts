import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { block, code, sentence } from '#shared/transcript/export/markdownText.ts'

test.each([
  ['mx.corp.com', '`mx.corp.com`'],
  ['a`b', '``a`b``'],
  ['`', '`` ` ``'],
  ['a|b\n# c', '`a\\|b # c`'],
  ['', '` `'],
  ['a\u202eb', '`a\\u{202e}b`'],
])('%j as a code span', (text, span) => expect(code(text)).toBe(span))

test.each([
  ['The server refused it.', 'The server refused it.'],
  ['see https://evil.test/x and @admin, #12', 'see `https://evil.test/x` and `@admin,` `#12`'],
  ['<img src=x onerror=y> ![a](b) **c** _d_', '`<img` `src=x` `onerror=y>` `![a](b)` `**c**` `_d_`'],
  ['www.evil.test GH-12', '`www.evil.test` `GH-12`'],
  ['a\n\n# b', 'a `#` b'],
])('%j as a sentence', (text, prose) => expect(sentence(text)).toBe(prose))

test('nothing inside a block can be its end', () => {
  const any = fc.array(fc.string({ unit: fc.constantFrom('`', '~', ' ', 'a', '\n', '\r', '\t') }), { maxLength: 5 })
  fc.assert(
    fc.property(any, (lines) => {
      const [first = '', ...rest] = [...block(lines)].join('').trimEnd().split(/\r\n|\r|\n/)
      const fence = /^`+/.exec(first)![0]
      const ends = rest.filter((line) => new RegExp(`^ {0,3}\`{${fence.length},}[ \\t]*$`).test(line))
      expect(ends).toHaveLength(1)
      expect(rest.at(-1)).toBe(fence)
    }),
  )
}) // prettier-ignore
test('a long block comes with pauses, and its fence is right whichever line needs it', () => {
  const lines = [...Array.from({ length: 1000 }, (_, i) => String(i)), '````']
  const pieces = [...block(lines)]
  expect(pieces.filter((piece) => piece === '')).toHaveLength(5)
  expect(pieces.join('')).toBe(['`````text', ...lines, '`````', ''].join('\n'))
})

test('leaves brackets, sections and quotation marks of a sentence readable', () => {
  const said = 'It holds (RFC 8314 §3.3), as “the server’s own” says (once).'
  expect(sentence(said)).toBe(said)
  expect(sentence('[x](http://evil.example) (www.evil.example) (@you) (gh-12)')).toBe('`[x](http://evil.example)` `(www.evil.example)` `(@you)` `(gh-12)`') // prettier-ignore
})
