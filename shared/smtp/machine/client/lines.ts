/**
 * Owns: writing the client's lines, each with its masked form beside it (the secret is replaced where it is born).
 * Lines are built from the options only, so that a plan can build the same lines ahead of time.
 */
import type { Command } from '../../grammar/command.ts'
import { maskLine, maskWhole, unmasked } from '../../grammar/mask.ts'
import { printCommand } from '../../grammar/printCommand.ts'
import { encodeInitial, encodeResponse } from '../../sasl/wire.ts'
import type { Response } from '../../sasl/mechanism.ts'
import { utf8 } from '../../../bytes/bytes.ts'
import type { Outgoing, Phase } from '../types.ts'

export type Line = Omit<Outgoing, 'id'>
type Sendable = Exclude<Command, { verb: 'unknown' }>

export const phaseOf: Record<string, Phase> = {
  EHLO: 'ehlo', HELO: 'ehlo', STARTTLS: 'starttls', AUTH: 'auth', MAIL: 'mail', RCPT: 'rcpt', DATA: 'data',
  BDAT: 'body', final: 'body', QUIT: 'quit',
} // prettier-ignore

export function commandLine(command: Sendable): Line {
  const bytes = printCommand(command)
  const phase = phaseOf[command.verb] ?? 'other'
  return { kind: 'command', phase, bytes, shown: unmasked(bytes), verb: command.verb }
}

/** `AUTH MECHANISM [initial]`; the initial response is masked when the mechanism calls it secret. */
export function authLine(mechanism: string, initial: Response | null): Line {
  const text = initial === null ? null : encodeInitial(initial.bytes)
  const bytes = printCommand({ verb: 'AUTH', mechanism, initial: text })
  const shown = initial === null ? unmasked(bytes) : maskLine(bytes)
  return { kind: 'auth', phase: 'auth', bytes, shown, verb: 'AUTH' }
}

/** Answer to a 334. Always masked: a user name in base64 is nobody's business either. */
export function responseLine(response: Response): Line {
  const bytes = utf8(encodeResponse(response.bytes) + '\r\n')
  return { kind: 'auth', phase: 'auth', bytes, shown: maskWhole(bytes) }
}

const cancel = utf8('*\r\n')
/** RFC 4954 §4: a single asterisk gives the exchange up. */
export const cancelLine = (): Line => ({
  kind: 'auth',
  phase: 'auth',
  bytes: cancel,
  shown: unmasked(cancel),
})

const dot = utf8('.\r\n')
const crlfDot = utf8('\r\n.\r\n')
/** The end of data; `fresh` when a line has just ended. */
export function endLine(fresh = true): Line {
  const bytes = fresh ? dot : crlfDot
  return { kind: 'body-end', phase: 'body', bytes, shown: unmasked(bytes) }
}
