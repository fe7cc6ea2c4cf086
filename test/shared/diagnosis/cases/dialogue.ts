/** Owns: cases of the findings about AUTH, envelope, content, and the dialogue as a whole. */
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { isFindingCode, type FindingCode } from '#shared/diagnosis/codes.ts'
import { createReplayClient } from '#shared/smtp/machine/replay/clientMachine.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { ServerOptions } from '#shared/smtp/machine/options.ts'
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import type { Input, Machine, Tls } from '#shared/smtp/machine/types.ts'
import { auth as signIn, clientOptions, serverOptions, tls } from '#test/support/smtp/pump.ts'
import { clientScript, type Part as Recorded } from '#test/support/smtp/replay.ts'
import { ended, hello, later, sealedHello, type Part } from '#test/support/diagnosis/script.ts'
import { scripted } from './connection.ts'
import type { Case } from './types.ts'

const open = [...sealedHello('PIPELINING', 'SIZE', '8BITMIME', 'AUTH LOGIN PLAIN')]
const auth = 'C: AUTH PLAIN ********'
const mail = ['C: MAIL FROM:<a@example.net>', 'S: 250 2.1.0 ok']
const rcpt = ['C: RCPT TO:<b@example.org>', 'S: 250 2.1.5 ok']
const data = [...open, ...mail, ...rcpt, 'C: DATA', 'S: 354 go']
const sent = [...data, 'C: .', 'S: 250 2.0.0 kept']
const done = [
  ...open,
  auth,
  'S: 235 2.7.0 ok',
  ...sent.slice(open.length),
  'C: QUIT',
  'S: 221 bye',
  ended('completed', 'client'),
]

const refused = (code: FindingCode, said: string, answer: string): Case =>
  scripted(code, [...open, said, `S: ${answer}`], done)
const recipient = (code: FindingCode, answer: string): Case =>
  scripted(code, [...open, ...mail, rcpt[0]!, `S: ${answer}`], done)
const content = (code: FindingCode, answer: string): Case =>
  scripted(code, [...data, 'C: .', `S: ${answer}`], done)
const inContent: Part = { kind: 'line', direction: 'to-server', phase: 'body', raw: 'a\n.\nb\r\n' }
const group = ['C: MAIL FROM:<a@example.net>', 'C: RCPT TO:<b@example.org>']

/** What only a replay can say: a recorded session against a server that answers NOOP like this. */
function findingsOfReplay(left: boolean, answer: string) {
  const masked: Recorded = { kind: 'line', phase: 'other', direction: 'to-server', raw: 'PASS ********\r\n', masked: [{ start: 5, end: 13 }] } // prettier-ignore
  const script = clientScript('S: 220 a', 'C: NOOP', 'S: 250 ok', ...(left ? [masked, 'S: 500 what'] : []))
  const machine = createReplayClient({ script, tls: 'none', auth: null, waits: false, ehloName: 'a' })
  const findings: { code: FindingCode; evidence: number[]; message: string; next: string }[] = []
  const feed = (input: Input): void => {
    for (const effect of machine.handle(input)) {
      if (effect.type === 'send') feed({ type: 'sent', id: effect.line.id })
      if (effect.type !== 'note' || effect.note.kind !== 'finding' || !isFindingCode(effect.note.code))
        continue
      findings.push({ ...effect.note, code: effect.note.code, evidence: [1] })
    }
  }
  feed({ type: 'opened' })
  for (const line of ['220 a', answer]) feed({ type: 'bytes', bytes: utf8(`${line}\r\n`) })
  return findings
}
const replayed = (code: FindingCode, left: boolean, answer: string): Case => ({
  code,
  trigger: () => findingsOfReplay(left, answer),
  healthy: () => findingsOfReplay(false, '250 ok'),
})

