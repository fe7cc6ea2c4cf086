import { expect, it } from 'vitest'
import { marksOf } from '#shared/transcript/import/marked.ts'
import { sourceLines } from '#shared/transcript/import/sourceLines.ts'
import { codes, commands, faultsOf, read, spoken } from './read.ts'

const rfc = `      S: 220 foo.com Simple Mail Transfer Service Ready
      C: EHLO bar.com
      S: 250-foo.com greets bar.com
      S: 250 HELP
      C: MAIL FROM:<Smith@bar.com>
      S: 250 OK
      C: RCPT TO:<Green@foo.com>
      S: 550 No such user here
      C: DATA
      S: 354 Start mail input; end with <CRLF>.<CRLF>
      C: Blah blah blah...
      C: .
      S: 250 OK
      C: QUIT
      S: 221 foo.com Service closing transmission channel
`
const nodemailer = `[2026-11-22 10:00:00] DEBUG [mM8DaTbTpQ] S: 220 mx.example ESMTP
[2026-11-22 10:00:00] DEBUG [mM8DaTbTpQ] C: EHLO me
[2026-11-22 10:00:01] DEBUG [mM8DaTbTpQ] S: 250-mx.example
250-STARTTLS
250 AUTH PLAIN
[2026-11-22 10:00:01] DEBUG [mM8DaTbTpQ] C: STARTTLS
[2026-11-22 10:00:01] DEBUG [mM8DaTbTpQ] S: 220 go
[2026-11-22 10:00:02] DEBUG [mM8DaTbTpQ] C: EHLO me
[2026-11-22 10:00:02] DEBUG [mM8DaTbTpQ] S: 250 AUTH PLAIN
[2026-11-22 10:00:02] DEBUG [mM8DaTbTpQ] C: AUTH PLAIN AHRlc3QAaHVudGVyMg==
[2026-11-22 10:00:02] DEBUG [mM8DaTbTpQ] S: 235 ok
[2026-11-22 10:00:02] DEBUG [mM8DaTbTpQ] C: DATA
[2026-11-22 10:00:02] DEBUG [mM8DaTbTpQ] S: 354 go
[2026-11-22 10:00:02] DEBUG [mM8DaTbTpQ] C: <123 bytes encoded mime message (source size 120 bytes)>
[2026-11-22 10:00:03] DEBUG [mM8DaTbTpQ] S: 250 kept
`
const smtplib = `connect: ('localhost', 25)
reply: b'220 hi\\r\\n'
reply: retcode (220); Msg: b'hi'
send: 'ehlo [127.0.0.1]\\r\\n'
reply: b'250-mx\\r\\n'
reply: b'250 STARTTLS\\r\\n'
send: 'QUIT\\r\\n'
reply: b'221 bye\\r\\n'
`
const curl = `*   Trying 192.0.2.1:25...
* Connected to mx.example (192.0.2.1) port 25 (#0)
< 220 mx.example
> EHLO me
< 250 HELP
> QUIT
< 221 bye
`
const phpMailer = `2026-11-22 10:00:00 SERVER -> CLIENT: 220 hi
2026-11-22 10:00:00 CLIENT -> SERVER: EHLO me
2026-11-22 10:00:00 SERVER -> CLIENT: 250-mx
                     250 HELP
`

it.each([
  ['RFC', rfc, ['EHLO', 'MAIL', 'RCPT', 'DATA', 'QUIT'], [220, 250, 250, 550, 354, 250, 221]],
  ['nodemailer', nodemailer, ['EHLO', 'STARTTLS', 'EHLO', 'AUTH', 'DATA'], [220, 250, 220, 250, 235, 354, 250]],
  ['smtplib', smtplib, ['EHLO', 'QUIT'], [220, 250, 221]],
  ['curl', curl, ['EHLO', 'QUIT'], [220, 250, 221]],
])('reads the form of %s', (_name, text, verbs, replies) => {
  const imported = read(text)
  const session = imported.sessions[0]!
  expect(imported.form).toBe('marked')
  expect(faultsOf(text, imported)).toEqual([])
  expect([commands(session), codes(session), session.lines.unknown]).toEqual([verbs, replies, 0])
}) // prettier-ignore

it('takes times, the size of content and TLS from a debug log', () => {
  const session = read(nodemailer).sessions[0]!
  expect(session.head).toMatchObject({ times: 'seconds', startedAt: '2026-11-22T10:00:00.000Z', tls: 'starttls' }) // prettier-ignore
  expect(session.events.findLast(({ kind }) => kind === 'reply')?.at).toBe(3_000_000)
  expect(spoken(session)).toContain('#C: body 123 last')
  expect(JSON.stringify(session)).not.toMatch(/hunter2|AHRlc3/)
})

it('joins lines of a reply that have no mark', () => {
  expect(codes(read(phpMailer).sessions[0]!)).toEqual([220, 250])
})

it('takes descriptions in brackets for what they are, and other lines for not understood', () => {
  const session = read(`S: <waits for a connection>\n${rfc}lorem ipsum\n`).sessions[0]!
  expect(session.lines).toEqual({ understood: 16, unknown: 1 })
})

it('chooses the marks that most lines have', () => {
  expect(marksOf(sourceLines(curl).lines)?.marks.name).toBe('curl')
  expect(marksOf(sourceLines('hello\nworld').lines)).toBeNull()
})
