/** Owns: when a line is held, and saying why. */
import type { Outgoing } from '#shared/smtp/machine/types.ts'

export interface StopReason {
  why: 'gate' | 'breakpoint'
  /** As "before MAIL" or "after 550". */
  words: string
}

/** What a person calls a line. */
export function lineName(line: Pick<Outgoing, 'kind' | 'verb'>): string {
  if (line.kind === 'body') return 'the message content'
  if (line.kind === 'body-end') return 'the end of data'
  if (line.kind === 'auth') return 'the authentication response'
  return line.verb ?? 'the next line'
}

/**
 * Why a line is held, or undefined when it may go. Breakpoints are verbs (`MAIL`), `.` for the end of data, and reply
 * classes (`5xx`); `after` is the reply that matched one of those.
 */
export function stopReason(
  line: Pick<Outgoing, 'kind' | 'verb'>,
  mode: 'step' | 'run' | 'ended',
  breakpoints: readonly string[],
  after: string | undefined,
): StopReason | undefined {
  const name = lineName(line)
  if (after !== undefined) return { why: 'breakpoint', words: `after ${after}, before ${name}` }
  const wanted = line.kind === 'body-end' ? '.' : line.kind === 'command' ? line.verb : undefined
  if (wanted !== undefined && breakpoints.includes(wanted))
    return { why: 'breakpoint', words: `before ${name}` }
  return mode === 'step' ? { why: 'gate', words: `before ${name}` } : undefined
}
