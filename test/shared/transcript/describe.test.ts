import { expect, it } from 'vitest'
import { describe } from '#shared/transcript/describe.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { end, line, numbered, reply } from './samples.ts'

const say = (body: EventBody, waited?: number) => describe(numbered([body])[0]!, waited)

it.each<[string, EventBody, number | undefined]>([
  [
    'Server, 235 2.7.0, Authentication successful, sealed, after 118 milliseconds',
    reply('235 2.7.0 Authentication successful', 'auth', { enhanced: '2.7.0', sealed: true }),
    118_000,
  ],
  ['Client, AUTH PLAIN ••••••••', line('AUTH PLAIN ********', 'auth', { masked: [{ start: 11, end: 19 }] }), undefined], // prettier-ignore
  ['Server, 250, mail.example, SIZE 100', reply('250-mail.example\r\n250 SIZE 100', 'ehlo'), undefined],
  ['Server, not an SMTP reply: HTTP/1.1 400 Bad Request', { kind: 'reply', direction: 'to-client', phase: 'banner', raw: 'HTTP/1.1 400 Bad Request\r\n' }, undefined], // prettier-ignore
  ['Client, message content, 48.8 KiB, the last', { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: 50_000, last: true, encoding: 'data' }, undefined], // prettier-ignore
  ['Connected to [::1]:25, after 2 milliseconds', { kind: 'connect', direction: 'none', phase: 'tcp', address: '::1', port: 25, family: 6, took: 2000, outcome: 'connected' }, undefined], // prettier-ignore
  ['Connecting refused, 192.0.2.1:25: Nothing listens there., after 2 milliseconds', { kind: 'connect', direction: 'none', phase: 'tcp', address: '192.0.2.1', port: 25, family: 4, took: 2000, outcome: 'refused', fault: { code: 'ECONNREFUSED', message: 'Nothing listens there.' } }, undefined], // prettier-ignore
  ['Looked up mail.example, asked of 192.0.2.53:53: 192.0.2.1, after 1 millisecond', { kind: 'resolve', direction: 'none', phase: 'dns', name: 'mail.example', family: 4, addresses: [{ address: '192.0.2.1', family: 4 }], server: '192.0.2.53:53', took: 1000 }, undefined], // prettier-ignore
  ['Looked up mail.example: 192.0.2.1, after 1 millisecond', { kind: 'resolve', direction: 'none', phase: 'dns', name: 'mail.example', family: 0, addresses: [{ address: '192.0.2.1', family: 4 }], took: 1000 }, undefined], // prettier-ignore
  ['TLS established, TLSv1.3, TLS_AES_256_GCM_SHA384, certificate not verified: self-signed, after 9 milliseconds', { kind: 'tls', direction: 'none', phase: 'tls', outcome: 'established', took: 9000, version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', verified: false, problem: { code: 'X', message: 'self-signed' } }, undefined], // prettier-ignore
  ['TLS handshake failed: alert 40, after 9 milliseconds', { kind: 'tls', direction: 'none', phase: 'tls', outcome: 'failed', took: 9000, fault: { code: 'X', message: 'alert 40' } }, undefined], // prettier-ignore
  ['TLS established, after 9 milliseconds', { kind: 'tls', direction: 'none', phase: 'tls', outcome: 'established', took: 9000 }, 9000], // prettier-ignore
  ['Held at a breakpoint for 3 seconds', { kind: 'wait', direction: 'none', phase: 'mail', why: 'breakpoint', took: 3_000_000 }, undefined], // prettier-ignore
  ['Delayed by a person for 3 seconds', { kind: 'wait', direction: 'none', phase: 'mail', why: 'delay', took: 3_000_000 }, undefined], // prettier-ignore
  ['A person skipped a line: RCPT TO:<a@b>', { kind: 'edit', direction: 'to-server', phase: 'rcpt', action: 'skipped', before: 'RCPT TO:<a@b>\r\n' }, undefined], // prettier-ignore
  ['A person reset the connection before RCPT TO:<a@b>', { kind: 'edit', direction: 'to-server', phase: 'rcpt', action: 'reset', before: 'RCPT TO:<a@b>\r\n' }, undefined], // prettier-ignore
  ['A person dropped the connection before the message itself', { kind: 'edit', direction: 'to-server', phase: 'body', action: 'dropped', before: 'Date: now\r\n' }, undefined], // prettier-ignore
  ['A person dropped the connection before the dot that ends the message', { kind: 'edit', direction: 'to-server', phase: 'body', action: 'dropped', before: '.\r\n' }, undefined], // prettier-ignore
  ['A person dropped the connection', { kind: 'edit', direction: 'to-server', phase: 'other', action: 'dropped' }, undefined], // prettier-ignore
  ['A person edited a line: MAIL FROM:<>', { kind: 'edit', direction: 'to-server', phase: 'mail', action: 'edited', before: 'x', after: 'MAIL FROM:<>\r\n' }, undefined], // prettier-ignore
  ['Finding, error: It failed. Try 587.', { kind: 'finding', direction: 'none', phase: 'tcp', code: 'tcp-refused', severity: 'error', side: 'server', confidence: 'certain', evidence: [1], message: 'It failed.', next: 'Try 587.' }, undefined], // prettier-ignore
  ['Finding, error: The server refused DATA: 554 5.5.1 no valid recipients. Read the reply.', { kind: 'finding', direction: 'none', phase: 'data', code: 'tcp-refused', severity: 'error', side: 'server', confidence: 'certain', evidence: [1], message: 'The server refused DATA: 554 5.5.1 no valid recipients', next: 'Read the reply.' }, undefined], // prettier-ignore
  ['Client, xy, cut, 9,000 octets in all, changed by a person', line('xy', 'other', { cutFrom: 9000, edited: true }), undefined], // prettier-ignore
  ['Client, NOOP, added by a person', line('NOOP', 'other', { edited: true, added: true }), undefined], // prettier-ignore
  ['Connected to 192.0.2.1:25', { kind: 'connect', direction: 'none', phase: 'tcp', address: '192.0.2.1', port: 25, family: 4, took: 0, outcome: 'connected' }, undefined], // prettier-ignore
  ['Beside the dialogue, === Trying, and 2 more lines', { kind: 'remark', direction: 'none', phase: 'other', text: '=== Trying\na\nb', understood: true }, undefined], // prettier-ignore
  ['Not understood, x, cut, 20,000 characters in all', { kind: 'remark', direction: 'none', phase: 'other', text: 'x', understood: false, cutFrom: 20_000 }, undefined], // prettier-ignore
  ['End: QUIT was answered.', end(), undefined],
])('says "%s"', (words, body, waited) => {
  expect(say(body, waited)).toBe(words)
})
