import { describe, expect, test } from 'vitest'
import { besides, verdictOf, withheldBecause } from '#renderer/model/composeVerdict.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { connected, eventList, secured } from '#test/support/page/sendEvents.ts'

const result = (change: Partial<DialogueResult>): DialogueResult => ({
  session: 's1',
  outcome: 'accepted',
  message: 'The server took the message: 250 Ok',
  recipients: [],
  ...change,
})
const someone = { address: 'a@example.com', accepted: false, code: 550, reply: '550 5.1.1 No such user' }

const both = (...codes: number[]) =>
  verdictOf(result({ outcome: 'rejected', message: 'The server refused 2 recipients: 550 a', next: 'Check the address.', recipients: codes.map(refused) }), '') // prettier-ignore
const refused = (code: number) => ({ ...someone, code, findings: ['recipient-unknown'] })

describe('verdict', () => {
  test('accepted is not called delivered, and says where a bounce would go', () => {
    const verdict = verdictOf(result({ reply: '250 2.0.0 queued as 7F2K' }), 'orders@shop.example')
    expect(verdict).toMatchObject({ tone: 'good', title: 'Accepted by the server.' })
    expect(verdict.text[0]).toContain('queued as 7F2K')
    expect(verdict.text[0]).toContain('a bounce would go to orders@shop.example')
    expect(verdict.text.join(' ')).not.toMatch(/delivered/i)
  })
  test('partly accepted counts and lists the refused', () => {
    const good = { address: 'b@example.com', accepted: true, code: 250, reply: '250 Ok' }
    const verdict = verdictOf(result({ outcome: 'partly-accepted', recipients: [good, someone] }), '')
    expect(verdict).toMatchObject({ tone: 'warn', title: 'Accepted for 1 of 2 recipients.' })
    expect(verdict.recipients).toEqual([good, someone])
  })
  test('a permanent refusal is bad, a temporary one is not now', () => {
    const bad = verdictOf(
      result({ outcome: 'rejected', message: 'The server refused the recipient: 550 no' }),
      '',
    )
    const later = verdictOf(
      result({ outcome: 'rejected', message: 'The server refused the sender: 451 wait' }),
      '',
    )
    expect([bad.tone, later.tone]).toEqual(['bad', 'warn'])
  })
  test('of several that were all refused, none is quoted for all; all for now is not now', () => {
    expect(both(550, 451)).toMatchObject({ tone: 'bad', title: 'Refused by the server.' })
    expect(both(550, 451).text).toEqual(['It took none of the 2 recipients, so the message was not sent.'])
    expect(both(452, 451)).toMatchObject({ tone: 'warn', title: 'Not now, said the server.' })
  })
  test('the first sentence of a failure is the title', () => {
    const verdict = verdictOf(
      result({
        outcome: 'failed',
        message: 'The server hung up after STARTTLS. It said 220.',
        next: 'Try 465.',
      }),
      '',
    )
    expect(verdict).toMatchObject({ tone: 'bad', title: 'The server hung up after STARTTLS.' })
    expect(verdict.text).toEqual(['It said 220.', 'Try 465.'])
  })
  test('a colon ends the title too', () => {
    const message = '127.0.0.1 refused the connection on port 1: nothing listens there.'
    expect(verdictOf(result({ outcome: 'failed', message }), '')).toMatchObject({
      title: '127.0.0.1 refused the connection on port 1.',
      text: ['Nothing listens there.'],
    })
  })
  test('a failure without a short sentence has a plain title', () => {
    expect(verdictOf(result({ outcome: 'failed', message: 'x'.repeat(200) }), '').title).toBe(
      'The message was not sent.',
    )
  })
  test('stopped is neither good nor bad', () => {
    expect(verdictOf(result({ outcome: 'stopped', message: 'Cancelled before it was done.' }), '').tone).toBe(
      'neutral',
    )
  })
})

const stopped = (recipients: DialogueResult['recipients']) =>
  verdictOf(result({ outcome: 'stopped', message: 'Stopped.', recipients }), '', 'check')
describe('a check', () => {
  const good = { address: 'b@example.com', accepted: true, code: 250, reply: '250 Ok' }
  test('says what would happen, and that nothing was sent', () => {
    expect(stopped([])).toMatchObject({ tone: 'good', title: 'The server can be reached and lets you in.' })
    expect(stopped([good]).text.join(' ')).toContain('Nothing was sent')
    expect(stopped([good, someone])).toMatchObject({
      tone: 'warn',
      title: 'It would refuse 1 of 2 recipients.',
    })
  })
  test('one that failed is a failure', () => {
    const failed = result({ outcome: 'failed', message: 'It hung up on us here.' })
    expect(verdictOf(failed, '', 'check').tone).toBe('bad')
  })
})

const found = (code: string, message: string) => ({ code, message, severity: 'error' as const, side: 'server' as const, confidence: 'certain' as const, evidence: [1], next: '', phase: 'rcpt' as const }) // prettier-ignore
test('a finding about a recipient stands there; the others are proof of what the sentences say', () => {
  const verdict = verdictOf(
    result({
      outcome: 'rejected',
      message: 'The server refused it.',
      recipients: [{ ...someone, findings: ['recipient-unknown'] }],
      findings: [
        found('x', 'The server refused it.'),
        found('recipient-unknown', 'No such box.'),
        found('y', 'Slow.'),
      ],
    }),
    '',
  )
  expect(verdict.findings.map(({ code }) => code)).toEqual(['x', 'y'])
})

describe('a password that was kept back', () => {
  const finding: EventBody = {
    kind: 'finding',
    phase: 'auth',
    direction: 'none',
    code: 'auth-needs-tls',
    severity: 'error',
    side: 'this-computer',
    confidence: 'certain',
    evidence: [1],
    message: 'The password was not sent.',
    next: 'Use TLS.',
  }
  test('in clear, over an unverified connection, or not at all', () => {
    expect(withheldBecause(eventList([[1, connected()], [2, finding]]))).toBe('clear') // prettier-ignore
    expect(withheldBecause(eventList([[1, secured()], [2, finding]]))).toBe('unverified') // prettier-ignore
    expect(withheldBecause(eventList([[1, secured()]]))).toBeNull()
  })
})

test('beside the sentences a finding says what they do not', () => {
  const rejected = {
    message: 'The server refused to authenticate: 535 5.7.8 bad',
    next: 'Check the password.',
  }
  expect(besides(rejected, 'The server refused the authentication: 535 5.7.8 bad Check the password.')).toEqual(['', '']) // prettier-ignore
  expect(besides({ message: 'It hung up: nothing listens.', next: '' }, 'It hung up. Nothing listens.')).toEqual(['', '']) // prettier-ignore
  expect(besides(rejected, '')).toEqual([rejected.message, rejected.next])
})
