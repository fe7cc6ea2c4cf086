/**
 * Owns: seeing that a server turned a connection away because of how many there are, which is never to be read as a
 * closed port: in its own words (421, or another refusal that speaks of limits), or without a word while others were open.
 */
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'

export interface TurnedAway {
  /** Events that show it. */
  evidence: number[]
  /** The server's words, on one line; absent when it said nothing. */
  words?: string | undefined
  /** It spoke of a limit itself. */
  named: boolean
}

type Reply = EventOf<'reply'>

const limitWords = /too many|limit|rate|throttl|connections? per|concurren|slow down|try again later/i

/** What a session's events show; undefined when nothing does. `shared`: others were open to the same address. */
export function turnedAway(events: readonly TranscriptEvent[], shared: boolean): TurnedAway | undefined {
  const said = events.find((event) => event.kind === 'reply' && speaksOfLimit(event))
  if (said?.kind === 'reply') {
    const words = wordsOf(said)
    return { evidence: [said.seq], words, named: limitWords.test(words) }
  }
  if (!shared) return undefined
  // A reset while it was being opened came after the server's own kernel had agreed: a refusal is told apart from it.
  const opened = events.find(
    (event) => event.kind === 'connect' && (event.outcome === 'connected' || event.outcome === 'reset'),
  )
  const talked = events.some(
    (event) => event.kind === 'reply' || (event.kind === 'tls' && event.outcome === 'established'),
  )
  const end = events.findLast((event) => event.kind === 'end')
  if (!opened || talked || (end?.outcome !== 'closed' && end?.outcome !== 'reset')) return undefined
  return { evidence: [opened.seq, end.seq], named: false }
}

/** 421 is for closing down and for limits alike (RFC 5321 §4.2.3): asking again, alone, tells. */
function speaksOfLimit(reply: Reply): boolean {
  const code = codeOf(reply)
  if (code === 421) return true
  const first = reply.phase === 'banner' || reply.phase === 'tls'
  return code !== undefined && code >= 400 && first && limitWords.test(wordsOf(reply))
}

/** Said in clear where TLS was expected it was not read as SMTP, and may be a refusal all the same: Exim's is. */
const codeOf = ({ code, phase, raw }: Reply): number | undefined =>
  code ?? (phase === 'tls' && /^[45]\d\d[ -]/.test(raw) ? Number(raw.slice(0, 3)) : undefined)

const wordsOf = ({ raw }: Reply): string =>
  (raw.slice(0, 400).split(/\r?\n/)[0] ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, 200)
