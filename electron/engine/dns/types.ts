/** Owns: the words of the resolver room: what is asked, what can come of it, and what an answer holds. */
import type { Lookup } from '../dialogue/resolve.ts'

/** Data of each record type asked for here. Names have no dot at the end; the root is `.`. */
export interface RecordData {
  A: string
  AAAA: string
  CNAME: string
  PTR: string
  MX: { preference: number; exchange: string }
  /** The character strings of one record joined without anything between them (RFC 7208 §3.3), one character an octet. */
  TXT: string
  TLSA: { usage: number; selector: number; matching: number; data: Uint8Array }
}
export type RecordType = keyof RecordData

/**
 * `no-data`: the name exists and has no record of this type. `refused`: also when the server only names other servers.
 * `server-failure`: also when what came cannot be believed; `detail` says why.
 */
export const dnsOutcomes = [
  'answers', 'not-found', 'no-data', 'server-failure', 'refused', 'timeout', 'unreachable', 'cancelled',
] as const // prettier-ignore
export type DnsOutcome = (typeof dnsOutcomes)[number]

export interface DnsServer {
  address: string
  family: 4 | 6
  port: number
}

export interface DnsResult<T extends RecordType> {
  outcome: DnsOutcome
  /** As it was asked, in A-labels. */
  name: string
  type: T
  /** Empty unless the outcome is `answers`. */
  records: RecordData[T][]
  /** Names that the name is an alias of, in order, the last one holds the records (or does not). */
  aliases: string[]
  /** The resolver says that it validated everything: AD (RFC 4035 §3.2.3). Worth as much as the way to it. */
  authentic: boolean
  /** Signatures (RRSIG) came along: the zone is signed, whoever checks it. Seen only when `dnssec` was asked for. */
  signed: boolean
  /** Seconds; of the records, the smallest. */
  ttl?: number | undefined
  /** `IP:PORT` of who answered, or was asked last. Empty when there is no server at all. */
  server: string
  transport: 'udp' | 'tcp'
  /** Questions sent, all retries and aliases counted. */
  sent: number
  /** Microseconds. */
  took: number
  /** Why, in words, where the outcome alone does not say it. */
  detail?: string | undefined
}

export interface QueryOptions {
  /** Milliseconds for everything: all tries, servers, TCP and aliases. */
  timeout: number
  /** Further tries when no answer comes; they share the time. */
  retries: number
  /** Ask for signatures and for the resolver's own verdict (DO and AD). */
  dnssec: boolean
  /** Take the data even if its signatures are wrong (CD, RFC 4035 §3.2.2): with it, bogus is told from broken. */
  unchecked: boolean
  signal?: AbortSignal | undefined
}

/** `server`: `IP`, `IP:PORT` or `[IPv6]:PORT`, or the system's. `validating`: the user says that it checks DNSSEC. */
export interface ResolverChoice {
  server: string
  validating?: boolean | undefined
}

export interface Resolver {
  /** For a person: `the system’s` or `192.0.2.53:53`. */
  readonly shown: string
  readonly validating: boolean
  /** Addresses for the dialer. The system's choice includes its hosts file; any other asks the chosen server. */
  readonly lookup: Lookup
  /** Never rejects. Ends early when the resolver's own signal aborts. */
  query<T extends RecordType>(
    name: string,
    type: T,
    options?: Partial<Pick<QueryOptions, 'dnssec' | 'unchecked'>>,
  ): Promise<DnsResult<T>>
}
