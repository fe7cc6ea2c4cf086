/**
 * Owns: the words that the parts of the relay's room share: a message in the queue, its legs (recipients of one
 * destination, which travel together), where a leg goes, what a try came to, and what the store keeps of all that.
 * No behaviour. Moments are milliseconds since 1970 unless said otherwise.
 */
import type { OutboundRules } from '#shared/relay/outbound.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import type { LegTry, RelayAttemptRow, RelayReport, RelaySettings } from '#shared/rpc/contract/relay.ts'

/** What goes before the content as it was received, and which octets of it are left out ([from, to), in order). */
export interface Rewriting {
  /** Received field and others, whole lines with CRLF. */
  prefix: string
  cuts: readonly (readonly [number, number])[]
}

/** A message that the relay has taken: its content is body `body` of `session`, exactly as received. */
export interface QueuedMessage extends Rewriting {
  /** `SESSION.BODY`. */
  id: string
  session: string
  body: number
  receivedAt: number
  /** Reverse-path without brackets; `''` for a bounce. */
  sender: string
  /** Octets as received. */
  size: number
  client: string
  /** The listener that took it, and whether TLS was made with it; absent: the relay's own, or not known. */
  port?: number | undefined
  sealed?: boolean | undefined
  user?: string | undefined
  subject?: string | undefined
  messageId?: string | undefined
  virtualMta?: string | undefined
  /** Why this virtual MTA. */
  because: string
  eightBit: boolean
  /** Its header or envelope has UTF-8 (RFC 6531). */
  utf8: boolean
  requireTls: boolean
  /** RFC 3461 §4.3, §4.4. */
  ret?: 'FULL' | 'HDRS' | undefined
  envid?: string | undefined
  /** Made by the relay itself: a bounce. */
  own?: true | undefined
}

export interface LegRecipient {
  address: string
  state: 'open' | 'delivered' | 'failed' | 'dropped'
  /** What was said to it last. */
  words?: string | undefined
  notify?: readonly ('NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY')[] | undefined
  /** `rfc822;address` as the client wrote it, decoded. */
  orcpt?: string | undefined
  /** The sender has been told of its failure or delivery: not again. */
  told?: true | undefined
  /** The postmaster of this server itself, without a domain: kept in the Inbox, wherever other mail goes. */
  local?: true | undefined
}

export interface Leg {
  /** `MESSAGE/N`. */
  id: string
  message: QueuedMessage
  /** In lower case, A-labels. */
  domain: string
  recipients: LegRecipient[]
  /** `delivering` is never stored: what was under way at a kill is tried again. */
  state: 'waiting' | 'held' | 'delivered' | 'bounced' | 'dropped'
  /** When it is tried next. */
  nextAt: number
  tries: number
  /** The newest fifty. */
  history: LegTry[]
  /** Chosen by hand; else the message's. */
  virtualMta?: string | undefined
  /** Why it is held. */
  why?: string | undefined
  /** Held because nobody allowed these: any one of them lets it go, the domain first. */
  toAllow?: readonly string[] | undefined
  /** The sender was told that it is late (RFC 3461 §4.1 DELAY). */
  delayTold?: true | undefined
}

/** Demands on TLS of one hop, and where they come from. */
export interface TlsDemand {
  /**
   * `off`: never; `opportunistic`: when offered, any certificate, in clear where it fails (said in the transcript);
   * `required`: or not delivered, any certificate; `verified`: or not delivered, the certificate must be for `names`;
   * `dane`: or not delivered, the certificate must match `tlsa`.
   *
   * On the wire (engine/dialogue/handshake.ts): for `verified` the handshake's `name` is `names[0]` and `certificate` is
   * `check`; an authority of the program's own is trusted by `ca`. For `dane` the `name`, which is also the SNI, is
   * `names[0]` (RFC 7672 §8.1), and `prove` decides by `daneVerdict` (route/dane.ts) before anything is sent. Otherwise `name` is the hop's host and `certificate` is `accept`.
   */
  level: 'off' | 'opportunistic' | 'required' | 'verified' | 'dane'
  implicit: boolean
  names?: readonly string[] | undefined
  tlsa?: readonly { usage: number; selector: number; matching: number; data: Uint8Array }[] | undefined
  /** `virtual-mta mta1, domain *`, `DANE`, `MTA-STS`, `default`. */
  from: string
}

/** One host to try, in order. */
export interface Hop {
  host: string
  port: number
  /**
   * To dial, in order, and no others: they are those that were looked at for loops and for the source address's family.
   * At least one from the router; empty: looked up when dialled.
   */
  addresses: readonly string[]
  tls: TlsDemand
}

