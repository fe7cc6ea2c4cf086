/** Owns: which moment of the protocol a reply answers, because that changes what its code means. */
import type { Moment } from '#shared/knowledge/types.ts'
import type { EventOf, Phase, TranscriptEvent } from '#shared/transcript/event.ts'
import { eventAt, indexOfSeq, type EventLog } from './eventLog.ts'

const byPhase: Partial<Record<Phase, Moment>> = {
  banner: 'greeting', ehlo: 'EHLO', starttls: 'STARTTLS', auth: 'AUTH', mail: 'MAIL', rcpt: 'RCPT', data: 'DATA', quit: 'QUIT',
} // prettier-ignore

/** Events looked through to either side. */
const reach = 50

function nearest(
  log: EventLog,
  from: number,
  step: 1 | -1,
  wanted: (event: TranscriptEvent) => boolean,
): TranscriptEvent | undefined {
  for (let index = from + step; Math.abs(index - from) <= reach; index += step) {
    const event = eventAt(log, index)
    if (!event || wanted(event)) return event
  }
  return undefined
}

/** A piece sent with BDAT is answered by itself (RFC 3030 §2): only the last answer is about the message. */
function isEnd(log: EventLog, place: number): boolean {
  const chunk = nearest(log, place, -1, ({ kind }) => kind === 'chunk')
  if (chunk?.kind !== 'chunk' || chunk.encoding === 'data') return true
  const after = nearest(log, place, 1, ({ kind }) => ['line', 'reply', 'end'].includes(kind))
  return chunk.last && !(after?.kind === 'reply' && after.phase === 'body')
}

/** Undefined where the command does not change the meaning, or is not known. */
export function momentOf(log: EventLog, reply: EventOf<'reply'>): Moment | undefined {
  const place = indexOfSeq(log, reply.seq)
  if (reply.phase === 'body') return isEnd(log, place) ? 'end of data' : undefined
  if (reply.phase !== 'other') return byPhase[reply.phase]
  const line = nearest(log, place, -1, ({ kind }) => kind === 'line')
  const verb = line?.kind === 'line' ? line.verb : undefined
  return verb === 'VRFY' || verb === 'ETRN' ? verb : undefined
}
