import { expect, test } from 'vitest'
import { sessionOutcome } from '#shared/inbox/outcome.ts'
import type { EventBody, Phase, TranscriptEvent } from '#shared/transcript/event.ts'

const line = (verb: string, raw: string, phase: Phase): EventBody => ({ kind: 'line', direction: 'to-server', phase, verb, raw: `${raw}\r\n` }) // prettier-ignore
const reply = (code: number, phase: Phase, text = 'words'): EventBody => ({ kind: 'reply', direction: 'to-client', phase, code, raw: `${code} ${text}\r\n` }) // prettier-ignore
const chunk = (size: number): EventBody => ({ kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size, last: false, encoding: 'data' }) // prettier-ignore
const end = (outcome: 'completed' | 'closed' | 'timeout'): EventBody => ({ kind: 'end', direction: 'none', phase: 'other', outcome, by: 'client', message: 'The client left.' }) // prettier-ignore
const connect: EventBody = { kind: 'connect', direction: 'none', phase: 'tcp', address: '127.0.0.1', port: 50_118, family: 4, took: 0, outcome: 'connected' } // prettier-ignore
const events = (...bodies: EventBody[]): TranscriptEvent[] =>
  [connect, ...bodies].map((body, i) => ({ ...body, session: 's', seq: i + 1, at: i }))

const ehlo = [line('EHLO', 'EHLO me', 'ehlo'), reply(250, 'ehlo')]
const mail = [line('MAIL', 'MAIL FROM:<a@b.test> SIZE=49152', 'mail'), reply(250, 'mail')]
const rcpt = (code: number) => [line('RCPT', 'RCPT TO:<c@d.test>', 'rcpt'), reply(code, 'rcpt', '5.1.1 no')]
const quit = [line('QUIT', 'QUIT', 'quit'), reply(221, 'quit')]
const about = { words: 'Refused at RCPT, 550', messages: [], host: '127.0.0.1' }

test('a refused recipient decides, also when DATA is refused after it', () => {
  const all = events(...ehlo, ...mail, ...rcpt(550), line('DATA', 'DATA', 'data'), reply(503, 'data'), ...quit, end('completed')) // prettier-ignore
  expect(sessionOutcome(about, all)).toEqual({
    outcome: 'refused', words: 'Refused at RCPT, 550', phase: 'rcpt', client: '127.0.0.1:50118', mailFrom: 'a@b.test', rcptTo: ['c@d.test'],
    sealed: false, arrived: 0, declared: 49_152, decided: '550 5.1.1 no', seq: 7,
  }) // prettier-ignore
})

test('a step that succeeds later is no refusal any more; who signed in is told', () => {
  const all = events(...ehlo, reply(535, 'auth'), reply(235, 'auth', '2.7.0 Authenticated as ann'), ...quit, end('completed')) // prettier-ignore
  expect(sessionOutcome(about, all)).toMatchObject({ outcome: 'idle', user: 'ann' })
})

test('a client that leaves during the body broke off, with what had arrived', () => {
  const all = events(...ehlo, ...mail, ...rcpt(250), reply(354, 'data'), chunk(1000), chunk(200), end('closed')) // prettier-ignore
  expect(sessionOutcome(about, all)).toMatchObject({ outcome: 'broken', phase: 'body', arrived: 1200, decided: 'The client left.' }) // prettier-ignore
})

test('what the server hangs up with decides, also where it belongs to no step', () => {
  const hungUp: EventBody = { kind: 'end', direction: 'none', phase: 'other', outcome: 'refused', by: 'server', message: 'The client speaks HTTP (GET).' } // prettier-ignore
  const get = line('GET', 'GET / HTTP/1.1', 'other')
  expect(sessionOutcome(about, events(get, reply(554, 'other', '5.5.1 This is SMTP, not HTTP'), hungUp))).toMatchObject({
    outcome: 'refused', words: 'The client speaks HTTP (GET), 554', phase: 'other', decided: '554 5.5.1 This is SMTP, not HTTP', seq: 3,
  }) // prettier-ignore
  expect(
    sessionOutcome(about, events(...ehlo, reply(500, 'other'), ...quit, end('completed'))),
  ).toMatchObject({ outcome: 'idle' })
  expect(sessionOutcome(about, events(...ehlo, ...mail, ...rcpt(550), reply(421, 'other'), hungUp))).toMatchObject({ phase: 'rcpt', words: 'Refused at RCPT, 550' }) // prettier-ignore
})

test('a client that is hung up on without a reply is refused, not silent', () => {
  const message = 'The client sent a TLS ClientHello to a port that speaks SMTP first.'
  const hungUp: EventBody = { kind: 'end', direction: 'none', phase: 'banner', outcome: 'refused', by: 'server', message } // prettier-ignore
  expect(sessionOutcome(about, events(reply(220, 'banner'), hungUp))).toMatchObject({
    outcome: 'refused', words: message.slice(0, -1), decided: message, seq: 3,
  }) // prettier-ignore
})

test('one that leaves without QUIT broke off; one that says QUIT or nothing is idle', () => {
  expect(sessionOutcome(about, events(...ehlo, end('closed')))).toMatchObject({ outcome: 'broken' })
  expect(sessionOutcome(about, events(...ehlo, ...quit, end('completed')))).toMatchObject({ outcome: 'idle' })
  expect(sessionOutcome(about, events(end('closed')))).toMatchObject({ outcome: 'idle', words: 'Connected and said nothing' }) // prettier-ignore
  expect(sessionOutcome(about, events(reply(421, 'banner'), end('completed')))).toMatchObject({ outcome: 'refused', phase: 'banner' }) // prettier-ignore
})

