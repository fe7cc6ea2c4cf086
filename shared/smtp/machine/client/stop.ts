/**
 * Owns: stopping on purpose: how many recipients and how much content go before the stop, whether QUIT can still be said
 * there, and in which words the session ends.
 */
import type { StopPoint } from '../options.ts'
import type { Outcome } from '../types.ts'
import { usesBdat } from './chunking.ts'
import type { ClientCore } from './core.ts'

/** Recipients that are named before the stop, or all. */
export function recipientsToSay({ options }: ClientCore): number {
  const all = options.transaction?.to.length ?? 0
  const { stopAfter, stopAt } = options
  return stopAfter === 'rcpt' ? Math.min(all, stopAt?.recipient ?? all) : all
}

/** Octets of content that may still go; Infinity where the stop is not inside it. */
export function octetsToSend({ options, content }: ClientCore): number {
  const { stopAfter, stopAt } = options
  if (stopAfter !== 'body' || stopAt?.octets === undefined) return Number.POSITIVE_INFINITY
  return Math.max(0, stopAt.octets - (content?.offset ?? 0))
}

const names: Record<StopPoint, string> = {
  connect: 'the greeting', ehlo: 'EHLO', tls: 'TLS', auth: 'authentication', mail: 'MAIL FROM', rcpt: 'RCPT TO',
  data: 'DATA', body: 'the message content', end: 'the end',
} // prettier-ignore

/** As `after RCPT TO 2 of 5`, `after 1000 octets of the message`. */
function placeOf(core: ClientCore, point: StopPoint): string {
  const { stopAt, transaction } = core.options
  const all = transaction?.to.length ?? 0
  if (point === 'rcpt' && recipientsToSay(core) < all)
    return `after RCPT TO ${recipientsToSay(core)} of ${all}`
  if (point !== 'body') return `after ${names[point]}`
  if (stopAt?.octets !== undefined && stopAt.octets < (transaction?.size ?? 0))
    return `after ${stopAt.octets} octets of the message`
  return core.content?.encoding === 'bdat' ? 'before the last chunk' : 'before the final dot'
}

/** The session as it is planned ends with QUIT. */
export function quits(core: ClientCore): boolean {
  const { stopAfter, stopHow = 'quit' } = core.options
  if (stopAfter === 'end') return stopHow === 'quit'
  const inContent = stopAfter === 'data' || (stopAfter === 'body' && !usesBdat(core))
  return stopHow === 'quit' && !inContent
}

/** Stops where a command may be said: with QUIT unless it shall be without a word. */
export function stopInCommands(core: ClientCore, point: StopPoint): void {
  const { stopHow = 'quit' } = core.options
  const message = wordsFor(core, point, stopHow)
  core.stoppedAt = point
  core.content = null
  if (stopHow === 'quit') return core.fail('completed', 'client', message)
  core.finish(ending(message), false, stopHow === 'reset')
}

/** Stops where the server takes everything for content: QUIT would be content, and a dot would deliver. */
export function stopInContent(core: ClientCore, point: 'data' | 'body'): void {
  const how = core.options.stopHow === 'reset' ? 'reset' : 'close'
  const message = wordsFor(core, point, how)
  core.stoppedAt = point
  core.finish(ending(message), false, how === 'reset')
}

/** The message was taken: QUIT follows, unless the session shall end without it. */
export function endAccepted(core: ClientCore, message: string): void {
  const { stopHow = 'quit' } = core.options
  if (stopHow === 'quit') return core.fail('completed', 'client', message)
  core.finish(
    { how: 'completed', by: 'client', message: `${message}${ends[stopHow]}.` },
    false,
    stopHow === 'reset',
  )
}

const ending = (message: string): Outcome => ({ how: 'completed', by: 'client', message })

const ends = {
  quit: '',
  close: ' The connection was closed without QUIT',
  reset: ' The connection was reset',
}

/** A stop after something that this connection did not have; null when it had it. */
function absent({ secured, authenticated }: ClientCore, point: StopPoint): string | null {
  if (point === 'tls' && secured === null)
    return 'Stopped after EHLO: the connection has no TLS to stop after.'
  if (point === 'auth' && !authenticated) return 'Stopped before MAIL FROM: nobody signed in.'
  return null
}

function wordsFor(core: ClientCore, point: StopPoint, how: keyof typeof ends): string {
  const inside = point === 'data' || point === 'body'
  const tail = inside ? (how === 'quit' ? ' Nothing was delivered.' : '; nothing was delivered.') : how === 'quit' ? '' : '.' // prettier-ignore
  return `${absent(core, point) ?? `Stopped ${placeOf(core, point)}, as asked.`}${ends[how]}${tail}`
}
