import { expect, test } from 'vitest'
import type { Note } from '#shared/smtp/machine/types.ts'
import { bytes, text } from '#test/support/smtp/pump.ts'
import { serverPlay } from '#test/support/smtp/playbook.ts'

const envelope = ['EHLO me', 'MAIL FROM:<a@b.example>', 'RCPT TO:<c@d.example>']
const gone = (how: 'closed' | 'reset') => ({ type: 'ended', how, message: '' }) as const

test.each([
  [[], []],
  [['EHLO me'], []],
  [envelope, ['closed-unexpectedly']],
  [[...envelope, 'DATA', 'half'], ['body-closed']],
  [['EHLO me', 'AUTH LOGIN'], ['closed-unexpectedly']],
])('closed after %j', (lines, findings) => {
  const played = serverPlay({}, [...lines, gone('closed')])
  expect([played.findings, played.outcome?.how, played.outcome?.by]).toEqual([findings, 'closed', 'client'])
  expect(played.outcome?.message).toMatch(/^The client closed the connection .+\.$/)
  expect(played.effects.some((effect) => effect.type === 'close')).toBe(false)
})

const next = (...lines: string[]) =>
  serverPlay({}, [...lines, gone('closed')]).notes.flatMap((note) =>
    note.kind === 'finding' ? [note.next] : [],
  )

test('what to do is with the client that left: nobody is sent to the operator of this server', () => {
  expect(next(...envelope)).toEqual(['Look into the log of the client for why it left without QUIT.'])
  expect(next(...envelope, 'DATA', 'half')).toEqual([
    'Nothing of this message is kept. Look into the log of the client for why it stopped.',
  ])
})

const half = (line: string) => ({ type: 'bytes', bytes: bytes(line) }) as const
const shown = (notes: Note[]) =>
  notes.flatMap((note) => (note.kind === 'line' ? [text(note.shown.bytes)] : [])).at(-1)

test.each([
  ['the client goes', gone('closed')],
  ['the idle timer ends it', { type: 'elapsed', timer: 'idle' } as const],
])('a line without its CRLF is noted when %s', (_name, end) => {
  const bare = serverPlay({}, [half('EHLO me\n'), end])
  expect([shown(bare.notes), bare.findings]).toEqual(['EHLO me\n', ['bare-newline-rejected']])
  const secret = serverPlay({}, ['EHLO me', 'AUTH LOGIN', half('c2VjcmV0'), end])
  expect(shown(secret.notes)).toBe('********')
  const refused = serverPlay({}, ['EHLO me', 'AUTH NOPE', half('c2VjcmV0'), end])
  expect(shown(refused.notes)).toBe('********')
  expect(shown(serverPlay({}, ['EHLO me', half('AUTH PLAIN c2VjcmV0'), end]).notes)).toBe(
    'AUTH PLAIN ********',
  )
  const content = serverPlay({}, [...envelope, 'DATA', half('half'), end], { abandoned: true })
  expect(shown(content.notes)).toBe('DATA\r\n')
})

test('reset, failed and dropped', () => {
  expect(serverPlay({}, [...envelope, gone('reset')]).findings).toEqual(['reset-unexpectedly'])
  const failed = serverPlay({}, [{ type: 'ended', how: 'failed', message: 'No handshake.' }])
  expect(failed.outcome).toEqual({ how: 'failed', by: 'client', message: 'No handshake.' })
  expect(serverPlay({}, [{ type: 'ended', how: 'dropped', message: 'x' }]).outcome?.by).toBe('person')
})

test('a session that was ending anyway keeps its reason', () => {
  const { outcome } = serverPlay({}, ['EHLO me', 'QUIT', gone('reset')])
  expect(outcome).toMatchObject({ how: 'completed', by: 'client' })
})
