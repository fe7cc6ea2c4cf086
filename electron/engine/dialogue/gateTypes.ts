/** Owns: what the gate is given and what it asks of whoever drives it. No behaviour. */
import type { Moment } from '#shared/knowledge/types.ts'
import type { Patience } from '#shared/rpc/contract/dialogue.ts'
import type { Outgoing, Tls } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import type { Recorder } from '#engine/transcripts/types.ts'
import type { StopFacts, StopReason } from './breakpoint.ts'
import type { Typed } from './typed.ts'

/** What the driver does when a person has decided. */
export interface GateListener {
  /** Send the held line now, with these octets instead of its own when given. */
  release(line: Outgoing, bytes?: Uint8Array): void
  skip(line: Outgoing): void
  insert(bytes: Uint8Array): void
  /** Close the connection without a word. */
  drop(): void
  /** Break it: TCP RST. */
  reset(): void
  /** End politely as soon as the protocol allows; `held` is the line that waits, to be skipped. */
  finish(held: Outgoing | undefined): void
}

/** What the gate shows of the machine. */
export interface MachineView {
  readonly state: string
  /** What TLS agreed; null in clear. */
  readonly secured: Tls | null
  /** Of a client: AUTH has succeeded. */
  readonly authenticated?: boolean
  plan(): Outgoing[]
}

export interface GateJournal {
  readonly recorder: Pick<Recorder, 'held' | 'conceal'>
  /** Microseconds since the session began. */
  elapsed(): number
  write(event: EventBody): unknown
}

/** What may be refused, in words, by the kind of line that waits. */
export type LineAction = 'edit' | 'skip' | 'insert' | 'finish'

/** What differs between holding a client's commands and holding a server's replies. */
export interface GateSide {
  readonly role: 'client' | 'server'
  readonly direction: 'to-server' | 'to-client'
  stop(line: Outgoing, facts: StopFacts): StopReason | undefined
  /** Why this cannot be done now, or undefined; `bytes` is what would be added. */
  refusal(
    action: LineAction,
    held: Outgoing | undefined,
    inContent: boolean,
    bytes?: Uint8Array,
  ): string | undefined
  /** What a person typed, shown without the secrets in it. */
  read(raw: string, view: MachineView, held: Outgoing | undefined): Typed
  /** These octets will leave beside the machine's lines; the very same array comes back in `sent`. */
  added(bytes: Uint8Array, view: MachineView): void
  /** A line has left: its own octets, or `bytes`. */
  sent(line: Outgoing, bytes: Uint8Array | undefined, view?: MachineView): void
  /** The other side has answered. */
  replied(code: number, view?: MachineView): void
  /** The line can be said again as it is. */
  repeatable(line: Outgoing): boolean
  /** How long the other side waits by the standard, while this line is held. */
  patience(line: Outgoing): Pick<Patience, 'patienceMs' | 'why'>
  /** What the held line answers. */
  answering(line: Outgoing): Moment | undefined
}

export interface GateOptions {
  step: boolean
  breakpoints: readonly string[]
  journal: GateJournal
  /** Milliseconds that each line waits while it runs. */
  delay?: number
  /** A client's by default. */
  side?: GateSide
}

export interface ActAnswer {
  ok: boolean
  problem?: string
}
