/**
 * Owns: the language between a protocol machine and whoever drives it. A machine is `handle(input): Effect[]`,
 * synchronous; it has no socket, promise, clock or randomness inside. Every fact it wants recorded is a `note`.
 *
 * Order of an outgoing line (client and server alike): the machine emits `send`; the driver (through the gate) writes
 * the bytes and answers `sent`; only then does the machine arm a reply timer and expect a reply. A waiting person
 * therefore never causes a timeout. `note` effects for lines we send are emitted in answer to `sent`, not before.
 */
import type { BindingType, Derivation, ScramHash, ScramKeys } from '../sasl/shapes.ts'
import type { ClientTransaction, Parameter } from './transaction.ts'

export type { Parameter } from './transaction.ts'

export type Phase =
  | 'banner' | 'ehlo' | 'starttls' | 'tls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body' | 'quit' | 'other' // prettier-ignore

/** Octets [start, end) of the shown bytes that stand for a secret. */
export interface Range {
  start: number
  end: number
}

/** The bytes of one line as they may be shown: secrets replaced by eight asterisks. */
export interface Shown {
  bytes: Uint8Array
  masked: Range[]
}

/** A reply: code, enhanced status code (RFC 3463) without the code's text, and one text per line. */
export interface Reply {
  code: number
  enhanced?: string | undefined
  text: string[]
}

/** Timers of RFC 5321 §4.5.3.2; the machine names them and says how long, the driver keeps them. */
export type TimerName = 'greeting' | 'reply' | 'body-block' | 'body-end' | 'idle' | 'session'

/** What a machine wants written into the transcript. The driver turns it into an event. */
export type Note =
  | { kind: 'line'; direction: 'to-server' | 'to-client'; phase: Phase; shown: Shown; verb?: string | undefined; edited?: boolean; cutFrom?: number }
  | { kind: 'reply'; direction: 'to-client'; phase: Phase; shown: Shown; code?: number | undefined; enhanced?: string | undefined; malformed?: string; edited?: boolean; cutFrom?: number;
      /** Client: no command waited for it, as for a 421 that a server says by itself. */
      unasked?: true }
  | { kind: 'chunk'; direction: 'to-server'; body: number; offset: number; size: number; last: boolean; encoding: 'data' | 'bdat' }
  | {
      kind: 'finding'
      phase: Phase
      code: string
      severity: 'error' | 'warning' | 'info' | 'good'
      side: 'this-computer' | 'network' | 'server' | 'client' | 'unknown'
      message: string
      next: string
      /** Absent: certain. */
      confidence?: 'likely'
      references?: string[]
    } // prettier-ignore

export type Outcome = {
  how: 'completed' | 'closed' | 'reset' | 'timeout' | 'refused' | 'failed' | 'dropped'
  by: 'client' | 'server' | 'network' | 'person' | 'this-computer'
  message: string
}

/** A line that a machine wants to send, or a person may edit while it waits at the gate. */
export interface Outgoing {
  /** Counts up inside one machine; names this line in `sent` and `skipped`. */
  id: number
  kind: 'command' | 'auth' | 'reply' | 'body' | 'body-end'
  phase: Phase
  /** What goes on the wire, line end included. Holds secrets: never record it. */
  bytes: Uint8Array
  shown: Shown
  /** Upper-case verb of a command. */
  verb?: string | undefined
  /** Code of a reply. */
  code?: number | undefined
}

export type Effect =
  | { type: 'send'; line: Outgoing }
  /** Start TLS on the connection now; the driver answers `secured` or `ended`. Bytes read in clear after this are dropped. */
  | { type: 'secure' }
  /** `reset`: break it (TCP RST) once what was written has left; without it politely. */
  | { type: 'close'; reset?: true }
  | { type: 'arm'; timer: TimerName; ms: number }
  | { type: 'disarm'; timer: TimerName }
  | { type: 'note'; note: Note }
  /** Client: give the next stretch of message content (`content`), at most `max` octets. */
  | { type: 'pull'; max: number }
  /** Server: a stretch of received message content, dot-stuffing removed. Ordered; belongs to the open transaction. */
  | { type: 'content'; bytes: Uint8Array }
  /** Server: a decision that is not the protocol's to make. Answer with `answer` and the same id, at once or later. */
  | { type: 'ask'; id: number; question: Question }
  /**
   * Client: derive a key from the password (PBKDF2, bounded by the mechanism to a million rounds) off the turn, so that
   * nothing else waits for it, and answer with `derived` and the same id. Holds a secret: never record it.
   */
  | { type: 'derive'; id: number; derivation: Derivation }
  /** Client, in a series: the transaction is over, whatever came of it. Answer with `next`, at once or later. */
  | { type: 'next' }
  /** The session is over for the machine; nothing follows. */
  | { type: 'done'; outcome: Outcome }

