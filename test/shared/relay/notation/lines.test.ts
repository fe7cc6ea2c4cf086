import { expect, test } from 'vitest'
import { mostLines, notationLines } from '#shared/relay/notation/lines.ts'

test('directives, tags and comments, with line and column of the value', () => {
  const read = notationLines('\uFEFF# all\r\n  Relay-Domain  a.example # one\n<Source 10/8>\r</source>\n\n')
  expect(read).toEqual([
    { line: 2, column: 3, text: 'Relay-Domain  a.example', kind: 'directive', name: 'relay-domain', value: 'a.example', at: { line: 2, column: 17 } },
    { line: 3, column: 1, text: '<Source 10/8>', kind: 'open', name: 'source', value: '10/8', at: { line: 3, column: 9 } },
    { line: 4, column: 1, text: '</source>', kind: 'close', name: 'source' },
  ])
}) // prettier-ignore
test('a # inside a word or in quotes is a character; quotes around a value go', () => {
  const values = notationLines('a /x#y/\nb "c # d"\ne "f" g # h').map((line) => 'value' in line && line.value)
  expect(values).toEqual(['/x#y/', 'c # d', '"f" g'])
})
test('too long a line, and too many, are told and not read', () => {
  expect(notationLines('a'.repeat(20_000))).toMatchObject([{ kind: 'broken', problem: 'is longer than 10000 characters' }]) // prettier-ignore
  const many = notationLines('a b\n'.repeat(mostLines + 5))
  expect(many).toHaveLength(mostLines + 1)
  expect(many.at(-1)).toMatchObject({ kind: 'broken', line: mostLines + 1 })
})
