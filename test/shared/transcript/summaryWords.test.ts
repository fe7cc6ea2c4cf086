import { expect, it } from 'vitest'
import type { EventBody, EventOf, SessionHead } from '#shared/transcript/event.ts'
import { beginSummary, foldSummary, summarize, summaryOf } from '#shared/transcript/summarize.ts'
import { end, head, line, numbered, reply } from './samples.ts'

const hello = [
  reply('220 hi', 'banner'),
  line('EHLO me', 'ehlo', { verb: 'EHLO' }),
  reply('250-hi\r\n250 STARTTLS', 'ehlo'),
]
const plainHello = [...hello.slice(0, 2), reply('250 hi', 'ehlo')]
const mail = [line('MAIL FROM:<a@b>', 'mail', { verb: 'MAIL' }), reply('250 OK', 'mail')]
const rcpt = [line('RCPT TO:<a@b>', 'rcpt', { verb: 'RCPT' }), reply('250 OK', 'rcpt')]
const message = [...mail, ...rcpt, reply('354 go', 'data'), reply('250 kept', 'body')]
const chunk = (command: string, answer = '250 OK') => [line(command, 'body', { verb: 'BDAT' }), reply(answer, 'body')] // prettier-ignore
const content = (last: boolean): EventBody => ({ kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: 9, last, encoding: 'data' }) // prettier-ignore
const connect = (outcome: EventOf<'connect'>['outcome']): EventBody =>
  ({ kind: 'connect', direction: 'none', phase: 'tcp', address: '192.0.2.1', port: 25, family: 4, took: 5, outcome }) // prettier-ignore
const tls = (outcome: 'established' | 'failed'): EventBody => ({ kind: 'tls', direction: 'none', phase: 'tls', outcome, took: 5, version: 'TLSv1.3' }) // prettier-ignore
const closed = (by: string, outcome = 'closed') => end({ outcome, by })
const server = { role: 'server', source: 'server' } as const