export type Route =
  | { kind: 'inbox' }
  | {
      kind: 'smtp'
      /** Legs with the same key may share a connection; good for this run of the program only. */
      key: string
      /** The ones to try first in front; at least one. */
      hops: readonly Hop[]
      /** Name said in EHLO. */
      ehloName: string
      /** Address that connections leave from. */
      sourceAddress?: string | undefined
      /** Said only over TLS as demanded, or in clear over loopback. */
      auth?: { user: string; password: string } | undefined
      /** Trusted besides the system's authorities. */
      trusted?: Authority | undefined
      rules: OutboundRules
      /** How it was found, for the head of the transcript. */
      remarks: readonly string[]
    }
  /** Nobody allowed this destination; `toAllow`: any one of these hosts lets it go, the domain first. */
  | { kind: 'held'; why: string; toAllow: readonly string[] }
  /** DNS, the policy or a loop decides without a server. */
  | {
      kind: 'failed'
      permanent: boolean
      code: number
      enhanced: string
      words: string
      /** The transcript of what was asked for it, where anything was. */
      seen?: { session: string; seq: number } | undefined
    }

/** What became of one recipient in one try. */
export interface RecipientOutcome {
  address: string
  /** `again`: a temporary failure. */
  outcome: 'delivered' | 'again' | 'failed'
  /** `250 2.1.5 Ok`, or what kept the server from saying anything. */
  words: string
  code?: number | undefined
  enhanced?: string | undefined
  /** Of the server that said it. */
  host?: string | undefined
  /** The next hop took the DSN parameters with it (RFC 3461 §5.2.2): it tells the sender itself. */
  dsnPassed?: boolean | undefined
}

export interface TryOutcome {
  leg: Leg
  recipients: readonly RecipientOutcome[]
  tried: LegTry
}

/** Certificates of authorities, PEM; `id` tells them from others. */
export interface Authority {
  pem: string
  id: string
}

/** What the queue goes by; replaced as a whole when a person changes it. */
export interface RelayRulesNow {
  policy: RelayPolicy
  /** By `user NAME`, `smarthost NAME`, and `host` for the one host that everything goes to. */
  secrets: ReadonlyMap<string, string>
  settings: RelaySettings
  /** Host keys that mail may go to. */
  allowed: readonly string[]
  /** The server's own name. */
  name: string
  /** Files that `smtp-ca` names, by path, as they were when the rules were read; one that could not be read is not there. */
  authorities?: ReadonlyMap<string, Authority> | undefined
}

export interface QueuePage {
  items: Leg[]
  next?: string | undefined
  total: number
}

/** What the store keeps for the relay; all of it survives kill -9 once its promise has resolved. */
export interface RelayStore {
  /**
   * Every leg that is waiting or held, in pages: `after` is the last id of the page before. A page with fewer than `max`
   * is the last. What is damaged in the database is left out and told by its name to the store's `onFault`.
   */
  openLegs(after: string | null, max: number): Promise<Leg[]>
  /**
   * Replaces legs as they are now; one that is new is added to its message. Grouped with everything else of the turn. A
   * message all of whose legs are over is no longer held: its content stays while its legs are kept and it is among the
   * newest 1 GiB, by the keep rules of the Inbox, and while nobody removes its session's transcript (the relay's own go
   * at once); only so long may a leg be open again. Rejects with StoreError `failed` for an open leg without message or
   * content: then none of `legs` is changed.
   */
  putLegs(legs: readonly Leg[]): Promise<void>
  /** A message of the relay's own (a bounce), with its legs, at once. */
  addMessage(message: QueuedMessage, legs: readonly Leg[], content: Uint8Array): Promise<void>
  leg(id: string): Promise<Leg | null>
  /** Legs that are over, newest first. `text` is searched in addresses, sender, domain and subject. */
  overLegs(query: { state?: Leg['state'] | undefined; text: string; before?: string | undefined; limit: number }): Promise<QueuePage> // prettier-ignore
  /**
   * Of those that are over; the newest 10,000 are kept, or fewer by the keep rules of the Inbox. The dialogues that they
   * point to stay as long, up to 1 GiB of deliveries.
   */
  overCounts(): Promise<{ delivered: number; bounced: number; dropped: number }>
  /** Legs, over ones included, of the message with this Message-ID or envelope id; newest first, at most 20. */
  findLegs(by: { messageId?: string; envid?: string; id?: string }): Promise<Leg[]>
  /** Not awaited one by one; the newest 5,000 are kept. Failures reach the store's `onFault`. */
  queueAttempts(rows: readonly RelayAttemptRow[]): void
  attempts(query: { before?: string | undefined; limit: number; refused: boolean }): Promise<{ items: RelayAttemptRow[]; next?: string }> // prettier-ignore
  putReport(report: RelayReport): Promise<void>
  /** Newest first, the newest 5,000; `leg`: those that speak of it. */
  reports(query: { before?: string | undefined; limit: number; leg?: string | undefined }): Promise<{ items: RelayReport[]; next?: string }> // prettier-ignore
}

/** What the intake gives the queue. */
export interface NewQueued {
  message: QueuedMessage
  legs: Leg[]
}

/** What the intake, the page and the server see of the queue. */
export interface Queue {
  /** Durable already; `bytes` is the content where it is small enough to be kept in memory for the first try. */
  added(queued: NewQueued, bytes: Uint8Array | null): void
}
