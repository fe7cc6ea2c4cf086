/**
 * Owns: the relay's policy as data: who may relay, over which TLS, from which address, how mail goes on, when it is tried
 * again and when it comes back. No secret is in it: passwords travel beside it, by the user's name. Times are
 * milliseconds. `line` is where an entry stood in a text, from 1; entries made in a form have none.
 */
import { z } from 'zod'

const line = z.int().min(1).optional()
/** Days at most; what is longer is a mistake in the unit. */
const longest = 30 * 86_400_000
const Wait = z.int().min(1000).max(longest)
const HostName = z.string().min(1).max(255)

/** How a listener seals its connections; the sources may offer and ask less or more of it to their clients. */
export const listenerTlsModes = ['plain', 'starttls', 'starttls-required', 'implicit'] as const

/** What a listener of the relay is bound to; `address` absent: all IPv4 addresses of this machine. */
export const RelayListener = z.object({
  address: z.string().max(64).optional(),
  port: z.int().min(1).max(65_535),
  /** Absent: `starttls`. */
  tls: z.enum(listenerTlsModes).optional(),
  line,
})

/** `certificate`: the client's own in TLS; `system`: an account of this machine, where that can be asked. */
export const authenticationMethods = ['password', 'certificate', 'system'] as const
export const RelayUser = z.object({
  name: z.string().min(1).max(256),
  method: z.enum(authenticationMethods),
  /** Of several, tried in that order after the header and before the source's. */
  virtualMta: z.string().max(64).optional(),
  line,
})

/** What holds for clients of one address or network. Absent: this source says nothing of it, a wider one may. */
export const RelaySource = z.object({
  /** An address, a network in CIDR, or `0/0` for everybody over IPv4 and IPv6. */
  match: z.string().min(1).max(64),
  alwaysAllowRelaying: z.boolean().optional(),
  requireAuth: z.boolean().optional(),
  allowStarttls: z.boolean().optional(),
  requireStarttls: z.boolean().optional(),
  requireStarttlsBeforeAuth: z.boolean().optional(),
  /** Whether a message may name its virtual MTA in a header field X-Virtual-MTA, which is taken out. */
  processVirtualMtaHeader: z.boolean().optional(),
  virtualMta: z.string().max(64).optional(),
  line,
})

/** Mail to these may come from anybody. */
export const RelayDomain = z.object({ domain: HostName, line })
/** An address, or a pattern between slashes that is looked for in the address by a matcher of linear time. */
export const RelayAddress = z.object({ pattern: z.string().min(1).max(1000), line })

export const Smarthost = z.object({
  host: HostName,
  port: z.int().min(1).max(65_535),
  tls: z.enum(['plain', 'starttls', 'implicit']).default('starttls'),
  /** Its password travels beside the policy, under `smarthost:` and this name. */
  user: z.string().min(1).max(256).optional(),
})

/** How mail to one domain goes on; `*` is every other domain. Absent: a wider entry or the default holds. */
export const DomainPolicy = z.object({
  domain: HostName,
  useStarttls: z.boolean().optional(),
  requireStarttls: z.boolean().optional(),
  /** The wait before the second try, the third, ...; the last one holds for all further. */
  retryAfter: z.array(Wait).min(1).max(50).optional(),
  bounceAfter: Wait.optional(),
  maxConnections: z.int().min(1).max(1000).optional(),
  /** Messages in so many milliseconds. */
  maxRate: z.object({ messages: z.int().min(1), per: z.int().min(1000).max(86_400_000) }).optional(),
  smarthost: Smarthost.optional(),
  /** File of authorities, PEM, that are trusted for these servers besides the system's. */
  ca: z.object({ path: z.string().min(1).max(4096), line }).optional(),
  line,
})

/** The address of outgoing connections and the name said in EHLO from there. */
export const SourceHost = z.object({ address: z.string().min(1).max(64), name: HostName, line })

export const VirtualMta = z.object({
  name: z.string().min(1).max(64),
  sourceHosts: z.array(SourceHost).max(100),
  domains: z.array(DomainPolicy).max(10_000),
  line,
})

/** Gives a message to a virtual MTA by its sender, its recipient or one of its header fields. */
export const VirtualMtaRule = z.object({
  of: z.enum(['mail-from', 'rcpt-to', 'header']),
  /** For `header`: the field's name. */
  field: z.string().max(76).optional(),
  /** As RelayAddress writes it. */
  pattern: z.string().min(1).max(1000),
  virtualMta: z.string().min(1).max(64),
  line,
})

/** What a text said that this program does not know: kept, named, written out again where it stood. */
export const UnknownDirective = z.object({
  /** The directive with its value, as written, or a whole block of lines. */
  text: z.string().max(10_000),
  /** Block in which it stood, as `source 10.0.5.20` or `domain * of virtual-mta m1`; absent: at the top. */
  within: z.string().max(400).optional(),
  line,
})

export const RelayPolicy = z.object({
  listeners: z.array(RelayListener).max(100),
  users: z.array(RelayUser).max(10_000),
  sources: z.array(RelaySource).max(10_000),
  relayDomains: z.array(RelayDomain).max(100_000),
  relayAddresses: z.array(RelayAddress).max(10_000),
  /** Path of the server's certificate with its key, PEM; absent: one of this program's own authority. */
  certificate: z.object({ path: z.string().min(1).max(4096), line }).optional(),
  sourceHosts: z.array(SourceHost).max(100),
  domains: z.array(DomainPolicy).max(10_000),
  virtualMtas: z.array(VirtualMta).max(1000),
  virtualMtaRules: z.array(VirtualMtaRule).max(10_000),
  unknown: z.array(UnknownDirective).max(10_000),
})

export type RelayListener = z.infer<typeof RelayListener>
export type RelayUser = z.infer<typeof RelayUser>
export type RelaySource = z.infer<typeof RelaySource>
export type RelayAddress = z.infer<typeof RelayAddress>
export type Smarthost = z.infer<typeof Smarthost>
export type DomainPolicy = z.infer<typeof DomainPolicy>
export type SourceHost = z.infer<typeof SourceHost>
export type VirtualMta = z.infer<typeof VirtualMta>
export type VirtualMtaRule = z.infer<typeof VirtualMtaRule>
export type UnknownDirective = z.infer<typeof UnknownDirective>
export type RelayPolicy = z.infer<typeof RelayPolicy>

/** By which an unknown directive names a `domain` block: entries of one domain in two virtual MTAs are two. */
export const domainLabel = (domain: string, virtualMta?: string): string =>
  `domain ${domain}${virtualMta === undefined ? '' : ` of virtual-mta ${virtualMta}`}`

/** Nobody may relay, nothing listens. */
export const emptyPolicy = (): RelayPolicy => ({
  listeners: [], users: [], sources: [], relayDomains: [], relayAddresses: [],
  sourceHosts: [], domains: [], virtualMtas: [], virtualMtaRules: [], unknown: [],
}) // prettier-ignore

/** What holds where no entry says otherwise: RFC 5321 §4.5.4.1 asks for waits of 30 minutes or more in the long run and 4 to 5 days in all. */
export const outboundDefaults = {
  useStarttls: true,
  requireStarttls: false,
  retryAfter: [60_000, 300_000, 900_000, 1_800_000, 3_600_000],
  bounceAfter: 432_000_000,
  maxConnections: 20,
} as const
