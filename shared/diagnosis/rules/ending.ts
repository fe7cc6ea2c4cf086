/**
 * Owns: the rule about how a session ended when nobody planned it. The greeting and a failed handshake have rules of
 * their own; a transcript without an `end` was cut, and nothing is said. Nor is it of a text that was read in and just
 * stops: nobody cancelled that session, it is only not told to its end.
 */
import { cutShort, places } from '../../smtp/machine/client/cutShort.ts'
import type { EventOf } from '../../transcript/event.ts'
import { advised } from '../advised.ts'
import { finding, type Finding } from '../finding.ts'
import type { Reading } from '../reading/types.ts'
import type { Rule } from './types.ts'

export const ending: Rule = (reading) => {
  const { end, phase, tlsFailed, head, exchanges } = reading
  if (!end) return []
  if (end.outcome === 'cancelled')
    return head.source === 'import' && end.by !== 'person' ? [] : [cancelled(end)]
  const connected = reading.events.some(({ kind }) => kind === 'reply' || kind === 'line')
  const told = exchanges.some(({ answer }) => answer?.code === 421)
  if (!connected || tlsFailed || told || end.by === 'person' || end.by === 'this-computer') return []
  if (phase === 'banner' || phase === 'quit') return []
  const ours = head.role === 'client' ? 'client' : 'server'
  if (end.outcome === 'timeout') return head.role === 'client' ? [silent(reading, end)] : []
  if ((end.outcome !== 'closed' && end.outcome !== 'reset') || end.by === ours) return []
  return head.role === 'client' ? byServer(reading, end, end.outcome) : byClient(reading, end, end.outcome)
}

type End = EventOf<'end'>

const cancelled = (end: End): Finding =>
  finding('cancelled', {
    side: 'this-computer',
    confidence: 'certain',
    evidence: [end.seq],
    message: 'The session was cancelled by a person before it was done.',
    next: 'Start it again; nothing can be said of what was not tried.',
  })

function silent({ phase, last }: Reading, end: End): Finding {
  const evidence = [...last, end.seq]
  if (phase === 'body')
    return advised(
      'body-timeout',
      'body',
      'The content was not answered in time, or did not get through.',
      evidence,
    )
  return advised('reply-timeout', phase, `The server did not answer ${places[phase]}.`, evidence)
}

function byServer({ phase, last, exchanges }: Reading, end: End, how: 'closed' | 'reset'): Finding[] {
  if (exchanges.some(({ verb, reply }) => verb === 'QUIT' && reply)) return []
  const { code, message } = cutShort(how, phase)
  return [advised(code, phase, message, [...last, end.seq])]
}

/** A client that asked for nothing and leaves (a health check, a port scan) is no fault. */
function byClient({ phase, last, exchanges }: Reading, end: End, how: 'closed' | 'reset'): Finding[] {
  const spoken = exchanges.filter(({ line }) => line !== undefined)
  const verb = spoken.at(-1)?.verb ?? ''
  if (!['AUTH', 'MAIL', 'RCPT', 'DATA', 'BDAT'].includes(verb) && phase !== 'body') return []
  const code =
    phase === 'body' ? 'body-closed' : how === 'closed' ? 'closed-unexpectedly' : 'reset-unexpectedly'
  const place = phase === 'body' ? places.body : `after ${verb}, without QUIT`
  const next = 'Read the client’s log: it gave up here, or its network cut the connection.'
  return [
    advised(code, phase, `The client ${how} the connection ${place}.`, [...last, end.seq], {
      side: 'client',
      next,
    }),
  ]
}
