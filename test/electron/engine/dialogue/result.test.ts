import { expect, test } from 'vitest'
import { finding } from '#shared/diagnosis/finding.ts'
import type { ClientResult } from '#shared/smtp/machine/options.ts'
import { describeResult, replyText, type ResultFacts } from '#engine/dialogue/result.ts'

const reply = (code: number, ...text: string[]) => ({ code, text })
const none: ClientResult = {
  recipients: [{ address: 'b@example.com', reply: reply(250, 'ok') }],
  mail: null,
  data: null,
  final: null,
  auth: null,
  mechanism: null,
  stoppedAt: null, // prettier-ignore
}
const describe = (result: Partial<ClientResult> | undefined, more: Partial<ResultFacts> = {}) =>
  describeResult({
    session: 's',
    outcome: { how: 'completed', by: 'client', message: 'done' },
    cancelled: false,
    findings: [],
    sending: true,
    secrets: [],
    ...(result ? { result: { ...none, ...result } } : {}),
    ...more,
  })
const failed = { how: 'failed', by: 'network', message: 'it broke' } as const

test('taken by all, by some, by none', () => {
  expect(describe({ final: reply(250, 'queued') })).toMatchObject({
    outcome: 'accepted',
    reply: '250 queued',
  })
  const recipients = [...none.recipients, { address: 'c@example.com', reply: reply(550, 'no') }]
  expect(describe({ final: reply(250, 'queued'), recipients })).toMatchObject({
    outcome: 'partly-accepted',
    message: 'The server took the message for 1 of 2 recipients: 250 queued',
    recipients: [{ accepted: true }, { accepted: false, code: 550, reply: '550 no' }],
  })
  const refused = [{ address: 'c@example.com', reply: reply(550, 'no') }]
  expect(describe({ recipients: refused, data: reply(554, 'none') })).toMatchObject({
    outcome: 'rejected',
    message: 'The server refused the recipient: 550 no',
  })
})

test('refused where it was refused', () => {
  expect(describe({ auth: reply(535, 'bad') }).message).toBe('The server refused the authentication: 535 bad')
  expect(describe({ mail: reply(553, 'you') }).message).toBe('The server refused the sender: 553 you')
  expect(describe({ final: reply(554, 'spam') }).message).toBe('The server refused the message: 554 spam')
  // Pipelined: RCPT and DATA are refused for the refused MAIL alone.
  const late = reply(503, 'MAIL first')
  const recipients = [{ address: 'b@example.com', reply: late }]
  expect(describe({ mail: reply(552, 'too large'), recipients, data: late }).message).toBe(
    'The server refused the sender: 552 too large',
  )
  expect(describe({ data: reply(451, 'later') }).message).toBe('The server refused DATA: 451 later')
})

test('an exchange that this end gave up was not refused: the 501 answers the cancelling only', () => {
  const message = 'SCRAM-SHA-256: the server asks for 100 rounds.'
  const broken = finding('auth-mechanism-broken', {
    phase: 'auth',
    side: 'server',
    confidence: 'certain',
    evidence: [3],
    message,
    next: 'Choose another mechanism.',
  })
  const outcome = { how: 'failed', by: 'server', message } as const
  const told = describe({ auth: reply(501, 'cancelled') }, { outcome, findings: [broken] })
  expect(told).toMatchObject({ outcome: 'failed', message })
})

test('refused inside the exchange, without a reply that says so: the reason is what SCRAM said', () => {
  const message = 'SCRAM-SHA-256: the server refused inside the exchange with “unknown-user”.'
  const rejected = finding('auth-rejected', {
    phase: 'auth',
    side: 'server',
    confidence: 'certain',
    evidence: [3],
    message,
    next: 'Check user and password.',
  })
  const outcome = { how: 'refused', by: 'server', message } as const
  const told = describe({ mechanism: 'SCRAM-SHA-256' }, { outcome, findings: [rejected] })
  expect(told).toMatchObject({ outcome: 'rejected', message, next: 'Check user and password.' })
  // The server chose the word.
  const echoed = { ...outcome, message: message.replace('unknown-user', 'hunter') }
  expect(JSON.stringify(describe({ mechanism: 'SCRAM-SHA-256' }, { outcome: echoed, findings: [{ ...rejected, message: echoed.message }], secrets: ['hunter'] }))).not.toContain('hunter') // prettier-ignore
  // A greeting of 554 is no refusal of what was asked.
  expect(describe({}, { outcome, findings: [rejected] }).outcome).toBe('failed')
})

