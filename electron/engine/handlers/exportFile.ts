/** Owns: a case file's text of one session, its message content taken from the store. */
import { toByteString } from '#shared/bytes/bytes.ts'
import { mostCaseText } from '#shared/rpc/contract/transcript.ts'
import { notFound, RpcError } from '#shared/rpc/error.ts'
import type { SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { fileExtension } from '#shared/transcript/file.ts'
import { wholeLineBody } from '#shared/transcript/longLine.ts'
import { TranscriptWriter } from '#shared/transcript/writer.ts'
import type { Parts } from './parts.ts'

/** Octets of content in one text; an octet takes up to six characters. Larger ones are exported without bodies. */
const mostContent = 32 << 20
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

/**
 * Adds octets to chunks until there are too many. `lines`: and the rest to lines that were too long to travel with their
 * events, as far as it was kept and there is room.
 */
export function contentAdder(
  store: Given['store'],
  lines: boolean,
): (event: TranscriptEvent) => Promise<TranscriptEvent> {
  let left = mostContent
  return async (event) => {
    if (event.kind === 'line' || event.kind === 'reply') {
      const size = event.cutFrom ?? 0
      if (!lines || size <= event.raw.length || size > left) return event
      const whole = await store.readContent(event.session, wholeLineBody(event.seq), 0, size)
      if (whole === null || whole.bytes.length < size) return event
      left -= size
      return { ...event, raw: toByteString(whole.bytes) }
    }
    if (event.kind !== 'chunk' || event.size === 0) return event
    left -= event.size
    if (left < 0) {
      const message = `bodies true: this session has more than ${mostContent >> 20} MiB of message content. Export it without bodies, and save the message from the Inbox.`
      throw new RpcError('bad-argument', message)
    }
    const read = await store.readContent(event.session, event.body, event.offset, event.size)
    return read === null ? event : { ...event, raw: toByteString(read.bytes) }
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
): Promise<{ name: string; text: string }> {
  const summary = await hub.summary(session)
  if (summary === null) throw notFound('Session', session)
  const writer = new TranscriptWriter({ bodies, program: `relayscope ${ports.version}` })
  const pieces = [writer.begin(), writer.session(summary)]
  const addContent = contentAdder(store, true)
  let length = 0
  for await (const event of eventsOf(hub, session)) {
    const piece = writer.event(bodies ? await addContent(event) : event)
    pieces.push(piece)
    length += piece.length
    if (length > mostCaseText - room) throw tooLong(bodies)
  }
  pieces.push(writer.end())
  return { name: exportName(summary), text: pieces.join('') }
}
