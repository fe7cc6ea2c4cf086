/** Owns: a case file's text of one session, its message content taken from the store. */
import { mostCaseText } from '#shared/rpc/contract/transcript.ts'
import { notFound, RpcError } from '#shared/rpc/error.ts'
import type { SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { fileExtension } from '#shared/transcript/file.ts'
import { TranscriptWriter } from '#shared/transcript/writer.ts'
import { ExportContent } from './exportContent.ts'
import type { Parts } from './parts.ts'

const batchSize = 500

export interface Given {
  hub: Pick<Parts['hub'], 'summary' | 'events'>
  store: Pick<Parts['store'], 'readContent'>
  ports: Pick<Parts['ports'], 'version'>
}

/** Of a live session, what it has so far. */
export async function* eventsOf(hub: Given['hub'], session: string): AsyncGenerator<TranscriptEvent> {
  const source = await hub.events(session)
  if (source === null) throw notFound('Session', session)
  for (let after = 0; ;) {
    const batch = await source.read(after, batchSize)
    yield* batch.events
    after = batch.first + batch.events.length - 1
    if (batch.ended || batch.events.length === 0) return
  }
}

/** As `send-mail.example.com-587-20260102T030405Z.relayscope.json`; nothing that a file system could take amiss. */
export function exportName(
  { source, host, port, startedAt }: SessionHead,
  extension = fileExtension,
): string {
  const safeHost = host
    .replace(/[^\w.-]+/g, '_')
    .replace(/^\.+/, '')
    .slice(0, 80)
  const time = startedAt.replace(/\.\d+|[-:]/g, '')
  return `${source}-${safeHost === '' ? 'host' : safeHost}-${port}-${time}${extension}`
}

/** Characters for the file's head and end. */
const room = 10_000

const tooLong = (bodies: boolean): RpcError =>
  new RpcError(
    'bad-argument',
    `session: its case file would have more than ${mostCaseText >> 20} million characters, which nothing here can read again. ` +
      (bodies ? 'Export it without bodies.' : 'A session this long cannot be exported.'),
  )

export async function exportSession(
  { hub, store, ports }: Given,
  session: string,
  bodies: boolean,
): Promise<{ name: string; text: string; notes: string[] }> {
  const summary = await hub.summary(session)
  if (summary === null) throw notFound('Session', session)
  const writer = new TranscriptWriter({ bodies, program: `relayscope ${ports.version}` })
  const pieces = [writer.begin(), writer.session(summary)]
  const content = new ExportContent(store, true)
  let length = 0
  for await (const event of eventsOf(hub, session)) {
    const piece = writer.event(bodies ? await content.add(event) : event)
    pieces.push(piece)
    length += piece.length
    if (length > mostCaseText - room) throw tooLong(bodies)
  }
  pieces.push(writer.end())
  return { name: exportName(summary), text: pieces.join(''), notes: content.notes() }
}
