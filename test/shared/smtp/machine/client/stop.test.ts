import { assert, boolean, constantFrom, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { type ClientOptions, stopHows, stopPoints } from '#shared/smtp/machine/options.ts'
import { hashes } from '#test/support/hashes.ts'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { bytes, pump, transaction } from '#test/support/smtp/pump.ts'

const ok = '250 ok'
const content = 'Subject: hi\r\n\r\nhello\r\n'
const sized = (to?: string[]) => ({ transaction: transaction(to, { size: content.length }) })
const play = (change: Partial<ClientOptions>, replies: string[]) =>
  clientPlay({ ...sized(), ...change }, replies, { content: [content] })
const closes = ({ effects }: ReturnType<typeof play>) => effects.filter(({ type }) => type === 'close')

test.each([
  ['connect', ['220 hi'], 'Stopped after the greeting, as asked.'],
  ['ehlo', hello(), 'Stopped after EHLO, as asked.'],
  ['tls', hello(), 'Stopped after EHLO: the connection has no TLS to stop after.'],
  ['auth', hello(), 'Stopped before MAIL FROM: nobody signed in.'],
  ['mail', [...hello(), ok], 'Stopped after MAIL FROM, as asked.'],
  ['rcpt', [...hello(), ok, ok], 'Stopped after RCPT TO, as asked.'],
] as const)('after %s: QUIT, close or reset', (stopAfter, replies, words) => {
  const quit = play({ stopAfter }, [...replies, '221 bye'])
  expect([quit.said.at(-1), quit.outcome?.message]).toEqual(['QUIT\r\n', words])
  for (const stopHow of ['close', 'reset'] as const) {
    const cut = play({ stopAfter, stopHow }, [...replies])
    expect(cut.said).toEqual(quit.said.slice(0, -1))
    expect(closes(cut)).toEqual([stopHow === 'reset' ? { type: 'close', reset: true } : { type: 'close' }])
    expect([cut.outcome?.how, cut.result.stoppedAt]).toEqual(['completed', stopAfter])
    expect(cut.outcome?.message).toContain(stopHow === 'reset' ? 'was reset.' : 'closed without QUIT.')
  }
})

test('what a stop follows is said to have happened only where it has', () => {
  const auth = { mechanism: 'plain', user: 'u', password: 'p', allowUnprotected: true, hashes, host: 'x.test', port: 587 } as const // prettier-ignore
  const signed = play({ stopAfter: 'auth', auth }, [...hello('AUTH PLAIN'), '235 ok', '221 bye'])
  expect(signed.outcome?.message).toBe('Stopped after authentication, as asked.')
  const upgrade = [...hello('STARTTLS'), '220 go', '250 mx', '221 bye']
  const sealed = play({ stopAfter: 'tls', tls: 'starttls' }, upgrade)
  expect(sealed.outcome?.message).toBe('Stopped after TLS, as asked.')
})

test.each(['PIPELINING', 'HELP'])('after the n-th recipient, with %s', (offer) => {
  const to = ['b@example.org', 'c@example.org', 'd@example.org']
  const options = { ...sized(to), stopAfter: 'rcpt', stopAt: { recipient: 2 } } as const
  const { said, outcome, result } = clientPlay(options, [...hello(offer), ok, ok, '550 5.1.1 no', '221 bye'])
  expect(said.slice(1).map((line) => line.slice(0, 4))).toEqual(['MAIL', 'RCPT', 'RCPT', 'QUIT'])
  expect(outcome?.message).toBe('Stopped after RCPT TO 2 of 3, as asked.')
  expect(result.recipients.map(({ reply }) => reply?.code)).toEqual([250, 550, undefined])
})

test.each([0, 5, 13, content.length, 1000])('inside the content, after %i octets', (octets) => {
  const stop = { stopAfter: 'body', stopAt: { octets } } as const
  const { said, outcome, result } = play(stop, [...hello(), ok, ok, '354 go'])
  expect(said.slice(4).join('')).toBe(content.slice(0, octets))
  expect([outcome?.how, result.stoppedAt]).toEqual(['completed', 'body'])
  const place = octets < content.length ? `after ${octets} octets of the message` : 'before the final dot'
  expect(outcome?.message).toBe(
    `Stopped ${place}, as asked. The connection was closed without QUIT; nothing was delivered.`,
  )
})

test('a line that is cut there gets no end, and its dots are doubled', () => {
  const stop = { stopAfter: 'body', stopAt: { octets: 3 } } as const
  const { said } = clientPlay({ ...sized(), ...stop }, [...hello(), ok, ok, '354 go'], { content: ['.a.b'] })
  expect(said.at(-1)).toBe('..a.')
})

test('a QUIT that was asked for is not said inside content: it would be delivered as content', () => {
  for (const stopAfter of ['data', 'body'] as const) {
    const { said, outcome } = play({ stopAfter, stopHow: 'quit' }, [...hello(), ok, ok, '354 go'])
    expect(said).not.toContain('QUIT\r\n')
    expect(outcome?.message).toContain('closed without QUIT; nothing was delivered.')
  }
})

test('content can be broken off by a reset', () => {
  const options = { stopAfter: 'body', stopHow: 'reset', stopAt: { octets: 4 } } as const
  const cut = play(options, [...hello(), ok, ok, '354 go'])
  expect(closes(cut)).toEqual([{ type: 'close', reset: true }])
  expect(cut.outcome?.message).toContain('The connection was reset; nothing was delivered.')
})

test.each([0, 4])('between two chunks, after %i octets, QUIT can be said (RFC 3030 §2)', (octets) => {
  const options = { chunking: true, stopAfter: 'body', stopAt: { octets } } as const
  const chunk = octets === 0 ? [] : [ok]
  const { said, outcome, result } = play(options, [...hello('CHUNKING'), ok, ok, ...chunk, '221 bye'])
  expect(said.slice(3)).toEqual([...(octets === 0 ? [] : ['BDAT 4\r\nSubj']), 'QUIT\r\n'])
  expect(outcome?.message).toBe(
    `Stopped after ${octets} octets of the message, as asked. Nothing was delivered.`,
  )
  expect(result.stoppedAt).toBe('body')
  const cut = play({ ...options, stopHow: 'close' }, [...hello('CHUNKING'), ok, ok, ...chunk])
  expect([cut.said.at(-1)?.slice(0, 4), cut.state]).toEqual([octets === 0 ? 'RCPT' : 'BDAT', 'done'])
})

test.each(['close', 'reset'] as const)(
  'a message that was taken may be followed by a %s instead of QUIT',
  (stopHow) => {
    const cut = play({ stopHow }, [...hello(), ok, ok, '354 go', '250 2.0.0 kept'])
    expect(cut.said.at(-1)).toBe('.\r\n')
    expect([closes(cut).length, cut.outcome?.how, cut.result.stoppedAt]).toEqual([1, 'completed', null])
    expect(cut.result.final?.code).toBe(250)
  },
)

test('against our own server: every stop ends the session, and nothing but a whole message is kept', () => {
  const to = ['a@example.org', 'b@example.org', 'c@example.org']
  const plans = record({
    stopAfter: constantFrom(...stopPoints),
    stopHow: constantFrom(...stopHows),
    pipelining: boolean(),
    chunking: boolean(),
    recipient: integer({ min: 1, max: 4 }),
    octets: integer({ min: 0, max: 2 * content.length }),
    cut: integer({ min: 1, max: 40 }),
  })
  const dsn = { notify: ['SUCCESS', 'FAILURE'], ret: 'HDRS', envid: 'e=1' } as const
  assert(
    property(plans, ({ recipient, octets, cut, ...plan }) => {
      const options = { ...sized(to), ...plan, stopAt: { recipient, octets } }
      options.transaction = { ...options.transaction, dsn: { ...dsn } } as typeof options.transaction
      const run = pump(options, { content: bytes(content), cut: () => cut })
      expect([run.outcomes.client.length, run.clientOutcome?.how]).toEqual([1, 'completed'])
      expect(run.server.state).toBe('done')
      expect(run.messages).toEqual(plan.stopAfter === 'end' ? [content] : [])
      expect(run.client.result().stoppedAt).toBe(plan.stopAfter === 'end' ? null : plan.stopAfter)
    }),
    { numRuns: 300 },
  )
})
