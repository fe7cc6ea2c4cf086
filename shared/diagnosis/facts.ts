/**
 * Owns: the shapes of what a probe has to find out for the rules that look at more than one session. Facts only: who
 * collects them decides nothing. Each fact says by which events of which transcript it is proved.
 */
import type { connectOutcomes, TlsMode } from '../transcript/event.ts'
import type { TranscriptEvent } from '../transcript/event.ts'
import type { Finding } from './finding.ts'
import type { Head } from './reading/types.ts'

/** Event numbers inside one transcript. */
export interface Proof {
  session: string
  events: readonly number[]
}

/** A finding about several sessions: `evidence` are the numbers in the first one that `proof` names. */
export type ProbeFinding = Finding & { proof: readonly Proof[] }

export interface Session {
  id: string
  head: Head
  events: readonly TranscriptEvent[]
}

/** One connection to one address and port, as `readAttempts` reads it from its transcript. */
export interface Attempt {
  host: string
  address: string
  family: 4 | 6
  port: number
  mode: TlsMode
  outcome: (typeof connectOutcomes)[number]
  /** Microseconds. */
  took: number
  proof: Proof
  /** A 220 came. */
  greeted: boolean
  /** Offered in an EHLO reply in clear; absent when there was none. */
  starttls?: boolean | undefined
  /** Greeting or capabilities are overwritten. */
  masked: boolean
  tls?: { version: string | undefined; verified: boolean | undefined } | undefined
  /** AUTH mechanisms of the last EHLO reply. */
  mechanisms: readonly string[]
}

/** `unproven`: the resolver is not one that the user calls validating. */
export type DnsSecurity = 'secure' | 'insecure' | 'bogus' | 'unproven'

/**
 * What is wrong with an MX: an alias (RFC 5321 §5.1), an address where a name belongs, a null MX beside others (RFC 7505
 * §3), a name that does not exist or has no address. `unanswered` says nothing of it.
 */
export type MxProblem = 'alias' | 'address' | 'null-among-others' | 'not-found' | 'no-address' | 'unanswered'

export interface MxHost {
  preference: number
  host: string
  /** IPv4 before IPv6, as DNS has them. */
  addresses: readonly string[]
  problem?: MxProblem | undefined
}

/** Why a question to DNS had no answer; `server`: who was asked, empty when there was nobody. */
export interface DnsFailure {
  why: 'timeout' | 'server-failure' | 'refused' | 'unreachable'
  /** What it was asked for: the domain's own address only where it has no MX. */
  asked: 'MX' | 'address'
  server: string
  /** What it said, in a sentence, where it said something. */
  detail?: string | undefined
}

/** What DNS says of a mail domain. `failed`: nobody answered, and nothing follows from that for the domain. */
export interface DomainFacts {
  domain: string
  mx: 'found' | 'null' | 'none' | 'failed'
  /** In the order of preference. */
  hosts: readonly string[]
  /** The domain itself has an A or AAAA record. */
  hasAddress: boolean
  /** The name server says that there is no such name. */
  missing?: boolean | undefined
  /** Of `failed`; absent when it was cancelled. */
  failure?: DnsFailure | undefined
  /** Every MX in the order of preference; for `none` with an address the domain itself, which is its own MX. */
  records?: readonly MxHost[] | undefined
  /** Of the MX records. */
  security?: DnsSecurity | undefined
  proof: Proof
}

export const tlsVersions = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const
export type TlsVersion = (typeof tlsVersions)[number]

/** What ClientHellos of our own found out of one port. A version that was not tried is absent. */
export interface TlsScan {
  host: string
  port: number
  versions: Readonly<Partial<Record<TlsVersion, boolean>>>
  /** Whether a handshake gets a certificate with and without a server name; absent when it was not tried. */
  withSni?: boolean | undefined
  withoutSni?: boolean | undefined
  /** Suites of each version by number, in the server's order. */
  suites?: Readonly<Partial<Record<TlsVersion, readonly number[]>>> | undefined
  /** The certificates were not sent each before the one that signed it. */
  disordered?: boolean | undefined
  /** This computer's own TLS found no version or cipher in common with the server. */
  failedHere?: boolean | undefined
  proof: Proof
}

/** TLSA records of one MX on port 25 (RFC 7672). */
export interface DaneFacts {
  host: string
  port: number
  security: DnsSecurity
  /** `matches`: the chain that the server sent satisfies this record. */
  records: readonly {
    usage: number
    selector: number
    matching: number
    matches: boolean
    /** Why it does not, for a person. */
    why?: string | undefined
  }[]
  starttls: boolean
  /** TLS was made; absent counts as made. */
  sealed?: boolean | undefined
  proof: Proof
}

/** MTA-STS of one domain (RFC 8461). */
export interface MtaStsFacts {
  domain: string
  record: 'found' | 'none' | 'several' | 'invalid'
  policy: 'read' | 'unreachable' | 'untrusted' | 'invalid'
  /** What is wrong with record or policy, for a person. */
  problem?: string | undefined
  mode?: 'enforce' | 'testing' | 'none' | undefined
  /** The policy's `mx` lines. */
  patterns: readonly string[]
  /** The domain's MX, and which of them failed at TLS, with the reason. */
  mx: readonly string[]
  failing: readonly { host: string; why: string }[]
  /** MX that did not greet on port 25, or were not tried there, so that nothing is known of their TLS. */
  untested?: readonly string[] | undefined
  proof: Proof
}

/** Where a domain wants reports about TLS (RFC 8460 §3). */
export interface TlsReportingFacts {
  domain: string
  record: 'found' | 'none' | 'several' | 'invalid' | 'unanswered'
  /** `mailto:` and `https:` only. */
  reports: readonly string[]
  problem?: string | undefined
  proof: Proof
}

/** Names of one address (PTR), and those of them that lead back to it. */
export interface ReverseFacts {
  address: string
  state: 'found' | 'none' | 'unanswered'
  names: readonly string[]
  confirmed: readonly string[]
  proof: Proof
}

/** A session in which a recipient was tried that this server has no business with. */
export interface RelayTrial {
  session: Session
  /** Domains whose mail goes elsewhere: known from their MX, or reserved ones. Lower case. */
  foreignDomains: readonly string[]
}

export interface ProbeFacts {
  /** As typed. */
  host: string
  /** Every port, family and address of the target. */
  attempts: readonly Attempt[]
  /** The same ports on hosts that are known to listen there, when the user allowed it. */
  controls: readonly Attempt[]
  /** Only when a mail domain was asked for. */
  domain?: DomainFacts | undefined
  scans?: readonly TlsScan[] | undefined
  dane?: readonly DaneFacts[] | undefined
  mtaSts?: MtaStsFacts | undefined
  tlsReporting?: TlsReportingFacts | undefined
  reverse?: readonly ReverseFacts[] | undefined
  relayTrials?: readonly RelayTrial[] | undefined
}
