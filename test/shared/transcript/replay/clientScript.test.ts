import { expect, test } from 'vitest'
import type { EventBody } from '#shared/transcript/event.ts'
import { clientScript, content } from '#test/support/smtp/replay.ts'

const secret = (raw: string, verb?: string): EventBody => ({ kind: 'line', phase: 'auth', direction: 'to-server', raw, verb, masked: [{ start: raw.length - 10, end: raw.length - 2 }] }) // prettier-ignore

const end = (by: 'client' | 'server', outcome: 'closed' | 'timeout'): EventBody => ({ kind: 'end', phase: 'other', direction: 'none', outcome, by, message: '' }) // prettier-ignore

test('pipelined commands have their answers in the order in which they were said', () => {
  const { steps, greeting } = clientScript('S: 220 hi', 'C: MAIL FROM:<a@x>', 'C: RCPT TO:<b@x>', 'C: NOOP', 'S: 250 one', 'S: 550 two', 'C: RSET', 'S: 250 three') // prettier-ignore
  expect(greeting).toEqual({ code: 220, text: '220 hi' })
  expect(steps.map(({ after, answer }) => [after, answer?.text])).toEqual([
    [0, '250 one'],
    [0, '550 two'],
    [0, '250 three'],
    [2, undefined],
  ])
})
test('an AUTH exchange is one step, whatever its rounds; its last answer counts', () => {
  const { steps } = clientScript('S: 220 hi', 'C: AUTH LOGIN', 'S: 334 VXNlcm5hbWU6', secret('********\r\n'), 'S: 334 UGFzc3dvcmQ6', secret('********\r\n'), 'S: 535 no', 'C: QUIT', 'S: 221 bye') // prettier-ignore
  expect(steps.map(({ kind, answer }) => [kind, answer?.code])).toEqual([['auth', 535], ['line', 221]]) // prettier-ignore
  expect(steps[0]).toMatchObject({ mechanism: 'LOGIN' })
})
test('a secret outside an exchange and a line that was cut are named as unsayable', () => {
  const cut: EventBody = {
    kind: 'line',
    phase: 'other',
    direction: 'to-server',
    raw: 'NOOP aaaa',
    cutFrom: 9000,
  }
  const { steps } = clientScript('S: 220 hi', secret('PASS ********\r\n'), 'S: 500 what', cut)
  expect(steps.map((step) => (step.kind === 'unsayable' ? step.why : ''))).toEqual([
    'a line with a secret, which no recording keeps',
    'a line of 9,000 octets, of which only the beginning was kept',
  ])
})
test('content ends with its dot, or with the reply that follows the last chunk; alone it was broken off', () => {
  const before = ['S: 220 hi', 'C: DATA', 'S: 354 go'] as const
  const whole = (...more: Parameters<typeof clientScript>) =>
    clientScript(...before, ...more).steps.find(({ kind }) => kind === 'content')
  expect(whole(content(3), 'C: .', 'S: 250 ok')).toMatchObject({
    whole: true,
    size: 3,
    answer: { code: 250 },
  })
  expect(whole(content(3), 'S: 250 ok')).toMatchObject({ whole: true, answer: { code: 250 } })
  expect(whole(content(3, false), content(4, true, { offset: 3 }), 'C: .')).toMatchObject({
    size: 7,
    whole: true,
  })
  expect(whole(content(3))).toMatchObject({ whole: false })
})
test('how the client left', () => {
  expect(clientScript('S: 220 hi', 'C: QUIT', end('client', 'closed')).end).toBe('quit')
  expect(clientScript('S: 220 hi', end('client', 'closed')).end).toBe('closed')
  expect(clientScript('S: 220 hi', end('server', 'closed')).end).toBe('cut')
})
test('a line in a bare LF owes nothing until a reply comes for it', () => {
  const bare: EventBody = { kind: 'line', phase: 'other', direction: 'to-server', raw: 'NOOP\n' }
  expect(clientScript('S: 220 hi', bare, 'C: QUIT', 'S: 221 bye').steps[0]!.answer).toBeUndefined()
  expect(clientScript('S: 220 hi', bare, 'S: 250 ok').steps[0]!.answer?.code).toBe(250)
})
