/** Owns: what the driver is given. No behaviour. */
import type { ClientMachine } from '#shared/smtp/machine/options.ts'
import type { Connection } from './connection.ts'
import type { ContentKeeper, MessageSource } from './content.ts'
import type { Gate } from './gate.ts'
import type { Journal } from './journal.ts'

export interface DriverParts {
  machine: ClientMachine
  connection: Connection
  journal: Journal
  gate: Gate
  content: MessageSource | null
  /** Opened when content is asked for, so that a session without content keeps none. */
  openKeeper?: (() => ContentKeeper) | undefined
  signal?: AbortSignal | undefined
  /** Told once, with the first octets that the server says. */
  onFirstBytes?: (() => void) | undefined
  /** A mistake of this program, for the log; the session ends as failed. */
  onDefect?: ((error: unknown) => void) | undefined
  /** Told when an upgrade to TLS failed, before the machine hears of it. */
  onTlsFailed?: (() => void) | undefined
}
