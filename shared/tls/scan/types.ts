/**
 * Owns: the words between a scan and whoever makes its connections. A scan is pure: it says which ClientHello it wants
 * answered next, and is told what came of it. One ask is one connection.
 */
import type { HelloOptions } from '../clientHello.ts'
import type { ServerAnswer, ServerHello } from '../serverAnswer.ts'
import type { TlsVersion } from '../versions.ts'

export type Ask = Omit<HelloOptions, 'random'>

/**
 * What came of an ask. `closed`, `reset` and `silent` are the server's answer to the ClientHello when it says nothing
 * in TLS; a connection that never got as far is not told here: it is made again, or the scan is ended.
 */
export type Answer = ServerAnswer | { kind: 'closed' | 'reset' | 'silent' }

/** Asks one after the other, each made from the answers so far. */
export interface Chain {
  /** The next question; undefined when there is none any more. */
  ask(): Ask | undefined
  answer(answer: Answer): void
}

/** Who decides among what both sides can do; `one`: there is nothing to decide. */
export type Order = 'server' | 'client' | 'mixed' | 'one'

export interface VersionFacts {
  version: TlsVersion
  /** In the server's order where it has one; empty: the version is not accepted. */
  suites: readonly number[]
  order: Order
  /** How the server said no when nothing was accepted: an alert's name, or "closed", "reset", "silent". */
  refusal?: string | undefined
}

export interface GroupFacts {
  version: TlsVersion
  /** In the order in which the server took them from a list that offers what is likely first. */
  groups: readonly number[]
}

/** What the server does when no name is asked for (SNI): the same certificate, another one, no TLS at all. */
export type WithoutName = 'same' | 'other' | 'refused' | 'unknown'

export interface TlsFacts {
  /** Oldest first. */
  versions: readonly VersionFacts[]
  groups: readonly GroupFacts[]
  /** Chains in DER as sent up to TLS 1.2, each once: a server may have one for RSA and one for ECDSA. */
  chains: readonly (readonly Uint8Array[])[]
  withoutName: WithoutName
  /** Of the prime in DHE; undefined without DHE. */
  primeBits?: number | undefined
  /** RFC 5746, as answered up to TLS 1.2; undefined where no such version is accepted. */
  secureRenegotiation?: boolean | undefined
  /** TLS compression is on (CRIME). */
  compression: boolean
  asksCertificate: boolean
  /** The server stopped answering what it had answered before: what is missing here may be there. */
  doubtful: boolean
  /** Connections that were asked for. */
  asks: number
}

export type { ServerHello }
