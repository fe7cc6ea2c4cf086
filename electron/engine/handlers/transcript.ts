/** Owns: reading, removing, exporting and importing transcripts. */
import { toBase64 } from '#shared/bytes/bytes.ts'
import { notFound } from '#shared/rpc/error.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { exportSession } from './exportFile.ts'
import { ImportDesk } from './importDesk.ts'
import { importAny } from './importAny.ts'
import type { Parts } from './parts.ts'
import { shareSession } from './shareFile.ts'

export function transcriptHandlers(
  given: Pick<Parts, 'hub' | 'store' | 'ports'>,
): Pick<Handlers, Extract<keyof Handlers, `transcript.${string}`>> {
  const { hub, store } = given
  const desk = new ImportDesk(given)
  return {
    'transcript.list': (query) => hub.list(query),
    'transcript.get': async ({ session }) => {
      const summary = await hub.summary(session)
      if (summary === null) throw notFound('Session', session)
      return summary
    },
    'transcript.events': async ({ session }) => {
      const source = await hub.events(session)
      if (source === null) throw notFound('Session', session)
      return source
    },
    'transcript.changes': () => hub.changes(),
    // The store keeps a delivered message's octets as the body of its session too.
    'transcript.body': async ({ session, body, from, size }) => {
      const read = await store.readContent(session, body, from, size)
      if (read === null) throw notFound(`Content ${body} of session`, session)
      return { base64: toBase64(read.bytes), total: read.total }
    },
    'transcript.remove': async ({ sessions }) => ({ removed: await hub.remove(sessions) }),
    'transcript.export': ({ session, bodies }) => exportSession(given, session, bodies),
    'transcript.share': ({ session, format, redact }, signal) =>
      shareSession(given, session, format, redact, signal),
    'transcript.import': ({ text }, signal) => importAny(given, text, signal),
    'transcript.beginImport': () => ({ import: desk.begin() }),
    'transcript.importPart': ({ import: id, text }) => desk.part(id, text),
    'transcript.readImport': ({ import: id }) => desk.read(id),
    'transcript.endImport': async ({ import: id, cancel }, signal) => {
      if (!cancel) return desk.finish(id, signal)
      await desk.cancel(id)
      return { sessions: [], problems: [], form: null }
    },
  }
}
