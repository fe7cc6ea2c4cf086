/**
 * Owns: what a listener that relays asks, and whom. The server's room knows the protocol and nothing of queues; the relay's
 * room implements this and knows nothing of sockets. No behaviour.
 */
import type { RelayOffer } from '#shared/relay/decide.ts'
import type { ListenerConfig } from '#shared/rpc/contract/listener.ts'
import type { Answer, Parameter } from '#shared/smtp/machine/types.ts'
import type { ContentWriter } from '../store/types.ts'
import type { Accounts } from './accounts.ts'

/** A client as the relay sees it. */
export interface RelayClient {
  session: string
  /** IP address, an IPv4 address in IPv6 clothes as IPv4. */
  address: string
  /** The listener's port. */
  port: number
}

/** How the session stands at a question. */
export interface RelayStanding {
  user: string | null
  sealed: boolean
  /** As `TLSv1.3` where it is. */
  tls?: string | undefined
  hello: { verb: 'EHLO' | 'HELO'; name: string } | null
  /** Number of the event that the question came from. */
  seq: number
}

export interface RelayEnvelope {
  from: string
  fromParameters: readonly Parameter[]
  /** Accepted recipients, in order. */
  to: readonly { address: string; parameters: readonly Parameter[] }[]
}

/** What the relay's rules have to do with at a listener. */
export type RelayDoor = Pick<ListenerConfig, 'tls' | 'auth' | 'authOnlyAfterTls' | 'clientCertificate'>

/** `remarks`: for the transcript, what was decided of the message that is queued now. */
export type Committed = { id: string; remarks?: readonly string[] } | Extract<Answer, { accept: false }>

export interface Relaying {
  /** The users of the relay; made anew when the rules are set. */
  readonly accounts: Accounts
  /** Why nothing may be listened on beyond this computer; null when it may. */
  readonly confined: string | null
  offer(client: string): RelayOffer
  /** What is worth knowing of the rules at a listener with this TLS and these sign-ins, in sentences. */
  notices(listener: RelayDoor): string[]
  visit(client: RelayClient): RelayVisit
}

/** One client's session. */
export interface RelayVisit {
  /** Decides, keeps the attempt with its trace, and says in one sentence for the transcript what decided. */
  rcpt(recipient: string, parameters: readonly Parameter[], sender: string, standing: RelayStanding): { answer: Answer; remark: string } // prettier-ignore
  /** Content begins. */
  open(): void
  /** Sees the octets of the content in order, as received; copies what it keeps, because they are freed behind it. */
  content(bytes: Uint8Array): void
  /**
   * The message is whole. Resolves when content and queue are durable, with the queue's name for it; rejects with a
   * StoreError, or answers with the refusal (a loop, RFC 5321 §6.3).
   */
  commit(writer: ContentWriter, envelope: RelayEnvelope, standing: RelayStanding & { receivedAt: Date }): Promise<Committed> // prettier-ignore
  /** The transaction came to nothing. */
  abandon(): void
}
