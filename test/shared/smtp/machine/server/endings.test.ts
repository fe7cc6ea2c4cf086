import { expect, test } from 'vitest'
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
