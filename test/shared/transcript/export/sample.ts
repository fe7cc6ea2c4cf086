/** A dialogue for the tests of redaction and export: names, certificate, sign-in, two recipients, a message, a finding. */
import type { EventBody, SessionHead } from '#shared/transcript/event.ts'
import type { Recorded } from '#shared/transcript/export/types.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { end, head, line, numbered, reply } from '../samples.ts'

export const content =
  'From: Alice Archer <alice@corp.com>\r\nTo: =?utf-8?Q?J=C3=B6rg_Bauer?= <joerg.bauer@kunde.de>\r\n' +
  'Message-ID: <20260102.77@laptop7.corp.com>\r\nSubject: Offer\r\n\r\n.Dear J\u00c3\u00b6rg,\r\ncall me. Alice\r\n'

const sealed = { sealed: true }
const bodies: EventBody[] = [
  { kind: 'resolve', phase: 'dns', direction: 'none', name: 'mx.corp.com', family: 0, addresses: [{ address: '93.184.216.34', family: 4 }, { address: '2a00:1450::5', family: 6 }], took: 900 },
  { kind: 'connect', phase: 'tcp', direction: 'none', address: '93.184.216.34', port: 587, family: 4, local: { address: '192.168.7.20', port: 50123 }, took: 800, outcome: 'connected' },
  reply('220 mx.corp.com ESMTP ready', 'banner'),
  line('EHLO laptop7.corp.com', 'ehlo', { verb: 'EHLO' }),
  reply('250-mx.corp.com Hello laptop7.corp.com [192.168.7.20]\r\n250-SIZE 10240000\r\n250 STARTTLS', 'ehlo'),
  line('STARTTLS', 'starttls', { verb: 'STARTTLS' }),
  reply('220 2.0.0 Ready', 'starttls', { enhanced: '2.0.0' }),
  { kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 4000, version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', group: 'X25519', sni: 'mx.corp.com', verified: true,
    chain: [{ subject: 'O=Corp Widgets, CN=mx.corp.com', issuer: 'C=US, O=Widget Trust, CN=R3', names: ['DNS:mx.corp.com', 'DNS:*.corp.com', 'IP:93.184.216.34'], validFrom: '2026-01-01T00:00:00.000Z', validTo: '2026-03-01T00:00:00.000Z', serial: '0ABCDEF1234567', fingerprint256: `${'AB:'.repeat(31)}CD` }] },
  line('EHLO laptop7.corp.com', 'ehlo', { verb: 'EHLO', ...sealed }),
  reply('250-mx.corp.com\r\n250 AUTH PLAIN LOGIN', 'ehlo', sealed),
  line('AUTH PLAIN ********', 'auth', { verb: 'AUTH', masked: [{ start: 11, end: 19 }], ...sealed }),
  reply('235 2.7.0 Welcome alice', 'auth', { enhanced: '2.7.0', ...sealed }),
  line('MAIL FROM:<alice@corp.com> SIZE=221', 'mail', { verb: 'MAIL', ...sealed }),
  reply('250 2.1.0 Ok', 'mail', { enhanced: '2.1.0', ...sealed }),
  line('RCPT TO:<joerg.bauer@kunde.de>', 'rcpt', { verb: 'RCPT', ...sealed }),
  reply('250 2.1.5 Ok', 'rcpt', { enhanced: '2.1.5', ...sealed }),
  line('RCPT TO:<Ghost@Kunde.DE>', 'rcpt', { verb: 'RCPT', ...sealed }),
  reply('550 5.1.1 <ghost@kunde.de>: no such user ghost', 'rcpt', { enhanced: '5.1.1', ...sealed }),
  { kind: 'finding', direction: 'none', phase: 'rcpt', code: 'unknown-recipient', severity: 'error', side: 'server', confidence: 'certain', evidence: [18], message: 'mx.corp.com does not know ghost@kunde.de.', next: 'Check the address.', references: ['RFC 3463 §3.2'] },
  line('DATA', 'data', { verb: 'DATA', ...sealed }),
  reply('354 Go on', 'data', sealed),
  { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: content.length, last: true, encoding: 'data', raw: content, ...sealed },
  reply('250 2.0.0 queued as 4F3', 'body', { enhanced: '2.0.0', ...sealed }),
  line('QUIT', 'quit', { verb: 'QUIT', ...sealed }),
  reply('221 2.0.0 Bye', 'quit', { enhanced: '2.0.0', ...sealed }),
  end(),
] // prettier-ignore

export const recordedOf = (of: readonly EventBody[], more: Partial<SessionHead> = {}): Recorded => {
  const events = numbered(of)
  return { head: summarize(head(more), events), events }
}

export const sample: Recorded = recordedOf(bodies, { host: 'mx.corp.com' })
export const sampleBodies: readonly EventBody[] = bodies
