import { expect, it } from 'vitest'
import { faultsOf, read, spoken } from './read.ts'

/** As the server writes it: both sides' lines in turn, nothing between them. */
const log = `220 desk smtp4dev ready
EHLO client
250-Nice to meet you.
250-8BITMIME
250 STARTTLS
STARTTLS
220 Ready to start TLS
EHLO client
250-Nice to meet you.
250 AUTH PLAIN LOGIN
AUTH PLAIN AGpvaG4AaHVudGVyMg==
235 Authenticated OK
MAIL FROM:<ana@lab.local>
250 New message started
RCPT TO:<bruno@lab.local>
250 Recipient accepted
DATA
354 End message with period
Subject: Test

Ola
.
250 Mail accepted
QUIT
221 Goodbye
`.replaceAll('\n', '\r\n')

it('reads a session log of the server, content and what was inside TLS', () => {
  const imported = read(log)
  const session = imported.sessions[0]!
  expect(imported.form).toBe('smtp4dev')
  expect(faultsOf(log, imported)).toEqual([])
  expect(session.head).toMatchObject({ role: 'server', tls: 'starttls', title: 'smtp4dev session' })
  expect(spoken(session).slice(4, 9)).toEqual(['S: starttls 220 Ready to start TLS', 'tls established', '#C: ehlo EHLO client', '#S: ehlo 250-Nice to meet you. / 250 AUTH PLAIN LOGIN', '#C: auth AUTH PLAIN ••••••••']) // prettier-ignore
  expect(spoken(session)).toContain('#C: body 22 last')
})
