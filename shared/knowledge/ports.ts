/** Owns: what a port is for, and what is true of it today. Where a popular view differs, both, with their dates. */
import type { Entry } from './types.ts'

export interface PortRow extends Entry {
  readonly port: number
  /** Two to five words. */
  readonly name: string
  readonly today: string
  /** What is often said and differs; '' when nothing does. */
  readonly widelySaid: string
}

const reads = (port: number, name: string, protocol: string, reference: Entry['reference']): PortRow => ({
  port,
  name,
  words: `${port} reads mail (${protocol}), it does not send.`,
  today: 'To send, use 587 with STARTTLS or 465 with TLS from the start.',
  widelySaid: '',
  reference,
})

export const portRows: readonly PortRow[] = [
  {
    port: 25,
    name: 'Relay between servers',
    words: 'Mail servers hand messages to each other here. It is SMTP’s first port, from 1982.',
    today:
      'Most access providers and clouds block it outwards. A public server must take mail here without STARTTLS too.',
    widelySaid: 'Often named as the port for sending from a program. Since 1998 that is 587.',
    reference: 'RFC 5321 §4.5.4.2',
  },
  {
    port: 587,
    name: 'Submission, STARTTLS',
    words: 'Programs hand in new mail here. It begins in clear and goes over to TLS with STARTTLS.',
    today: 'Signing in is required, else 530. It is as safe as 465 only when the client insists on TLS.',
    widelySaid: '',
    reference: 'RFC 6409 §3.1',
  },
  {
    port: 465,
    name: 'Submission, TLS at once',
    words: 'Programs hand in new mail here, inside TLS from the first byte.',
    today: 'Standard since 2018, and preferred to STARTTLS. Some providers still do not listen on it.',
    widelySaid:
      'Often called deprecated: it was, from the late 1990s, until RFC 8314 registered it again in 2018.',
    reference: 'RFC 8314 §3.3',
  },
  {
    port: 2525,
    name: 'Submission, by convention',
    words: 'A copy of 587 for networks that block 25, 465 and 587.',
    today: 'No standard assigns it to mail. Many providers offer it, most often with STARTTLS.',
    widelySaid: '',
    reference: 'as documented by several mail providers',
  },
  reads(110, 'POP3', 'POP3', 'RFC 1939'),
  reads(995, 'POP3 over TLS', 'POP3 over TLS', 'RFC 8314 §3.1'),
  reads(143, 'IMAP', 'IMAP', 'RFC 9051'),
  reads(993, 'IMAP over TLS', 'IMAP over TLS', 'RFC 8314 §3.2'),
]

const byPort = new Map(portRows.map((row) => [row.port, row]))

export const findPort = (port: number): PortRow | undefined => byPort.get(port)
