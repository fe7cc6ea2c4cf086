/** Owns: what a dialogue waits for now, what is usual, and when it is given up (RFC 5321 §4.5.3.2). */
import type { TranscriptEvent } from '#shared/transcript/event.ts'

export interface Waiting {
  /** As "the reply to EHLO". */
  what: string
  usual: string
  /** Milliseconds until it is given up; null where the connection's own limit counts. */
  limit: number | null
  /** As "we give up at 5 min (RFC 5321 §4.5.3.2)". */
  limitWords: string
}

const minute = 60_000
const usual = 'usual: under 1 s'
const giveUp = (minutes: number): Pick<Waiting, 'limit' | 'limitWords'> => ({
  limit: minutes * minute,
  limitWords: `we give up at ${minutes} min (RFC 5321 §4.5.3.2)`,
})
const connecting = (what: string): Waiting => ({
  what,
  usual,
  limit: null,
  limitWords: 'we give up when the system does',
})

/** Of each step, as the engine has it (engine/httpApi/sendHttp.ts). */
const httpLimit = 30_000

const greeting: Waiting = { what: 'the greeting', usual, ...giveUp(5) }

function afterLine(verb: string | undefined): Waiting {
  if (verb === 'DATA') return { what: 'the reply to DATA', usual, ...giveUp(2) }
  return { what: verb ? `the reply to ${verb}` : 'the reply', usual, ...giveUp(5) }
}

/** After the final dot a server may scan and queue: the longest wait of all. */
const afterChunk = (last: boolean): Waiting =>
  last
    ? { what: 'the receipt for the message', usual: 'usual: under 5 s', ...giveUp(10) }
    : { what: 'room for more of the body', usual, ...giveUp(3) }

/** The wait after the last event; null when it is not the other side's turn. */
export function waitingFor(last: TranscriptEvent | undefined): Waiting | null {
  if (last === undefined) return connecting('the address of the server')
  if (last.kind === 'resolve') return connecting('the connection')
  if (last.kind === 'connect') return last.outcome === 'connected' ? greeting : null
  if (last.kind === 'line') return afterLine(last.verb)
  if (last.kind === 'reply') return last.phase === 'starttls' ? connecting('the TLS handshake') : null
  return last.kind === 'chunk' ? afterChunk(last.last) : null
}

/** The same for a request of HTTP, which is answered once, after the whole of it. */
export function waitingForAnswer(last: TranscriptEvent | undefined): Waiting | null {
  const limit = { limit: httpLimit, limitWords: `we give up at ${httpLimit / 1000} s` }
  if (last === undefined || last.kind === 'resolve') return { ...connecting('the connection'), ...limit }
  if (last.kind === 'connect')
    return last.outcome === 'connected' ? { ...connecting('the TLS handshake'), ...limit } : null
  const asked =
    last.kind === 'tls' ? last.outcome === 'established' : last.kind === 'line' || last.kind === 'chunk'
  return asked ? { what: 'the answer to the request', usual: 'usual: under 5 s', ...limit } : null
}

/** As "8.4 s" or "2 min 5 s", from milliseconds. */
export function elapsedWords(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
}