const failedTls = (code: string, message: string): EventBody => ({ kind: 'tls', direction: 'none', phase: 'tls', outcome: 'failed', took: 1, fault: { code, message } }) // prettier-ignore

test('a handshake that failed is refused where the port asked for what did not come, and broken off otherwise', () => {
  const versions = 'The client offers no TLS version that this port takes.'
  expect(sessionOutcome(about, events(failedTls('tls-no-common-version', versions), end('closed')))).toMatchObject({
    outcome: 'refused', words: 'TLS handshake failed', phase: 'tls', decided: versions, seq: 2, sealed: false,
  }) // prettier-ignore
  const distrust = failedTls('certificate-untrusted-root', 'The client does not trust the certificate.')
  expect(sessionOutcome(about, events(...ehlo, distrust, end('closed')))).toMatchObject({ outcome: 'broken', words: 'TLS handshake failed', decided: 'The client does not trust the certificate.' }) // prettier-ignore
})

const kept = [...mail, ...rcpt(250), line('DATA', 'DATA', 'data'), reply(354, 'data'), chunk(10), reply(250, 'body')] // prettier-ignore
const delivered = { ...about, messages: ['s.1'] }

test('a session that delivered all it brought is no row of its own, a refused recipient or sign-in included', () => {
  expect(sessionOutcome(delivered, events())).toBeNull()
  const all = events(...ehlo, reply(535, 'auth'), ...mail, ...rcpt(550), ...rcpt(250), reply(354, 'data'), chunk(9), reply(250, 'body'), ...quit, end('completed')) // prettier-ignore
  expect(sessionOutcome(delivered, all)).toBeNull()
  expect(sessionOutcome(delivered, events(...ehlo, ...kept, end('closed')))).toBeNull()
})

test.each([
  ['before', 0],
  ['after', 1],
])('one refused message %s a kept one is a row with its own envelope', (_name, first) => {
  const other = [line('MAIL', 'MAIL FROM:<x@y.test> SIZE=7', 'mail'), reply(250, 'mail'), line('RCPT', 'RCPT TO:<no@d.test>', 'rcpt'), reply(550, 'rcpt', '5.1.1 no'), line('DATA', 'DATA', 'data'), reply(503, 'data'), line('RSET', 'RSET', 'other'), reply(250, 'other')] // prettier-ignore
  const both = first === 0 ? [...other, ...kept] : [...kept, ...other]
  expect(sessionOutcome(delivered, events(...ehlo, ...both, ...quit, end('completed')))).toMatchObject({
    outcome: 'refused', words: 'Refused at RCPT, 550; 1 other kept', mailFrom: 'x@y.test', rcptTo: ['no@d.test'], declared: 7, arrived: 0, phase: 'rcpt', decided: '550 5.1.1 no',
  }) // prettier-ignore
})

test('the body that was refused, or cut off, beside kept ones', () => {
  const refused = [...mail, ...rcpt(250), reply(354, 'data'), chunk(30), reply(552, 'body', '5.3.4 big')]
  const two = { ...about, messages: ['s.1', 's.2'] }
  expect(sessionOutcome(two, events(...ehlo, ...kept, ...kept, ...refused, ...quit, end('completed')))).toMatchObject({ words: 'Refused at the end of data, 552; 2 others kept', arrived: 30 }) // prettier-ignore
  const cut = events(...ehlo, ...kept, ...mail, ...rcpt(250), reply(354, 'data'), chunk(30), end('closed'))
  expect(sessionOutcome(delivered, cut)).toMatchObject({ outcome: 'broken', words: 'Broken off in a message; 1 other kept', arrived: 30, decided: 'The client left.' }) // prettier-ignore
})

test('mail that the relay took is told as queued, and what was refused or cut off beside it has its row', () => {
  const queued = { ...about, queued: 1 }
  expect(sessionOutcome(queued, events(...ehlo, ...kept, ...quit, end('completed')))).toBeNull()
  const refused = [...mail, ...rcpt(550), line('RSET', 'RSET', 'other'), reply(250, 'other')]
  const beside = (more: object) => sessionOutcome({ ...queued, ...more }, events(...ehlo, ...kept, ...refused, ...quit, end('completed')))?.words // prettier-ignore
  expect(beside({})).toBe('Refused at RCPT, 550; 1 other queued')
  expect(beside({ queued: 2 })).toBe('Refused at RCPT, 550; 2 others queued')
  expect(beside({ messages: ['s.1', 's.2'] })).toBe('Refused at RCPT, 550; 2 others kept and 1 queued')
  const cut = events(...ehlo, ...kept, ...mail, ...rcpt(250), reply(354, 'data'), chunk(30), end('closed'))
  expect(sessionOutcome(queued, cut)).toMatchObject({ outcome: 'broken', words: 'Broken off in a message; 1 other queued' }) // prettier-ignore
  expect(sessionOutcome({ ...about, queued: 0 }, cut)).toMatchObject({ outcome: 'broken', words: about.words }) // prettier-ignore
})

test('what was left out of a long session is not guessed at', () => {
  const all = events(...ehlo, ...kept, ...mail, ...rcpt(250), reply(354, 'data'), chunk(30), reply(250, 'body'), ...quit, end('completed')) // prettier-ignore
  const chunkAt = all.findLastIndex(({ kind }) => kind === 'chunk')
  expect(sessionOutcome(delivered, all.toSpliced(chunkAt - 4, 5))).toBeNull()
})
