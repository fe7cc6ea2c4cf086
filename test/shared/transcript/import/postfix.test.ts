import { expect, it } from 'vitest'
import { codes, commands, faultsOf, read, short, spoken } from './read.ts'
import { postfixVerbose } from './texts.ts'

it('reads each connection of a verbose log as a session, whole', () => {
  const imported = read(postfixVerbose)
  const [first, second] = imported.sessions
  expect(imported.form).toBe('postfix')
  expect(imported.sessions).toHaveLength(2)
  expect(faultsOf(postfixVerbose, imported)).toEqual([])
  expect(first!.head).toMatchObject({ role: 'server', host: '127.0.0.1', times: 'seconds', startedAt: '2026-11-22T02:17:45.000Z' }) // prettier-ignore
  expect(commands(first!)).toEqual(['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'QUIT'])
  expect(codes(first!)).toEqual([220, 250, 334, 334, 235, 250, 250, 354, 250, 221])
  expect(spoken(first!)).toContain('S: body 250 2.0.0 Ok: queued as 6C21B210A74')
  expect(short(first!).at(-1)).toBe('end completed by client')
  expect(short(second!).slice(2)).toEqual([expect.stringMatching(/^\|/), 'tls failed closed', expect.stringMatching(/^\|/), 'end closed by client']) // prettier-ignore
  expect(JSON.stringify(imported)).not.toMatch(/secret w0rd|c2VjcmV0/)
})

it('shows lines that are none of Postfix’s as not understood, none lost', () => {
  const text = `garbage before\n${postfixVerbose}Nov 22 02:18:00 mx sshd[1]: hello\n`
  const imported = read(text)
  expect(faultsOf(text, imported)).toEqual([])
  expect(imported.sessions.reduce((n, { lines }) => n + lines.unknown, 0)).toBe(2)
})

it('reads a log without connections as one session beside nothing', () => {
  const text = 'Nov 22 02:18:00 mx postfix/qmgr[1]: A1B2C3D4E5: removed\nNov 22 02:18:00 mx postfix/master[1]: daemon started\n' // prettier-ignore
  const imported = read(text)
  expect(faultsOf(text, imported)).toEqual([])
  expect(imported.sessions).toHaveLength(1)
})

const out = 'Nov 22 02:17:45 mx postfix/smtp[9]: '
it('reads deliveries as sessions of a client', () => {
  const text = `${out}Untrusted TLS connection established to mx.example[192.0.2.5]:25: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
${out}A1B2C3D4E5: to=<a@mx.example>, relay=mx.example[192.0.2.5]:25, delay=1, delays=0/0/1/0, dsn=5.1.1, status=bounced (host mx.example[192.0.2.5] said: 550 5.1.1 no such user (in reply to RCPT TO command))
${out}connect to mx2.example[192.0.2.6]:25: Connection timed out
${out}B1B2C3D4E5: to=<a@mx3.example>, relay=mx3.example[192.0.2.7]:587, delay=1, delays=0/0/1/0, dsn=2.0.0, status=sent (250 2.0.0 queued)
Nov 22 02:17:46 mx postfix/qmgr[2]: B1B2C3D4E5: removed
`
  const imported = read(text)
  expect(faultsOf(text, imported)).toEqual([])
  const [bounced, lost, sent] = imported.sessions
  expect(bounced!.head).toMatchObject({ role: 'client', host: 'mx.example', port: 25, tls: 'starttls' })
  expect(spoken(bounced!)).toEqual(['tls established TLSv1.3 TLS_AES_256_GCM_SHA384', '#S: rcpt 550 5.1.1 no such user']) // prettier-ignore
  expect(short(lost!)).toContain('connect 192.0.2.6:25 timeout')
  expect(sent!.head).toMatchObject({ host: 'mx3.example', port: 587 })
  expect(short(sent!)).toContain('S: body 250 2.0.0 queued')
  expect(short(sent!)[2]).toContain('removed')
})

it('reads the verbose log of a delivery, where in and out are the other way round', () => {
  const text = ['< mx.example[192.0.2.5]:25: 220 hi', '> mx.example[192.0.2.5]:25: EHLO me', '< mx.example[192.0.2.5]:25: 250 HELP', '> mx.example[192.0.2.5]:25: DATA', '< mx.example[192.0.2.5]:25: 354 go', '> mx.example[192.0.2.5]:25: .', '< mx.example[192.0.2.5]:25: 250 kept', '> mx.example[192.0.2.5]:25: QUIT', '< mx.example[192.0.2.5]:25: 221 bye'].map((line) => out + line).join('\n') // prettier-ignore
  const session = read(text).sessions[0]!
  expect(commands(session)).toEqual(['EHLO', 'DATA', 'QUIT'])
  expect(codes(session)).toEqual([220, 250, 354, 250, 221])
  expect(session.head).toMatchObject({ role: 'client', host: 'mx.example', port: 25 })
})

it('keeps lines of connections beyond the bound, and says so', () => {
  const text = Array.from({ length: 2010 }, (_, n) => `Nov 22 02:17:45 mx postfix/smtpd[${n}]: connect from x[192.0.2.1]`).join('\n') // prettier-ignore
  const imported = read(text)
  expect(faultsOf(text, imported)).toEqual([])
  expect(imported.sessions).toHaveLength(2000)
  expect(imported.problems).toEqual([{ line: 2001, message: 'More than 2,000 connections; 10 lines of the others stand beside the last one.' }]) // prettier-ignore
})

const smtpd = (service: string, ...messages: string[]) => messages.map((message) => `Nov 22 10:00:00 mx postfix/${service}smtpd[11]: ${message}`).join('\n') // prettier-ignore
const came = 'connect from c.example[192.0.2.9]'
const tls = 'Anonymous TLS connection established from c.example[192.0.2.9]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)' // prettier-ignore
const wrong = 'warning: c.example[192.0.2.9]: SASL PLAIN authentication failed: authentication failure'
const bye = (counts: string) => `disconnect from c.example[192.0.2.9] ${counts}`

it.each([
  ['STARTTLS is counted at the end', smtpd('', came, tls, wrong, bye('ehlo=2 starttls=1 auth=0/1 commands=3/4')), 'starttls', 25],
  ['no STARTTLS is counted', smtpd('', came, tls, wrong, bye('ehlo=1 auth=0/1 commands=1/2')), 'implicit', 25],
  ['nothing is counted', smtpd('', came, tls, wrong), 'starttls', 25],
  ['TLS itself is not logged, STARTTLS is counted', smtpd('submission/', came, wrong, bye('ehlo=2 starttls=1 auth=0/1 commands=3/4')), 'starttls', 587],
  ['the listener’s name says it', smtpd('submissions/', came, wrong, bye('ehlo=1 auth=0/1 commands=1/2')), 'implicit', 465],
  ['its older name says it', smtpd('smtps/', came, tls, wrong), 'implicit', 465],
] as const)('how TLS began, and that a sign-in was inside it: %s', (_why, text, mode, port) => {
  const session = read(text).sessions[0]!
  expect(session.head).toMatchObject({ tls: mode, port })
  expect(spoken(session).at(-1)).toBe('#S: auth 535 5.7.8 Error: authentication failed')
}) // prettier-ignore

const failed = 'SSL_accept error from c.example[192.0.2.9]: -1'
it.each([
  ['by STARTTLS', smtpd('', came, failed, 'lost connection after STARTTLS from c.example[192.0.2.9]', bye('ehlo=1 starttls=0/1 commands=1/2')), 'starttls'],
  ['at once', smtpd('', came, failed, 'lost connection after CONNECT from c.example[192.0.2.9]', bye('commands=0/0')), 'implicit'],
  ['where nothing is counted', smtpd('', came, failed), 'starttls'],
  ['by a client that then delivered in clear', ['SSL_connect error to mx.example[192.0.2.1]:25: -1', 'A1B2C3D4E5: to=<a@b.c>, relay=mx.example[192.0.2.1]:25, status=bounced (host mx.example[192.0.2.1] said: 550 no (in reply to RCPT TO command))'].map((message) => `Nov 22 10:00:00 mx postfix/smtp[11]: ${message}`).join('\n'), 'starttls'],
])('how TLS was tried that failed: %s', (_how, text, mode) => {
  const session = read(text).sessions[0]!
  expect(session.head.tls).toBe(mode)
  expect(spoken(session).filter((said) => said.startsWith('#'))).toEqual([])
}) // prettier-ignore

it('what a log does not say was inside TLS is not called sealed', () => {
  const plain = read(smtpd('', came, wrong, bye('ehlo=1 auth=0/1 commands=1/2'))).sessions[0]!
  expect(plain.head.tls).toBe('none')
  expect(spoken(plain).at(-1)).toBe('S: auth 535 5.7.8 Error: authentication failed')
  // reject_plaintext_session refuses with 450.
  for (const words of ['530 5.7.0 Must issue a STARTTLS command first', '450 4.7.1 Session encryption is required']) {
    const first = `NOQUEUE: reject: MAIL from c.example[192.0.2.9]: ${words}; from=<a@b.c>`
    const before = read(smtpd('', came, first, bye('ehlo=2 starttls=1 mail=0/1 commands=3/4'))).sessions[0]!
    expect(spoken(before).at(-1)).toMatch(`S: mail ${words}`)
    expect(spoken(before).at(-1)).not.toContain('#')
  }
}) // prettier-ignore
