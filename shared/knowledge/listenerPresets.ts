/**
 * Owns: listeners as real servers have them, as data: what each sets, and why servers are like that. A preset is a
 * beginning; every rule of it may be changed afterwards.
 */
import { type ServerExtension, serverExtensions } from '../smtp/machine/options.ts'
import type { ListenerConfig } from '../rpc/contract/listener.ts'

/** A rule before its defaults are filled in. */
export type PresetListener = Partial<ListenerConfig> & Pick<ListenerConfig, 'port'>

export interface ListenerPreset {
  readonly id: 'submission' | 'mx' | 'old' | 'anything' | 'four-ports'
  readonly name: string
  /** What it is like, in one sentence. */
  readonly words: string
  readonly why: string
  /** What it sets, one rule a line. */
  readonly sets: readonly string[]
  readonly reference: string
  readonly listeners: readonly PresetListener[]
}

/** Modern TLS only (RFC 8997 §3, RFC 9325 §3.1.1). */
const modern = { min: '1.2', max: '1.3' } as const

const without = (...names: readonly ServerExtension[]): ServerExtension[] =>
  serverExtensions.filter((name) => !names.includes(name))

const submission = {
  tls: 'starttls-required',
  auth: 'required',
  authOnlyAfterTls: true,
  tlsVersions: modern,
  bareLineEnds: 'refuse',
} as const

const mx: PresetListener = {
  label: 'MX',
  port: 25,
  tls: 'starttls',
  auth: 'off',
  tlsVersions: modern,
  bareLineEnds: 'refuse',
}

export const listenerPresets: readonly ListenerPreset[] = [
  {
    id: 'submission',
    name: 'Like a submission service',
    words: 'As a provider takes new mail from its users’ programs on 587.',
    why: 'An application that works here signs in, and never says its password in clear. What it would be refused elsewhere is refused here.',
    sets: [
      'Port 587, STARTTLS before anything else, TLS 1.2 and 1.3',
      'Sign-in required, offered only after TLS; MAIL without it is 530',
      'All extensions; bare CR and LF refuse the message',
    ],
    reference: 'RFC 6409 §4.3, RFC 8314 §3.3',
    listeners: [{ label: 'Submission', port: 587, ...submission }],
  },
  {
    id: 'mx',
    name: 'Like an MX',
    words: 'As the server of a mail domain takes mail from other servers on 25.',
    why: 'Servers deliver without signing in, and a public one must take mail in clear too; so STARTTLS is offered and not required.',
    sets: [
      'Port 25, STARTTLS offered, TLS 1.2 and 1.3',
      'No sign-in: AUTH is not offered, and 502 when it is tried',
      'All extensions; bare CR and LF refuse the message, as since the smuggling attacks of 2023',
    ],
    reference: 'RFC 3207 §4, RFC 5321 §2.3.8',
    listeners: [mx],
  },
  {
    id: 'old',
    name: 'Like an old server',
    words: 'As a server that nobody has changed since about 2005.',
    why: 'Shows what a program does without PIPELINING, CHUNKING and SMTPUTF8, with TLS 1.0 and 1.1, and whether it signs in where others can read along.',
    sets: [
      'Port 25, STARTTLS offered, TLS 1.0 to 1.2 as far as this computer can speak them',
      'PLAIN, LOGIN and CRAM-MD5, in clear too',
      'SIZE, 8BITMIME and HELP, no other extension and no enhanced status codes',
      'Messages to 10 MB and 100 recipients, lines of 512 octets; bare CR and LF are kept and noted',
    ],
    reference: 'RFC 8996, RFC 5321 §4.5.3.1',
    listeners: [
      {
        label: 'Old server',
        port: 25,
        tls: 'starttls',
        auth: 'optional',
        mechanisms: ['plain', 'login', 'cram-md5'],
        tlsVersions: { min: '1.0', max: '1.2' },
        extensions: ['SIZE', '8BITMIME', 'HELP'],
        bareLineEnds: 'keep',
        limits: { messageSize: 10_000_000, recipients: 100, line: 512 },
      },
    ],
  },
  {
    id: 'anything',
    name: 'Accept anything',
    words: 'Takes what any program brings, however it brings it.',
    why: 'For a first look: nothing that a program does wrong keeps its message from being seen; findings say what another server would mind.',
    sets: [
      'Port 2525, STARTTLS offered, every TLS version that this computer can speak',
      'Sign-in offered, in clear too; any name and password are right, also where there are users',
      'All extensions; bare CR and LF are kept and noted, never taken for an end',
      'Messages to 256 MB, 100,000 recipients, 10,000 refusals in a session',
    ],
    reference: 'RFC 5321 §4.5.3.1',
    listeners: [
      {
        label: 'Anything',
        port: 2525,
        tls: 'starttls',
        auth: 'optional',
        anyPassword: true,
        tlsVersions: { min: '1.0', max: '1.3' },
        bareLineEnds: 'keep',
        limits: { messageSize: 256_000_000, recipients: 100_000, errors: 10_000, line: 65_536 },
      },
    ],
  },
  {
    id: 'four-ports',
    name: 'All four ports',
    words: '25, 465, 587 and 2525 together, each with the rules it has at a provider.',
    why: 'An application can be tried on every port it may meet, without changing this server in between.',
    sets: [
      '25 like an MX: STARTTLS offered, no sign-in',
      '465: TLS from the first octet, sign-in required',
      '587: STARTTLS before anything else, sign-in required',
      '2525, the convention of providers: as 587, without enhanced status codes and CHUNKING, which many lack there',
      'Where the system does not permit 25, 465 and 587, they are listened on at 2025, 2465 and 2587',
    ],
    reference: 'RFC 8314 §3.3',
    listeners: [
      mx,
      { ...submission, label: 'Submissions', port: 465, tls: 'implicit', authOnlyAfterTls: false },
      { ...submission, label: 'Submission', port: 587 },
      {
        ...submission,
        label: 'Submission by convention',
        port: 2525,
        extensions: without('CHUNKING', 'BINARYMIME', 'ENHANCEDSTATUSCODES'),
      },
    ],
  },
]

/** Null for an id that there is none of. */
export const listenerPreset = (id: string): ListenerPreset | null =>
  listenerPresets.find((one) => one.id === id) ?? null
