import { expect, test } from 'vitest'
import { afterEnd } from '#shared/smtp/machine/client/content.ts'
import type { Content } from '#shared/smtp/machine/client/core.ts'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { bytes, text } from '#test/support/smtp/pump.ts'

const start = [...hello(), '250 ok', '250 ok', '354 go']

test('content is dot-stuffed block by block, and the end is a line of its own', () => {
  const { said, notes, effects } = clientPlay({}, start, { content: ['.a\r\n', '.', '.\r\nb'] })
  expect(said.slice(4)).toEqual(['..a\r\n', '..', '.\r\nb\r\n', '.\r\n'])
  expect(notes.filter((note) => note.kind === 'chunk').map(({ offset, size, last }) => [offset, size, last])).toEqual([
    [0, 4, false], [4, 1, false], [5, 4, true],
  ]) // prettier-ignore
  expect(effects.filter((effect) => effect.type === 'pull')).toHaveLength(3)
})

test('an empty message is the end of data alone', () => {
  expect(clientPlay({}, start, { content: [''] }).said.slice(4)).toEqual(['.\r\n'])
})

test('a block is asked for only when the one before has left', () => {
  const { effects } = clientPlay({}, start, { content: ['a\r\n', 'b\r\n'] })
  const order = effects.flatMap((effect) =>
    effect.type === 'pull'
      ? ['pull']
      : effect.type === 'send' && effect.line.kind.startsWith('body')
        ? [effect.line.kind]
        : [],
  )
  expect(order).toEqual(['pull', 'body', 'pull', 'body', 'body-end'])
})

test('a refused chunk ends the transaction', () => {
  const { said, findings } = clientPlay({ chunking: true }, [...hello('CHUNKING'), '250 ok', '250 ok', '552 5.3.4 big', '221 bye'], { content: ['a', 'b'] }) // prettier-ignore
  expect([said.at(-1), findings]).toEqual(['QUIT\r\n', ['size-exceeded']])
})

test('stopAfter body with BDAT says QUIT instead of LAST', () => {
  const { said, result } = clientPlay({ chunking: true, stopAfter: 'body' }, [...hello('CHUNKING'), '250 ok', '250 ok', '250 ok', '221 x'], { content: ['a', 'b'] }) // prettier-ignore
  expect(said.slice(3)).toEqual(['BDAT 1\r\na', 'QUIT\r\n'])
  expect(result.stoppedAt).toBe('body')
})

const fresh = (): Content => ({
  encoding: 'data', encoder: null, offset: 0, pulled: false, last: false, empty: false, endIssued: false, tail: bytes('\r\n'),
}) // prettier-ignore

test('afterEnd finds CRLF.CRLF across octets sent apart, and nothing else', () => {
  const content = fresh()
  expect(afterEnd(content, bytes('a\r\n..\r\nb\n.\r\nc\r'))).toBeNull()
  expect(afterEnd(content, bytes('\n.'))).toBeNull()
  expect(text(afterEnd(content, bytes('\r\nNOOP\r\n'))!)).toBe('NOOP\r\n')
  expect(text(afterEnd(fresh(), bytes('.\r\n'))!)).toBe('')
})
