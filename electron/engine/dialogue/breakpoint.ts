/** Owns: when a line is held, and saying why. */
import type { Outgoing } from '#shared/smtp/machine/types.ts'

export interface StopReason {
  why: 'gate' | 'breakpoint' | 'delay'
  /** As "before MAIL" or "after 550". */
  words: string
}

export interface StopFacts {
  mode: 'step' | 'run' | 'ended'
  breakpoints: readonly string[]
  /** The reply that matched a breakpoint, and that this line follows. */
  after: string | undefined
}

/** What a person calls a line. */
export function lineName(line: Pick<Outgoing, 'kind' | 'verb'>): string {
  if (line.kind === 'body') return 'the message content'
  if (line.kind === 'body-end') return 'the end of data'
  if (line.kind === 'auth' && line.verb === undefined) return 'the authentication response'
  return line.verb ?? 'the next line'
}

/** Whether a breakpoint names this reply code: as itself (`451`) or by its class (`4xx`). */
export const namesCode = (breakpoints: readonly string[], code: number): boolean =>
  breakpoints.includes(String(code)) || breakpoints.includes(`${String(code)[0]}xx`)

/**
 * Why a command is held, or undefined when it may go. Breakpoints are verbs (`MAIL`), `.` for the end of data, and reply
 * classes and codes; AUTH stands for its first line, not for the responses behind it.
 */
export function stopReason(
  line: Pick<Outgoing, 'kind' | 'verb'>,
  { mode, breakpoints, after }: StopFacts,
): StopReason | undefined {
  const name = lineName(line)
  if (after !== undefined) return { why: 'breakpoint', words: `after ${after}, before ${name}` }
  const wanted = line.kind === 'body-end' ? '.' : line.verb
  if (wanted !== undefined && breakpoints.includes(wanted))
    return { why: 'breakpoint', words: `before ${wanted === '.' ? name : wanted}` }
  return mode === 'step' ? { why: 'gate', words: `before ${name}` } : undefined
}
