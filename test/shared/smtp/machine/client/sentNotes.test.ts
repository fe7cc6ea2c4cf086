import { expect, test } from 'vitest'
import { cut } from '#shared/smtp/machine/client/sentNotes.ts'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { auth, bytes, text } from '#test/support/smtp/pump.ts'

test('an edit is cut into lines, the last one kept without its end, bounded in number', () => {
  expect(cut(bytes('a\r\nb\nc\rd\r\ne')).map(text)).toEqual(['a\r\n', 'b\nc\rd\r\n', 'e'])
  expect(cut(bytes('\r\n'.repeat(500)))).toHaveLength(201)
})

test('a line is noted when it has been sent, not before', () => {
  const { effects } = clientPlay({}, ['220 hi'])
  const kinds = effects.map((effect) => (effect.type === 'note' ? effect.note.kind : effect.type))
  expect(kinds).toEqual(['arm', 'reply', 'disarm', 'send', 'line', 'arm'])
})

test('an edited line is noted line by line, masked, and marked', () => {
  const { notes } = clientPlay(
    { auth: auth('login'), transaction: null },
    [...hello('AUTH LOGIN'), '334 VXNlcm5hbWU6'],
    {
      gate: (line) =>
        line.verb === undefined && line.kind === 'auth' ? bytes('c2VjcmV0\r\nNOOP\r\n') : undefined,
    },
  )
  const edited = notes.flatMap((note) =>
    note.kind === 'line' && note.edited ? [text(note.shown.bytes)] : [],
  )
  expect(edited[0]).toBe('********\r\n')
})

test('content is noted by offset and size, never by octets', () => {
  const { notes } = clientPlay({}, [...hello(), '250 a', '250 b', '354 c'], { content: ['top secret\r\n'] })
  expect(notes.find((note) => note.kind === 'chunk')).toEqual({
    kind: 'chunk', direction: 'to-server', body: 1, offset: 0, size: 12, last: true, encoding: 'data',
  }) // prettier-ignore
})