it.each<[string, string, EventBody[], Partial<SessionHead>]>([
  ['Message kept, 250', 'good', [...hello, ...message, end()], server],
  ['Answered', 'neutral', [end()], { source: 'probe', title: 'TLS scan' }],
  ['Message accepted, 250', 'good', [...hello, ...message, end()], {}],
  ['Message accepted, 250', 'good', [...hello, ...mail, ...rcpt, ...chunk('BDAT 9'), ...chunk('BDAT 9'), ...chunk('BDAT 1 LAST'), end()], {}], // prettier-ignore
  ['Message refused, 552', 'bad', [...hello, ...mail, ...rcpt, ...chunk('BDAT 9'), ...chunk('BDAT 9', '552 no'), end()], {}], // prettier-ignore
  ['Client left in the middle of the message', 'warn', [...hello, ...mail, ...rcpt, ...chunk('BDAT 9'), closed('client')], server], // prettier-ignore
  ['Client left in the middle of the message', 'warn', [...hello, ...mail, ...rcpt, line('DATA', 'data', { verb: 'DATA' }), reply('354 go', 'data'), content(false), closed('client')], server], // prettier-ignore
  ['Connection reset after the message', 'bad', [...hello, ...mail, ...rcpt, line('DATA', 'data', { verb: 'DATA' }), reply('354 go', 'data'), content(true), closed('network', 'reset')], {}], // prettier-ignore
  ['Refused at RCPT, 550', 'bad', [...hello, ...mail, reply('550 no', 'rcpt'), reply('354 go', 'data'), reply('250 taken', 'body'), end()], {}], // prettier-ignore
  ['2 messages kept, 250', 'good', [...hello, ...message, ...message, end()], server],
  ['Message accepted for 1 of 2, 250', 'warn', [...hello, ...mail, reply('550 no', 'rcpt'), ...rcpt, reply('250 ok', 'body'), end()], {}], // prettier-ignore
  ['Message accepted, the last refused, 554', 'warn', [...hello, ...message, ...mail, ...rcpt, reply('554 spam', 'body'), end()], {}], // prettier-ignore
  ['Refused at RCPT, 550', 'bad', [...hello, ...mail, reply('550 no', 'rcpt'), end()], server],
  ['Put off at RCPT, 451', 'warn', [...hello, ...mail, reply('451 later', 'rcpt'), end()], {}],
  ['Refused at MAIL, 530', 'bad', [...hello, reply('530 sign in', 'mail'), end()], {}],
  ['Refused at MAIL, 552', 'bad', [...hello, reply('552 too large', 'mail'), reply('503 MAIL first', 'rcpt'), reply('503 MAIL first', 'data'), end()], {}], // prettier-ignore
  ['Message refused, 554', 'bad', [...hello, ...mail, ...rcpt, reply('554 spam', 'body'), end()], {}],
  ['Password refused, 535', 'bad', [...hello, reply('535 no', 'auth'), end()], {}],
  ['Sign-in put off, 454', 'warn', [...hello, reply('454 later', 'auth'), end()], {}],
  ['Message accepted, 250', 'good', [...hello, reply('535 no', 'auth'), reply('235 yes', 'auth'), ...message, end()], {}], // prettier-ignore
  ['Turned away at the greeting, 554', 'bad', [reply('554 no', 'banner'), closed('server')], {}],
  ['Turned away at the greeting, 421', 'warn', [reply('421 busy', 'banner'), closed('server')], {}],
  ['Nothing listens there', 'bad', [connect('refused'), closed('network', 'refused')], {}],
  ['No answer to the connection', 'bad', [connect('timeout'), closed('network', 'timeout')], {}],
  [
    'The text ends after MAIL',
    'neutral',
    [...hello, ...mail, closed('this-computer', 'cancelled')],
    { source: 'import' },
  ],
  [
    'Cancelled after MAIL',
    'neutral',
    [...hello, ...mail, closed('person', 'cancelled')],
    { source: 'import' },
  ],
  ['Refused at RCPT, 550', 'bad', [...hello, ...mail, reply('550 no', 'rcpt'), reply('554 no valid recipients', 'data'), end()], {}], // prettier-ignore
  ['Refused at DATA, 554', 'bad', [...hello, ...mail, ...rcpt, reply('550 no', 'rcpt'), reply('554 policy', 'data'), end()], {}], // prettier-ignore
  ['Cancelled while connecting', 'neutral', [connect('cancelled'), closed('person', 'cancelled')], {}],
  ['Connection dropped after connecting', 'warn', [connect('connected'), closed('person', 'dropped')], {}],
  ['Name not found', 'bad', [{ kind: 'resolve', direction: 'none', phase: 'dns', name: 'x', family: 0, addresses: [], took: 1 }, closed('network', 'failed')], {}], // prettier-ignore
  ['Client left after EHLO', 'warn', [...hello, closed('client')], server],
  [
    'QUIT, no message',
    'neutral',
    [...hello, line('QUIT', 'quit', { verb: 'QUIT' }), reply('221 bye', 'quit'), end()],
    server,
  ],
  ['Finished by QUIT', 'neutral', [connect('connected'), end({ phase: 'quit' })], { role: 'server', source: 'import' }], // prettier-ignore
  ['Client left after RCPT', 'warn', [connect('connected'), end({ outcome: 'closed', by: 'client', phase: 'rcpt' })], { role: 'server', source: 'import' }], // prettier-ignore
  ['Client left after HELO', 'warn', [line('HELO me', 'ehlo', { verb: 'HELO' }), end()], server],
  ['Server left after the greeting', 'warn', [reply('220 hi', 'banner'), closed('server')], {}],
  [
    'Server left after the greeting',
    'warn',
    [reply('220 hi', 'banner'), reply('421 4.4.2 idle', 'other'), closed('server')],
    {},
  ],
  [
    'Server left after a command',
    'warn',
    [reply('220 hi', 'banner'), line('FOO', 'other'), reply('421 x', 'other'), closed('server')],
    {},
  ],
  ['Connection reset after RCPT', 'bad', [...hello, ...mail, ...rcpt, closed('network', 'reset')], {}],
  ['No answer after DATA', 'bad', [...hello, reply('354 go', 'data'), closed('server', 'timeout')], {}],
  ['STARTTLS not offered', 'bad', [...plainHello, end()], {}],
  ['STARTTLS refused, 554', 'bad', [...hello, reply('554 no', 'starttls'), end()], {}],
  ['TLS handshake failed', 'bad', [...hello, tls('failed'), closed('server', 'failed')], {}],
  ['Answered over TLSv1.3', 'neutral', [...hello, tls('established'), ...plainHello, end()], {}],
  ['Answered in clear', 'neutral', [...plainHello, end()], { tls: 'none' }],
  ['Signed in, nothing sent', 'neutral', [...hello, reply('235 yes', 'auth'), end()], {}],
  ['Not an SMTP server', 'bad', [{ kind: 'reply', direction: 'to-client', phase: 'banner', raw: 'HTTP/1.1 400\r\n' }, closed('server')], {}], // prettier-ignore
])('says "%s" (%s)', (words, tone, bodies, more) => {
  expect(summarize(head(more), numbered(bodies))).toMatchObject({ words, tone, state: 'ended' })
})

it('says where a live session stands, and that it is held', () => {
  const state = beginSummary(head())
  expect(summaryOf(state).words).toBe('Connecting')
  foldSummary(state, numbered([connect('connected')])[0]!)
  expect(summaryOf(state).words).toBe('Connected')
  for (const event of numbered([...hello, ...mail])) foldSummary(state, event)
  expect(summaryOf(state)).toMatchObject({ words: 'At MAIL', tone: 'neutral' })
  expect(summaryOf(state, true)).toMatchObject({ words: 'Held after MAIL', state: 'held' })
})
