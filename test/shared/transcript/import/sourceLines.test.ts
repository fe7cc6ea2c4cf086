import { expect, it } from 'vitest'
import { longestLine, mostLines, notAText, sourceLines } from '#shared/transcript/import/sourceLines.ts'

it('cuts at any line end, and passes over a byte order mark', () => {
  expect(sourceLines('\ufeffa\r\n\nb\rc').lines.map(({ text }) => text)).toEqual(['a', '', 'b\rc'])
  expect(sourceLines('x\n').lines).toEqual([{ number: 1, text: 'x' }])
})

it('keeps the beginning of a line of ten million characters, and says how long it was', () => {
  const { lines, problems } = sourceLines(`a\n${'x'.repeat(10_000_000)}\nb`)
  expect(lines.map(({ text, cutFrom }) => [text.length, cutFrom])).toEqual([[1, undefined], [longestLine, 10_000_000], [1, undefined]]) // prettier-ignore
  expect(problems).toEqual([{ line: 2, message: 'The line has 10,000,000 characters; the first 65,536 were kept.' }]) // prettier-ignore
})

it('reads so many lines and says that there were more', () => {
  const { lines, problems } = sourceLines('\n'.repeat(mostLines + 5))
  expect(lines).toHaveLength(mostLines)
  expect(problems[0]?.message).toContain('more than 500,000 lines')
})

it.each([
  ['', 'The text is empty.'],
  [' \r\n\t', 'The text is empty.'],
  ['%PDF-1.7', 'a PDF file'],
  ['PK\u0003\u0004abc', 'a ZIP archive'],
  ['\u001f\ufffd\b', 'a gzip file'],
  ['2\u00002\u00000\u0000 \u0000h\u0000i\u0000', 'UTF-16'],
  ['\u0001\u0002\u0003\u0004abc', 'binary octets'],
])('tells what %j is', (text, words) => {
  expect(notAText(text)).toContain(words)
})

it('takes a recording of a terminal for a text', () => {
  expect(notAText('220 hi\u001b[0m\b\b\r\n\tGr\u00fc\u00dfe')).toBeNull()
})