test('stopped as asked, by hand, by a cancel, with nothing to send', () => {
  const said = 'Stopped after authentication, as asked.'
  const outcome = { how: 'completed', by: 'client', message: said } as const
  expect(describe({ stoppedAt: 'auth' }, { outcome })).toMatchObject({ outcome: 'stopped', message: said })
  const recipients = [...none.recipients, { address: 'c@example.com', reply: reply(550, 'no') }]
  expect(describe({ stoppedAt: 'rcpt', recipients }, { outcome })).toMatchObject({
    outcome: 'stopped',
    message: `${said} 1 of 2 recipients was refused.`,
  })
  const refused = recipients.slice(1)
  expect(describe({ stoppedAt: 'rcpt', recipients: refused }, { outcome }).outcome).toBe('rejected')
  expect(describe({}, { outcome: { how: 'dropped', by: 'person', message: 'dropped' } }).outcome).toBe(
    'stopped',
  )
  expect(describe({}, { cancelled: true }).message).toContain('Cancelled')
  expect(describe({}, { sending: false }).outcome).toBe('stopped')
})

test('failed in the words of what was found, at most two', () => {
  const words = { side: 'server', confidence: 'certain', evidence: [1] } as const
  const findings = (['tcp-refused', 'tcp-timeout', 'tcp-reset'] as const).map((code) =>
    finding(code, { ...words, message: `${code}.`, next: `do ${code}` }),
  )
  expect(describe(undefined, { outcome: failed, findings })).toEqual({
    session: 's',
    outcome: 'failed',
    message: 'tcp-refused. tcp-timeout.',
    next: 'do tcp-refused',
    recipients: [],
    findings,
  })
  expect(describe(undefined, { outcome: failed })).toMatchObject({ message: 'it broke' })
})

test('where nobody could be asked the recipients are told all the same', () => {
  const { recipients } = describe(undefined, { outcome: failed, recipients: ['b@example.com'] })
  expect(recipients).toEqual([{ address: 'b@example.com', accepted: false, reply: '', findings: [] }])
})

test('secrets are hidden wherever a server repeats them', () => {
  const shown = describe({ final: reply(250, 'thanks hunter2') }, { secrets: ['hunter2'] })
  expect(JSON.stringify(shown)).not.toContain('hunter2')
})

test('a reply is one line and bounded', () => {
  expect(replyText({ code: 550, enhanced: '5.1.1', text: ['no', 'user'] })).toBe('550 5.1.1 no user')
  expect(replyText(reply(250, 'x'.repeat(9000)))).toBe(`250 ${'x'.repeat(492)} ...`)
  expect(replyText(reply(250, `${'x'.repeat(491)}😀😀😀😀`))).toBe(`250 ${'x'.repeat(491)} ...`)
})

const refusals = [
  { address: 'b@example.com', reply: reply(250, 'ok') },
  { address: 'c@example.com', reply: { code: 550, enhanced: '5.1.1', text: ['no such user'] } },
  { address: 'd@example.com', reply: { code: 451, enhanced: '4.7.1', text: ['Greylisted'] } },
  { address: 'e@example.com', reply: { code: 452, enhanced: '4.2.2', text: ['over quota'] } },
  { address: 'f@example.com', reply: reply(554, 'Relay access denied') },
  { address: 'g@example.com', reply: reply(421, 'too many connections') },
  { address: 'h@example.com', reply: null },
]

test('each recipient has its own finding', () => {
  const codes = (mail: ClientResult['mail']) =>
    describe({ mail, recipients: refusals, final: reply(250, 'queued') }).recipients.map(
      ({ findings }) => findings,
    )
  expect(codes(reply(250, 'ok'))).toEqual([
    [], ['recipient-unknown'], ['greylisted'], ['mailbox-full'], ['relay-denied'], ['closed-421'], [],
  ]) // prettier-ignore
  // Refused before anybody was named: nothing follows for whom.
  expect(codes(reply(530, 'sign in first')).flat()).toEqual([])
})

test('the next step is that of the refusal that decided, a mild one too', () => {
  const words = { side: 'server', confidence: 'likely', evidence: [1] } as const
  const findings = [finding('greylisted', { ...words, message: 'm', next: 'Wait.' })]
  const recipients = [refusals[2]!]
  expect(describe({ recipients }, { findings })).toMatchObject({ outcome: 'rejected', next: 'Wait.' })
  const partly = { recipients: [refusals[0]!, refusals[2]!], final: reply(250, 'queued') }
  expect(describe(partly, { findings })).toMatchObject({ outcome: 'partly-accepted', next: 'Wait.' })
})

test('times and octets are those of the journal', () => {
  const times = { result: () => ({ tcp: 5, total: 9 }), sentOctets: 0 }
  expect(describe({}, { times })).toMatchObject({ timings: { tcp: 5, total: 9 }, sentOctets: 0 })
  expect(describe({})).not.toHaveProperty('timings')
})
