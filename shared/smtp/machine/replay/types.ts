/** Owns: a recording as the two replay machines read it: what a client said and when, what a server answered. No behaviour. */
import type { ClientAuth, ClientMachine, ClientTimeouts, TlsMode } from '../options.ts'
import type { Machine, Phase, Tls } from '../types.ts'

interface StepBase {
  phase: Phase
  /** The last reply it got, a 334 of an exchange not counted; absent when none came. */
  answer?: Answer | undefined
  /** So many steps before it had their answers when it was said: fewer than all before it means pipelined. */
  after: number
  /** It was said before the greeting had come. */
  early: boolean
  /** Milliseconds that the client let pass before it. */
  wait: number
}

export interface Answer {
  /** Absent when it could not be read as SMTP. */
  code?: number | undefined
  /** As `550 5.1.1 no such user`, for people. */
  text: string
}

/** One thing that the recorded client said. */
export type ClientStep = StepBase &
  (
    | {
        kind: 'line'
        /** As recorded, line end included or missing. */
        bytes: Uint8Array
        /** Upper-case verb, when the line is a command. */
        verb?: string | undefined
        /** Of RCPT, without angle brackets. */
        address?: string | undefined
        /** A hello right behind a TLS handshake (RFC 3207 §4.2). */
        anew?: boolean
      }
    /** A whole AUTH exchange; made afresh, because its secrets are not in the recording. */
    | { kind: 'auth'; mechanism: string }
    /** Content after a 354, to its end. `kept`: the store has its octets. `whole` is false where the recorded client broke off inside it. */
    | { kind: 'content'; body: number; size: number; whole: boolean; kept: boolean }
    /** One BDAT with its octets [offset, offset + size) of `body`. */
    | {
        kind: 'chunk'
        body: number
        offset: number
        size: number
        last: boolean
        bytes: Uint8Array
        kept: boolean
      }
    /** Something that cannot be said again; `why` completes "Left out: ...". */
    | { kind: 'unsayable'; why: string; verb?: string | undefined }
  )

export interface ClientScript {
  greeting: Answer | null
  steps: ClientStep[]
  /** How the recorded client left: after QUIT, without a word, or not by itself. */
  end: 'quit' | 'closed' | 'cut'
}

export interface ReplayClientOptions {
  script: ClientScript
  tls: TlsMode
  /** `mechanism` auto: each exchange with the recorded one. Null: exchanges are left out. */
  auth: ClientAuth | null
  /** Let pass between the lines what the recorded client let pass. */
  waits: boolean
  /** Said when TLS is made where the recording has no EHLO to repeat. */
  ehloName: string
  timeouts?: Partial<ClientTimeouts>
}

export interface ReplayClientMachine extends ClientMachine {
  /** The recorded body from which `pull` is to be answered: octets [from, from + size) of it; null when none. */
  readonly wanted: { body: number; from: number; size: number } | null
  /** Where the server answered otherwise than recorded first, as a sentence. */
  readonly parted: string | null
}

/** A reply that was recorded. */
export interface RecordedReply {
  bytes: Uint8Array
  code?: number | undefined
  /** A part of it was hidden when it was recorded. */
  masked?: true
  /** Milliseconds that the server let pass before it. */
  wait: number
}

/** What the recorded server did next instead of going on. */
export type Cut = 'close' | 'reset' | 'silence'

/** What was asked of the recorded server, and all that it answered. */
export interface Exchange {
  /** Upper-case verb; `content` is the end of DATA, `''` a line that is no known command. */
  verb: string
  /** Of RCPT the address, of AUTH the mechanism; lower case. */
  argument?: string | undefined
  /** AUTH with its first response. */
  initial?: boolean
  sealed: boolean
  replies: RecordedReply[]
  /** STARTTLS: what came of it. `local` is a failure at the client's end: it decides anew. */
  tls?: 'made' | 'failed' | 'local' | undefined
  cut?: Cut | undefined
  /** Content: octets after which the cut came, where it came inside it. */
  cutAt?: number | undefined
}

export interface ServerScript {
  /** The greeting, with what else was said before any command. */
  greeting: Exchange
  exchanges: Exchange[]
  tls: 'none' | 'starttls' | 'implicit'
  /** Sentences on what cannot come back as it was. */
  notes: string[]
}

export interface ReplayServerOptions {
  script: ServerScript
  waits: boolean
}

export interface ReplayServerMachine extends Machine {
  readonly secured: Tls | null
  /** A reply is on its way or waits for its time: stop reading. */
  readonly waiting: boolean
  /** Set with `done`: how to end the connection. */
  readonly ending: 'close' | 'reset'
}
