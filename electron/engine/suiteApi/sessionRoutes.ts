/** Owns: the routes of sessions with the local server: refused ones too, with the reply that decided and the transcript. */
import { notFound } from '#shared/rpc/error.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import { type Route, route } from './route.ts'
import { Id, SessionDetail, SessionList, SessionsQuery, Transcript, TranscriptQuery } from './schemas.ts'
import { sessionJson } from './sessionJson.ts'
import { findingsOf, stretch } from './transcripts.ts'
import type { RouteDeps } from './types.ts'

export function sessionRoutes({ client, sessions }: Pick<RouteDeps, 'client' | 'sessions'>): Route[] {
  const one = async (id: string): Promise<SessionSummary> => {
    const summary = await client.call('transcript.get', { session: id })
    // What this computer sent or probed is none of a test suite's.
    if (summary.source !== 'server') throw notFound('Session', id)
    return summary
  }
  const about = { params: Id, problems: ['not-found'] } as const
  return [
    route({
      method: 'GET',
      path: '/api/v1/sessions',
      name: 'listSessions',
      summary: 'List sessions with the local server, newest first',
      query: SessionsQuery,
      answer: { description: 'A page of them, each with what decided.', schema: SessionList },
      async run({ query: { text, limit, before } }) {
        const asked = { text, limit, source: 'server' as const, ...(before === undefined ? {} : { before }) }
        const { items, next, total } = await client.call('transcript.list', asked)
        const told = []
        for (const item of items) told.push(await sessionJson(item, sessions))
        return { json: { items: told, ...(next === undefined ? {} : { next }), total } }
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/sessions/{id}',
      name: 'session',
      summary: 'Read a session: what became of it, and what it showed',
      ...about,
      answer: { description: 'The session with its findings.', schema: SessionDetail },
      async run({ params: { id } }) {
        const summary = await one(id)
        const [json, findings] = await Promise.all([
          sessionJson(summary, sessions),
          findingsOf(sessions, id),
        ])
        return { json: { ...json, findings } }
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/sessions/{id}/transcript',
      name: 'sessionTranscript',
      summary: 'The whole dialogue as events, secrets masked',
      params: Id,
      query: TranscriptQuery,
      problems: ['not-found'],
      answer: { description: 'Events behind "after"; ask again behind the last one until it is complete.', schema: Transcript },
      async run({ params: { id }, query: { after, limit } }) {
        const session = await one(id)
        const found = await stretch(sessions, id, after, limit)
        if (found === null) throw notFound('Session', id)
        return { json: { session, events: found.events, complete: found.ended } }
      },
    }),
  ] // prettier-ignore
}
