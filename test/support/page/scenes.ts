/** Owns: recorded-like dialogues for tests and pictures: held before MAIL, accepted, refused, broken off, in clear, endless. */
import type { GateState, PlannedLine } from '#shared/rpc/contract/dialogue.ts'
import { ehlo, TranscriptBuilder, type Built } from './builder.ts'

const host = 'smtp.harbour.example'
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

const signedIn = (id: string, minutes: number, port = 587) =>
  new TranscriptBuilder({ id, startedAt: minutesAgo(minutes), host, port })
    .connect()
    .server('220 smtp.harbour.example ESMTP ready', 64)
    .client('EHLO laptop.shop.example')
    .server(ehlo(host, ['STARTTLS']), 41)
    .client('STARTTLS')
    .server('220 2.0.0 Ready to start TLS', 39)
    .tls()
    .client('EHLO laptop.shop.example')
    .server(ehlo(host, ['AUTH PLAIN LOGIN']), 42)
    .client('AUTH PLAIN ********', 2, { masked: [11, 19] })
    .server('235 2.7.0 Authentication successful', 118)

export const held = (): Built =>
  signedIn('held', 3).build({ state: 'held', words: 'Paused before MAIL', tone: 'neutral' })

const planned = (
  id: number,
  raw: string,
  phase: PlannedLine['phase'],
  kind: PlannedLine['kind'] = 'command',
): PlannedLine => {
  const verb = /^[A-Z]+/.exec(raw)?.[0]
  return { id, kind, phase, raw, masked: [], secret: false, ...(verb && kind === 'command' ? { verb } : {}) }
}

export const heldGate = (): GateState => ({
  mode: 'step',
  held: planned(8, 'MAIL FROM:<orders@shop.example> SIZE=4312\r\n', 'mail'),
  upcoming: [
    planned(9, 'RCPT TO:<ines@quayside.example>\r\n', 'rcpt'),
    planned(10, 'DATA\r\n', 'data'),
    planned(11, '', 'body', 'body'),
    planned(12, 'QUIT\r\n', 'quit'),
  ],
  breakpoints: ['MAIL', 'DATA', '5xx'],
  why: 'before MAIL',
  state: 'ready',
})

export const accepted = (): Built =>
  signedIn('accepted', 25)
    .wait(2400)
    .client('MAIL FROM:<info@shop.example> SIZE=4312', 1, { edited: true })
    .server('250 2.1.0 Ok', 45)
    .client('RCPT TO:<ines@quayside.example>')
    .server('450 4.2.0 Greylisted, try again later', 61)
    .client('RCPT TO:<ora@quayside.example>')
    .server('250 2.1.5 Ok', 44)
    .client('DATA')
    .server('354 End data with <CR><LF>.<CR><LF>', 40)
    .body(4312, 4, 3)
    .server('250 2.0.0 Ok: queued as 4C1F22', 210)
    .client('QUIT')
    .server('221 2.0.0 Bye', 38)
    .add({
      kind: 'finding',
      phase: 'body',
      direction: 'none',
      code: 'accepted',
      severity: 'good',
      side: 'server',
      confidence: 'certain',
      evidence: [24],
      message: 'Accepted by the server. Delivery to the inbox is its job now.',
      next: 'Nothing to do here.',
    }) // prettier-ignore
    .add({
      kind: 'finding',
      phase: 'rcpt',
      direction: 'none',
      code: 'greylisted',
      severity: 'warning',
      side: 'server',
      confidence: 'likely',
      evidence: [17],
      message: 'One recipient is greylisted.',
      next: 'A good client keeps the message and tries again in 5 to 15 minutes.',
      references: ['RFC 6647'],
    }) // prettier-ignore
    .end('Finished by QUIT.')
    .build()

