import { expect, it } from 'vitest'
import { atOnce } from '#shared/steps.ts'
import { PostfixSession } from '#shared/transcript/import/postfixSession.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { short } from './read.ts'

function told(...messages: string[]): string[] {
  const session = new PostfixSession('server', 0, 'client.test[192.0.2.9]', 25)
  for (const [index, message] of messages.entries())
    session.take({ time: 1000 * index, fine: false, daemon: 'smtpd', service: '', pid: '1', message }, { number: index + 1, text: message }) // prettier-ignore
  return short(atOnce(session.finish('s1'))).filter(
    (line) => !line.startsWith('|') && !line.startsWith('connect'),
  )
}

it.each([
  ['NOQUEUE: reject: RCPT from x[192.0.2.9]: 550 5.1.1 <r@x>: Recipient address rejected: no such user; from=<a@b> to=<r@x> proto=ESMTP helo=<vm>', 'S: rcpt 550 5.1.1 <r@x>: Recipient address rejected: no such user'],
  ['A1B2C3D4E5: reject: MAIL from x[192.0.2.9]: 452 4.3.1 Insufficient system storage; proto=ESMTP helo=<vm>', 'S: mail 452 4.3.1 Insufficient system storage'],
  ['warning: x[192.0.2.9]: SASL LOGIN authentication failed: authentication failure, sasl_username=u', 'S: auth 535 5.7.8 Error: authentication failed'],
  ['Anonymous TLS connection established from x[192.0.2.9]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519', 'tls established TLSv1.3 TLS_AES_256_GCM_SHA384'],
  ['SSL_accept error from x[192.0.2.9]: -1', 'tls failed closed'],
])('quotes what %j says', (message, event) => {
  expect(told(message)[0]).toBe(event)
}) // prettier-ignore

it.each([
  ['lost connection after CONNECT from x[192.0.2.9]', 'end closed by client'],
  ['timeout after DATA (12 bytes) from x[192.0.2.9]', 'end timeout by client'],
  ['too many errors after RCPT from x[192.0.2.9]', 'end refused by server'],
  ['disconnect from x[192.0.2.9] ehlo=1 quit=1 commands=2', 'end completed by client'],
  ['disconnect from x[192.0.2.9] ehlo=1 commands=1', 'end closed by client'],
])('ends as %j says', (message, end) => {
  expect(told(message)).toEqual([end])
})

it('says of a log without lines what Postfix counted, and never that a client who said QUIT has left', () => {
  const session = new PostfixSession('server', 0, 'client.test[192.0.2.9]', 25)
  const message = 'disconnect from x[192.0.2.9] ehlo=2 starttls=1 mail=1 rcpt=1/3 data=1 quit=1 commands=7/9'
  session.take({ time: 0, fine: false, daemon: 'smtpd', service: '', pid: '1', message }, { number: 1, text: message })
  const { head, events } = atOnce(session.finish('s1'))
  const said = events.find((event) => event.kind === 'end')?.message
  expect(said).toBe('Finished by QUIT. The log has no lines; it counts EHLO 2, STARTTLS 1, MAIL 1, RCPT 1 of 3, DATA 1, QUIT 1.')
  expect(summarize({ ...head, id: 's1', source: 'import' }, events)).toMatchObject({ words: 'Finished by QUIT', tone: 'neutral' })
}) // prettier-ignore

it('says that a message was taken in where only the queue tells, also after the client has gone, and once', () => {
  const session = new PostfixSession('server', 0, 'client.test[192.0.2.9]', 25)
  const queued = '7AFBA2406A2: from=<me@x.test>, size=487, nrcpt=1 (queue active)'
  const messages = [
    '7AFBA2406A2: reject: RCPT from x[192.0.2.9]: 550 5.1.1 <r@x>: Recipient address rejected: no such user; from=<a@b> to=<r@x> proto=ESMTP helo=<vm>',
    'disconnect from x[192.0.2.9] ehlo=2 mail=1 rcpt=1/2 data=1 quit=1 commands=6/7',
    queued,
    queued,
  ]
  for (const [index, message] of messages.entries())
    session.take({ time: 0, fine: false, daemon: 'smtpd', service: '', pid: '1', message }, { number: index + 1, text: message })
  const { head, events } = atOnce(session.finish('s1'))
  expect(events.filter((event) => event.kind === 'finding').map(({ code, message }) => [code, message])).toEqual([['accepted', 'The server took the message in for 1 recipient, as 7AFBA2406A2.']])
  expect(events.at(-1)?.kind).toBe('end')
  const summary = summarize({ ...head, id: 's1', source: 'import' }, events)
  expect(summary).toMatchObject({ words: 'Message kept, a recipient refused, 550', tone: 'warn' })
}) // prettier-ignore

it('says after which command a client left of whom the log has no line', () => {
  const session = new PostfixSession('server', 0, 'client.test[192.0.2.9]', 25)
  const message = 'lost connection after MAIL from x[192.0.2.9]'
  session.take(
    { time: 0, fine: false, daemon: 'smtpd', service: '', pid: '1', message },
    { number: 1, text: message },
  )
  const count = 'disconnect from x[192.0.2.9] ehlo=2 starttls=1 mail=1 commands=4'
  session.take(
    { time: 1, fine: false, daemon: 'smtpd', service: '', pid: '1', message: count },
    { number: 2, text: count },
  )
  const { head, events } = atOnce(session.finish('s1'))
  expect(head.tls).toBe('starttls')
  expect(summarize({ ...head, id: 's1', source: 'import' }, events).words).toBe('Client left after MAIL')
})

it('does not quote what the dialogue itself shows', () => {
  const said = told('> x[192.0.2.9]: 220 hi', '< x[192.0.2.9]: RCPT TO:<r@x>', 'NOQUEUE: reject: RCPT from x[192.0.2.9]: 550 5.1.1 no; from=<>', '> x[192.0.2.9]: 550 5.1.1 no') // prettier-ignore
  expect(said.filter((line) => line.includes('550'))).toHaveLength(1)
})

it('knows from the count at the end that STARTTLS was used', () => {
  const session = new PostfixSession('server', 0, 'unknown[unknown]', 25)
  session.take({ time: 0, fine: false, daemon: 'smtpd', service: '', pid: '1', message: 'disconnect from x[192.0.2.9] starttls=1 quit=1 commands=2' }, { number: 1, text: 'x' }) // prettier-ignore
  expect(atOnce(session.finish('s1')).head).toMatchObject({ tls: 'starttls', host: 'unknown' })
})
