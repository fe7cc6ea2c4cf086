import { expect, test } from 'vitest'
import { TextLines } from '#shared/relay/notation/textLines.ts'

const changed = (text: string, change: (lines: TextLines) => void): string => {
  const lines = new TextLines(text)
  change(lines)
  return lines.toString()
}

test.each(['', 'a', 'a\n', '\n', 'a\n\nb', '# x\n\n'])('%j stays as it is', (text) => {
  expect(String(new TextLines(text))).toBe(text)
})
test('replaced, removed, added, by the numbers of before', () => {
  const text = changed('a\nb\nc\n', (lines) => {
    lines.add(0, ['0'])
    lines.remove(1, 1)
    lines.replace(2, 'B')
    lines.add(2, ['x', 'y'])
    lines.add(2, ['z'])
    lines.add(lines.last, ['end'])
  })
  expect(text).toBe('0\nB\nx\ny\nz\nc\nend\n')
})
const apart = (text: string) => changed(text, (lines) => lines.add(1, ['new'], true))
test('blank lines part what is put apart only where the text has some', () => {
  expect(apart('a\nb\n')).toBe('a\nnew\nb\n')
  expect(apart('a\n\nb\n')).toBe('a\n\nnew\n\nb\n')
  expect(apart('\na\n')).toBe('\nnew\n\na\n')
})
test('of two blank lines that would meet one goes', () => {
  expect(changed('a\n\nb\n\nc\n', (lines) => lines.remove(3, 3))).toBe('a\n\nc\n')
  expect(changed('a\n\nb\n\nc\n', (lines) => lines.remove(3, 3, ['# b']))).toBe('a\n\n# b\n\nc\n')
  expect(changed('a\nb\n\nc\n', (lines) => lines.remove(2, 2))).toBe('a\n\nc\n')
})
test('comments right above a line belong to it, but not those that begin the text', () => {
  const lines = new TextLines('# all\na\n# b is this\n  # and that\nb\n')
  expect([lines.above(2), lines.above(5), lines.indent(4), lines.last]).toEqual([1, 2, '  ', 5])
})
test('the first line of an empty text gets its end', () => {
  expect(changed('', (lines) => lines.add(0, ['a']))).toBe('a\n')
})