export type Input =
  /** The connection is open; with implicit TLS, the handshake is done too and `tls` says what it agreed. */
  | { type: 'opened'; tls?: Tls | undefined }
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'secured'; tls: Tls }
  | { type: 'ended'; how: 'closed' | 'reset' | 'failed' | 'dropped'; message: string }
  | { type: 'elapsed'; timer: TimerName }
  /** The driver's write buffer is empty again. */
  | { type: 'drained' }
  /** The line with this id is on the wire. `bytes` when a person changed it; the machine follows what was really sent. */
  | { type: 'sent'; id: number; bytes?: Uint8Array }
  /** A person skipped the line; the machine goes on as if it had not wanted to send it. */
  | { type: 'skipped'; id: number }
  /** Client: a person sends an extra line now; the machine emits it as `send` and reads its reply in order. */
  | { type: 'insert'; bytes: Uint8Array }
  /** Client: message content asked for by `pull`. */
  | { type: 'content'; bytes: Uint8Array; last: boolean }
  /** Client: end the session politely (QUIT) as soon as the protocol allows. Server: 421 and close (RFC 5321 §3.8). */
  | { type: 'finish' }
  /** Client: the key that `derive` asked for. */
  | { type: 'derived'; id: number; key: Uint8Array }
  /** Client, in a series: the transaction that follows on this connection; null: QUIT. */
  | { type: 'next'; transaction: ClientTransaction | null }
  /** Server: the answer to an `ask`. */
  | { type: 'answer'; id: number; answer: Answer }

/** What the machine may know of the TLS connection. */
export interface Tls {
  version: string
  cipher: string
  verified: boolean
  /** Octets of a channel binding (RFC 5929, RFC 9266), or null where this connection or the runtime has none. */
  binding?: ((type: BindingType) => Uint8Array | null) | undefined
}

/** What a server machine asks of its policy. */
export type Question =
  | { kind: 'mail'; path: string; parameters: Parameter[]; user?: string | undefined }
  | { kind: 'rcpt'; path: string; parameters: Parameter[]; user?: string | undefined }
  /** Check a name and a password. */
  | { kind: 'password'; mechanism: string; user: string; password: string }
  /** Check HMAC-MD5(password, challenge) (RFC 2195); `digest` in lower-case hex. */
  | { kind: 'cram-md5'; user: string; challenge: string; digest: string }
  /** What is stored of the user's password (RFC 5802 §3); for an unknown user something that looks the same. */
  | { kind: 'scram-keys'; mechanism: string; hash: ScramHash; user: string }
  /** The mechanism has proved that this is the user: may they? */
  | { kind: 'proven'; mechanism: string; user: string }
  /** Check a bearer token; `user` is empty when the client named none. */
  | { kind: 'token'; mechanism: string; user: string; token: string }
  /** Who is it by the TLS certificate; `user` is whom it wants to act as, or empty. */
  | { kind: 'external'; user: string }
  /** Content may begin: open a place for it. */
  | { kind: 'content'; from: string; to: string[] }
  /** Content is complete: make it durable, then answer. `said`: the client has been told 250 already, by a person. */
  | { kind: 'commit'; size: number; said?: true }
  | { kind: 'verify'; verb: 'VRFY' | 'EXPN'; text: string }

/**
 * `accept` lets the machine say its own 250, 235 or 354; `reply` is said instead. `user`: who it is, where that is not
 * what the client said. `keys` answers `scram-keys`.
 */
export type Answer =
  | { accept: true; reply?: Reply | undefined; user?: string | undefined; keys?: ScramKeys | undefined }
  | { accept: false; reply: Reply }

export interface Machine {
  handle(input: Input): Effect[]
  /** Name of the state in the transition table. */
  readonly state: string
}
