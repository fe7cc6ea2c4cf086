/**
 * Owns: from a case file's text to sessions in the store. Each gets an id of its own, so that a file can neither replace
 * nor imitate a session that is here; events are numbered anew without gaps, and content goes to the store.
 */
import { fromByteString } from '#shared/bytes/bytes.ts'
import type { SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { readFile } from '#shared/transcript/reader.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { sessionIds } from '../transcripts/sessionId.ts'
import type { EnginePorts } from '../ports.ts'
import type { Store } from '../store/types.ts'
import type { Hub } from '../transcripts/types.ts'

interface Given {
  hub: Pick<Hub, 'added'>
  store: Pick<Store, 'openContent' | 'putTranscript'>
  ports: Pick<EnginePorts, 'clock'>
}

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

type Chunk = Extract<TranscriptEvent, { kind: 'chunk' }>

/** Moves the octets of content from the events into the store; a file can name a body for every line of it. */
async function keepContent(store: Given['store'], id: string, events: TranscriptEvent[]): Promise<void> {
  const bodies = new Map<number, Chunk[]>()
  for (const event of events) {
    if (event.kind !== 'chunk' || event.raw === undefined) continue
    const chunks = bodies.get(event.body)
    if (chunks) chunks.push(event)
    else bodies.set(event.body, [event])
  }
  const kept: Promise<void>[] = []
  for (const [body, chunks] of bodies) {
    const writer = store.openContent(id, body)
    for (const chunk of chunks) {
      if (!writer.append(fromByteString(chunk.raw ?? ''))) await writer.drain()
      delete chunk.raw
    }
    kept.push(writer.keep())
  }
  await Promise.all(kept)
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
