import { expect, test } from 'vitest'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import { cut } from '#shared/smtp/machine/client/sentNotes.ts'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import type { Input, Note } from '#shared/smtp/machine/types.ts'
import { auth, bytes, clientOptions, text } from '#test/support/smtp/pump.ts'

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

const [name, secret] = ['c29tZW9uZQ==', 'c2VjcmV0cHcx']
const told = (notes: Note[]) =>
  notes.map((note) => ('shown' in note ? text(note.shown.bytes) : JSON.stringify(note))).join('')

test('secrets that a person writes behind an AUTH, in one edit, are masked before a 334 asks for them', () => {
  const { notes, said } = clientPlay({ transaction: null }, [...hello('AUTH LOGIN'), '334 a', '334 b'], {
    gate: ({ verb }) => (verb === 'QUIT' ? bytes(`AUTH LOGIN\r\n${name}\r\n${secret}\r\n`) : undefined),
  })
  expect(said[1]).toContain(secret)
  expect(told(notes)).not.toMatch(new RegExp(`${name}|${secret}`))
})

test('secrets that a person inserts ahead of the 334, or after a refusal, are masked at the gate and in notes', () => {
  for (const reply of ['334 a', '503 no']) {
    const machine = createClientMachine(clientOptions({ transaction: null }))
    const effects = machine.handle({ type: 'opened' })
    const hear = (line: string) =>
      effects.push(...machine.handle({ type: 'bytes', bytes: bytes(`${line}\r\n`) }))
    const sent = () => {
      const line = effects.findLast((effect) => effect.type === 'send')!.line
      effects.push(...machine.handle({ type: 'sent', id: line.id }))
    }
    hear('220 hi')
    sent()
    effects.push(...machine.handle({ type: 'insert', bytes: bytes('auth login\r\n') }))
    sent()
    effects.push(...machine.handle({ type: 'insert', bytes: bytes(`${name}\r\n`) }))
    hear('250 ok')
    hear(reply)
    sent()
    const shown = effects.flatMap((effect) => (effect.type === 'send' ? [text(effect.line.shown.bytes)] : []))
    expect([shown.filter((line) => line === '********\r\n')]).toEqual([['********\r\n']])
    const notes = effects.flatMap((effect) => (effect.type === 'note' ? [effect.note] : []))
    expect(told(notes)).not.toContain(name)
  }
})

test('content is noted by offset and size, never by octets', () => {
  const { notes } = clientPlay({}, [...hello(), '250 a', '250 b', '354 c'], { content: ['top secret\r\n'] })
  expect(notes.find((note) => note.kind === 'chunk')).toEqual({
    kind: 'chunk', direction: 'to-server', body: 1, offset: 0, size: 12, last: true, encoding: 'data',
  }) // prettier-ignore
})

test('the rest of a secret that a person typed stays masked after the server let the person in', () => {
  const machine = createClientMachine(clientOptions({ transaction: null, stopAfter: 'end' }))
  const shown: string[] = []
  const feed = (input: Input): void => {
    for (const effect of machine.handle(input)) {
      if (effect.type === 'note' && effect.note.kind === 'line') shown.push(text(effect.note.shown.bytes))
      if (effect.type === 'send' && effect.line.verb !== 'QUIT') feed({ type: 'sent', id: effect.line.id })
    }
  }
  feed({ type: 'opened' })
  for (const line of hello('AUTH PLAIN')) feed({ type: 'bytes', bytes: bytes(`${line}\r\n`) })
  for (const typed of ['AUTH PLAIN A', 'NOOP\r\n']) feed({ type: 'insert', bytes: bytes(typed) })
  feed({ type: 'bytes', bytes: bytes('235 in\r\n') })
  feed({ type: 'insert', bytes: bytes('GEAc2VjcmV0LXBhc3N3b3Jk\r\n') })
  expect(shown.join('')).not.toContain('c2VjcmV0')
})
