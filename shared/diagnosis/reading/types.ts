/** Owns: how a transcript looks to the rules of diagnosis: each command with its reply, and what was known when it was said. */
import type { Capability } from '../../smtp/grammar/capabilities.ts'
import type { Phase, Reply } from '../../smtp/machine/types.ts'
import type { EventOf, SessionHead, TranscriptEvent } from '../../transcript/event.ts'
import type { ImplicitTlsTrial } from '../banner.ts'

/** What the rules need of a session's head. */
export type Head = Pick<SessionHead, 'role' | 'host' | 'port' | 'tls' | 'startedAt'> &
  Partial<Pick<SessionHead, 'source' | 'protocol'>>

/** One accepted EHLO or HELO. */
export interface Hello {
  verb: string
  reply: EventOf<'reply'>
  capabilities: readonly Capability[]
  sealed: boolean
}

/** A command with its reply; either may be missing. */
export interface Exchange {
  /** Upper-case verb; `greeting`, `final` for the end of content, `other` for a line that is no known command. */
  verb: string
  phase: Phase
  line?: EventOf<'line'> | undefined
  reply?: EventOf<'reply'> | undefined
  /** The reply as read, absent when it could not be read. */
  answer?: Reply | undefined
  sealed: boolean
  /** Replies that were still owed when the line was sent. */
  ahead: number
  /** Nobody had asked for this reply. */
  unasked?: true
  /** A reply that came while content was still being sent. */
  early?: true
  /** The line answers a 334. */
  response?: true
  /** Microseconds from what was said to its reply, without the time that a person or a rule held it; 0 when unknown. */
  waited: number
  /** The offer in force. */
  hello?: Hello | undefined
  authenticated: boolean
}

/** A stretch of what was sent as message content, as far as its octets are in the transcript. */
export interface ContentPart {
  seq: number
  raw: string
}

export interface Reading {
  head: Head
  /** The main course of the connection: without findings, and without a trial connection beside it. Bounded. */
  events: readonly TranscriptEvent[]
  exchanges: readonly Exchange[]
  hellos: readonly Hello[]
  /** The connection or the handshake after which the first words came. */
  opened?: EventOf<'connect'> | EventOf<'tls'> | undefined
  greeting?: Exchange | undefined
  /** Something failed in a handshake; what came of it is explained there. */
  tlsFailed: boolean
  end?: EventOf<'end'> | undefined
  /** Where the conversation stood when the transcript ends. */
  phase: Phase
  /** Numbers of the last events of the main course, for what happened at the end. */
  last: readonly number[]
  /** A second connection made to explain a silent port. */
  trial?: ImplicitTlsTrial | undefined
  content: readonly ContentPart[]
  /** Numbers of events that a finding in the transcript speaks of already, and of replies that a person chose at our server. */
  told: ReadonlySet<number>
}
