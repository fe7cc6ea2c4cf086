import { expect, it } from 'vitest'
import { withFindings } from '#shared/diagnosis/withFindings.ts'
import { end, head, line, numbered, reply } from '../transcript/samples.ts'

const session = [
  reply('220 hi', 'banner'),
  line('EHLO me', 'ehlo', { verb: 'EHLO' }),
  reply('250 hi', 'ehlo'),
  { kind: 'remark', direction: 'none', phase: 'other', text: 'a note', understood: true } as const,
  line('RCPT TO:<a@b>', 'rcpt', { verb: 'RCPT' }),
  reply('550 5.1.1 no such user', 'rcpt', { enhanced: '5.1.1' }),
]

it('puts findings before the end, with their evidence', () => {
  const events = withFindings(head({ tls: 'none' }), numbered([...session, end()]))
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events.at(-1)?.kind).toBe('end')
  expect(events.find(({ kind }) => kind === 'finding')).toMatchObject({ code: 'recipient-unknown', evidence: expect.arrayContaining([6]) }) // prettier-ignore
})

it('adds them at the end of a session that has none, and leaves a session without findings as it is', () => {
  expect(withFindings(head({ tls: 'none' }), numbered(session)).at(-1)?.kind).toBe('finding')
  const quiet = numbered([end()])
  expect(withFindings(head({ tls: 'none' }), quiet)).toEqual(quiet)
  expect(withFindings(head(), [])).toEqual([])
})
