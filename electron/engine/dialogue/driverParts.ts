/** Owns: what the driver is given. No behaviour. */
import type { ClientMachine, ClientTransaction } from '#shared/smtp/machine/options.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'
import type { Connection } from './connection.ts'
import type { ContentKeeper, MessageSource } from './content.ts'
import type { GateListener, MachineView } from './gateTypes.ts'
import type { Journal } from './journal.ts'

/** What the driver asks of a gate. */
export interface DriverGate {
  connect(view: MachineView, listener: GateListener): void
  readonly holding: boolean
  /** Whether the line may leave now; else the listener hears of it. */
  admit(line: Outgoing): boolean
  sent(line: Outgoing, bytes?: Uint8Array): void
  replied(code: number | undefined): void
  /** The server speaks although nothing was asked; called before its reply is recorded. */
  interrupted(): void
  end(): void
}

/** One message of a series. */
export interface Order {
  transaction: ClientTransaction
  content: MessageSource
}

export interface DriverParts {
  machine: ClientMachine
  connection: Connection
  journal: Journal
  gate: DriverGate
  content: MessageSource | null
  /** Opened when content is asked for, so that a session without content keeps none. */
  openKeeper?: (() => ContentKeeper) | undefined
  signal?: AbortSignal | undefined
  /** Told once, with the first octets that the server says. */
  onFirstBytes?: (() => void) | undefined
  /** A message of a series has been answered: `give` the next one, at once or later; null ends the session. */
  next?: ((give: (order: Order | null) => void) => void) | undefined
  /** A mistake of this program, for the log; the session ends as failed. */
  onDefect?: ((error: unknown) => void) | undefined
  /** Told when an upgrade to TLS failed, before the machine hears of it. */
  onTlsFailed?: (() => void) | undefined
}