/** What only a machine knows while a session runs: masked octets cannot tell it afterwards. */
function findingsOf(machine: Machine, heard: readonly string[], secured?: Tls) {
  const findings: { code: FindingCode; evidence: number[]; message: string; next: string }[] = []
  const feed = (input: Input): void => {
    for (const effect of machine.handle(input)) {
      if (effect.type === 'send') feed({ type: 'sent', id: effect.line.id })
      if (effect.type === 'note' && effect.note.kind === 'finding' && isFindingCode(effect.note.code))
        findings.push({ ...effect.note, code: effect.note.code, evidence: [1] })
    }
  }
  feed({ type: 'opened', tls: secured })
  for (const line of heard) feed({ type: 'bytes', bytes: utf8(`${line}\r\n`) })
  return findings
}
const bare: Tls = { version: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256', verified: true }
const signingIn = (offer: string, ...replies: string[]) =>
  findingsOf(
    createClientMachine(clientOptions({ tls: 'implicit', auth: signIn('auto'), transaction: null })),
    ['220 a', `250-a\r\n250 AUTH ${offer}`, ...replies],
    bare,
  )
const toServer = (header: string) =>
  findingsOf(
    createServerMachine(serverOptions({ tls: 'implicit', auth: scramOnly })),
    ['EHLO a', `AUTH SCRAM-SHA-1 ${toBase64(utf8(`${header},,n=u,r=abcdefgh`))}`],
    tls,
  )
const scramOnly: ServerOptions['auth'] = { mechanisms: ['scram-sha-1', 'scram-sha-1-plus'], policy: 'optional', onlyAfterTls: false } // prettier-ignore
const atSignIn = (code: FindingCode, trigger: Case['trigger'], healthy: Case['healthy']): Case => ({ code, trigger, healthy }) // prettier-ignore

export const dialogueCases: readonly Case[] = [
  scripted('auth-not-offered', [...sealedHello(), auth, 'S: 502 5.5.1 no'], done),
  scripted('auth-only-after-tls', [...hello('STARTTLS'), auth, 'S: 530 5.7.0 no'], done),
  scripted('auth-offered-in-clear', hello('STARTTLS', 'AUTH PLAIN'), done),
  refused('auth-no-common-mechanism', 'C: AUTH SCRAM-SHA-1', '504 5.5.4 no'),
  refused('auth-rejected', auth, '535 5.7.8 no'),
  refused('auth-temporary', auth, '454 4.7.0 later'),
  refused('auth-too-weak', auth, '534 5.7.9 no'),
  refused('auth-needs-tls', auth, '538 5.7.11 no'),
  refused('auth-required', 'C: MAIL FROM:<a@example.net>', '530 5.7.0 Authentication required'),
  scripted('auth-closed', [...open, auth, ended('closed')], done),
  refused('auth-too-many', auth, '421 4.7.0 too many errors'),
  refused('auth-token-rejected', 'C: AUTH XOAUTH2 ********', '535 5.7.8 no'),
  atSignIn(
    'auth-server-unproven',
    () => signingIn('SCRAM-SHA-1', '235 ok'),
    () => signingIn('PLAIN', '235 ok'),
  ),
  atSignIn(
    'auth-binding-broken',
    () => toServer('y'),
    () => toServer('n'),
  ),
  atSignIn(
    'auth-weaker-chosen',
    () => signingIn('SCRAM-SHA-1-PLUS SCRAM-SHA-1'),
    () => signingIn('SCRAM-SHA-1'),
  ),
  scripted('auth-mechanism-broken', [...open, 'C: AUTH LOGIN', 'S: 334 ?!'], done),
  refused('sender-rejected', 'C: MAIL FROM:<a@example.net>', '550 5.7.1 no'),
  refused('sender-needs-auth', 'C: MAIL FROM:<a@example.net>', '553 5.7.1 not yours, log in'),
  refused('size-exceeded', 'C: MAIL FROM:<a@example.net> SIZE=99', '552 5.3.4 too big'),
  refused('utf8-not-supported', 'C: MAIL FROM:<a@example.net>', '550 5.6.7 needs SMTPUTF8'),
  recipient('recipient-unknown', '550 5.1.1 no such user'),
  recipient('recipient-rejected', '550 5.7.1 policy'),
  recipient('relay-denied', '554 5.7.1 relay access denied'),
  recipient('greylisted', '450 4.2.0 greylisted'),
  recipient('rate-limited', '450 4.7.28 too many messages'),
  recipient('mailbox-full', '552 5.2.2 over quota'),
  refused('data-rejected', 'C: DATA', '451 4.3.0 no'),
  content('content-rejected', '554 5.7.1 spam'),
  content('bare-newline-rejected', '550 5.5.2 bare <LF> received'),
  content('line-too-long', '500 5.5.2 line too long'),
  scripted('body-closed', [...data, ended('closed')], done),
  scripted('body-timeout', [...data, ended('timeout')], done),
  scripted(
    'smuggling-possible',
    [...data, inContent, 'S: 250 kept'],
    [...data, inContent, 'C: .', 'S: 250 kept'],
  ),
  scripted('accepted', sent, [...data, 'C: .', 'S: 554 5.7.1 spam']),
  refused('closed-421', 'C: NOOP', '421 4.3.2 bye'),
  scripted('closed-unexpectedly', [...open, ended('closed')], done),
  scripted('reset-unexpectedly', [...open, 'C: NOOP', ended('reset', 'network')], done),
  scripted('reply-timeout', [...open, 'C: NOOP', ended('timeout')], done),
  refused('unknown-command', 'C: NOOP', '500 5.5.1 what'),
  refused('syntax-tolerated', 'C: NOOP ', '250 ok'),
  refused('bad-sequence', 'C: RCPT TO:<b@example.org>', '503 5.5.1 MAIL first'),
  scripted(
    'pipelining-broken',
    [...sealedHello(), ...group, 'S: 250 ok', 'S: 250 ok'],
    [...open, ...group, 'S: 250 ok', 'S: 250 ok'],
  ),
  scripted('slow-phase', [...open, 'C: NOOP', later(20_000, 'S: 250 ok')], done),
  scripted('cancelled', [...open, ended('cancelled', 'person')], done),
  replayed('replay-differs', false, '550 5.1.1 no'),
  replayed('replay-left-out', true, '250 ok'),
]
