/**
 * Owns: from a case file's text to sessions in the store. Each gets an id of its own, so that a file can neither replace
 * nor imitate a session that is here; events are numbered anew without gaps, and content goes to the store.
 */
import { fromByteString } from '#shared/bytes/bytes.ts'
import type { SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { readFile } from '#shared/transcript/reader.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { sessionIds } from '../transcripts/sessionId.ts'
import type { Parts } from './parts.ts'

type Given = Pick<Parts, 'hub' | 'store' | 'ports'>

interface Incoming {
  head: SessionHead
  events: TranscriptEvent[]
}

/** Sessions and problems of the text, in the file's order. */
function sessionsOf(text: string): { sessions: Incoming[]; problems: string[] } {
  const sessions = new Map<string, Incoming>()
  const problems: string[] = []
  for (const item of readFile(text)) {
    if (item.type === 'session') sessions.set(item.session.id, { head: item.session, events: [] })
    else if (item.type === 'event') sessions.get(item.event.session)?.events.push(item.event)
    else problems.push(item.line === 0 ? item.message : `Line ${item.line}: ${item.message}`)
  }
  return { sessions: [...sessions.values()], problems }
}

/** Numbered from 1 without gaps under the new id; evidence follows, and an end is there. */
export function renumbered(id: string, events: readonly TranscriptEvent[]): TranscriptEvent[] {
  const numbers = new Map(events.map((event, index) => [event.seq, index + 1]))
  const renewed = events.map((event, index): TranscriptEvent => {
    const own = { session: id, seq: index + 1 }
    if (event.kind !== 'finding') return { ...event, ...own }
    const evidence = event.evidence.flatMap((seq) => numbers.get(seq) ?? [])
    return { ...event, ...own, evidence }
  })
  const last = renewed.at(-1)
  if (last?.kind === 'end') return renewed
  renewed.push({
    session: id, seq: renewed.length + 1, at: last?.at ?? 0, phase: 'other', direction: 'none', kind: 'end',
    outcome: 'cancelled', by: 'this-computer', message: 'The imported file does not have the end of this session.',
  }) // prettier-ignore
  return renewed
}

/** Moves the octets of content from the events into the store. */
async function keepContent(store: Given['store'], id: string, events: TranscriptEvent[]): Promise<void> {
  const chunks = events.filter((event) => event.kind === 'chunk' && event.raw !== undefined)
  const bodies = new Set(chunks.map((event) => (event.kind === 'chunk' ? event.body : 0)))
  for (const body of bodies) {
    const writer = store.openContent(id, body)
    for (const event of chunks) {
      if (event.kind !== 'chunk' || event.body !== body || event.raw === undefined) continue
      if (!writer.append(fromByteString(event.raw))) await writer.drain()
      delete event.raw
    }
    await writer.keep()
  }
}

export async function importSessions(
  { hub, store, ports }: Given,
  text: string,
): Promise<{ sessions: string[]; problems: string[] }> {
  const { sessions, problems } = sessionsOf(text)
  const nextId = sessionIds(() => ports.clock.now())
  const ids: string[] = []
  for (const { head, events } of sessions) {
    const id = nextId()
    const own = renumbered(id, events)
    await keepContent(store, id, own)
    const summary = summarize({ ...head, id, source: 'import' }, own)
    await store.putTranscript(summary, own)
    hub.added(summary)
    ids.push(id)
  }
  return { sessions: ids, problems }
}