export const refused = (): Built =>
  new TranscriptBuilder({ id: 'refused', startedAt: minutesAgo(90), host: 'mail.osprey.example', port: 25, tls: 'none', source: 'probe' })
    .connect('203.0.113.80')
    .server('220 mail.osprey.example ESMTP', 212)
    .client('EHLO laptop.shop.example')
    .server(['250-mail.osprey.example', '250 SIZE 10240000'], 50)
    .client('MAIL FROM:<orders@shop.example>')
    .server('250 2.1.0 Ok', 44)
    .client('RCPT TO:<nobody@elsewhere.example>')
    .server('554 5.7.1 Relay access denied', 38)
    .add({ kind: 'finding', phase: 'rcpt', direction: 'none', code: 'relay-denied', severity: 'error', side: 'server', confidence: 'certain', evidence: [9], message: 'The server does not relay for strangers.', next: 'Sign in first, on port 587.', references: ['RFC 5321 §3.6'] }) // prettier-ignore
    .client('QUIT')
    .end('The connection was reset by the network.', 'reset')
    .build() // prettier-ignore

export const unreachable = (): Built =>
  new TranscriptBuilder({ id: 'unreachable', startedAt: minutesAgo(95), host, port: 25, source: 'probe', tls: 'opportunistic' })
    .add({ kind: 'resolve', phase: 'dns', direction: 'none', name: host, family: 0, addresses: [{ address: '203.0.113.25', family: 4 }], took: 9000 }, 9) // prettier-ignore
    .add({ kind: 'connect', phase: 'tcp', direction: 'none', address: '203.0.113.25', port: 25, family: 4, took: 10_000_000, outcome: 'timeout', fault: { code: 'ETIMEDOUT', message: 'No answer from 203.0.113.25, port 25, in 10 seconds.' } }, 10_000) // prettier-ignore
    .end('No answer on port 25.', 'timeout')
    .build() // prettier-ignore

export const badCertificate = (): Built =>
  new TranscriptBuilder({ id: 'badcert', startedAt: minutesAgo(60 * 26), host: 'mail.osprey.example', port: 465, tls: 'implicit', source: 'import', title: 'case 4187, mail.osprey.example' })
    .connect()
    .tls(140, { verified: false, problem: { code: 'certificate-name-mismatch', message: 'The certificate is for another name.' } })
    .server('220 mail.osprey.example ESMTP', 12)
    .client('QUIT')
    .server('221 2.0.0 Bye', 20)
    .end('Finished by QUIT.')
    .build({ tone: 'bad', words: 'Wrong certificate name' }) // prettier-ignore

export const caught = (): Built =>
  new TranscriptBuilder({ id: 'caught', startedAt: minutesAgo(40), host: '127.0.0.1', port: 2525, role: 'server', source: 'server', tls: 'starttls' })
    .server('220 relayscope.localhost ESMTP', 0)
    .client('HELO app', 1)
    .server('250 relayscope.localhost', 1)
    .client('MAIL FROM:<app@shop.example>')
    .server('250 2.1.0 Ok', 0.4)
    .client('RCPT TO:<a@quayside.example>')
    .server('250 2.1.5 Ok', 0.3)
    .client('DATA')
    .server('354 Go on', 0.2)
    .body(1830)
    .server('250 2.0.0 Kept', 6)
    .client('QUIT')
    .server('221 2.0.0 Bye', 0.3)
    .end('Finished by QUIT.')
    .build({ messages: ['m1'] }) // prettier-ignore

/** One message to so many recipients; then the server has had enough. */
export function endless(recipients: number): Built {
  const builder = signedIn('endless', 130)
  builder.client('MAIL FROM:<list@shop.example>').server('250 2.1.0 Ok', 40)
  for (let n = 1; n <= recipients; n++)
    builder.client(`RCPT TO:<user-${n}@tern.example>`, 0.1).server('250 2.1.5 Ok', 0.6)
  return builder
    .client('RCPT TO:<one-more@tern.example>')
    .server('452 4.5.3 Too many recipients', 2)
    .client('QUIT')
    .server('221 2.0.0 Bye', 30)
    .end('Finished by QUIT.')
    .build({ words: `Refused at RCPT ${recipients + 1}`, tone: 'warn' })
}
