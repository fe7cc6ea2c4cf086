/** Owns: the routes that stay open: waiting for a message, and the stream of arrivals. */
import type { Arrivals } from './arrivals.ts'
import { beginning, streamArrivals } from './events.ts'
import { messageJson } from './messageJson.ts'
import { Problem, wrongField } from './problems.ts'
import { type Route, route } from './route.ts'
import { sharedDetail } from './sharedDetail.ts'
import { EventsQuery, Found, WaitQuery } from './schemas.ts'
import type { RouteDeps } from './types.ts'
import { type Waited, waitFor } from './waiting.ts'

/** The number behind a mark. Throws a Problem for one that is none, or too old. */
function numberOf(mark: string, arrivals: Arrivals): number {
  const place = arrivals.place(mark)
  if (place.at === 'here') return place.after
  if (place.at === 'nowhere') throw wrongField('since', mark, 'is no mark; take one from /api/v1/mark')
  throw new Problem('mark-gone', `The mark ${mark} is of an earlier run of the program, or too much came since.`)
} // prettier-ignore

function nothingCame(waited: Extract<Waited, { found: false }>, timeout: number, mark: string): Problem {
  const came = waited.seen === 0 ? 'nothing else came' : `${waited.seen} that ${waited.seen === 1 ? 'does' : 'do'} not fit came` // prettier-ignore
  const words = `Nothing that fits came within ${timeout} ms; ${came}.`
  return new Problem('nothing-came', words, { mark, seen: waited.seen, others: waited.others })
}

export function waitRoutes(deps: RouteDeps): Route[] {
  const { arrivals, waits, streams, client } = deps
  const detail = sharedDetail(client)
  return [
    route({
      method: 'GET',
      path: '/api/v1/messages/wait',
      name: 'waitForMessage',
      summary: 'Wait until a message that fits is there, and read it',
      query: WaitQuery,
      problems: ['nothing-came', 'mark-gone', 'too-many', 'switched-off'],
      answer: { description: 'The message; or the session, where show asked for those.', schema: Found },
      run: ({ query: { query, show, since, timeout }, signal }) =>
        waits.use(async () => {
          const after = since === undefined ? null : numberOf(since, arrivals)
          const waited = await waitFor({ query, show, after, timeout }, { client, arrivals, detail }, signal)
          const mark = arrivals.mark(waited.after)
          if (!waited.found) throw nothingCame(waited, timeout, mark)
          const { summary } = waited
          if (summary.outcome !== 'kept') return { json: { mark, message: null, session: summary } }
          return { json: { mark, message: await messageJson(summary.id, deps), session: null } }
        }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/events',
      name: 'events',
      summary: 'Arrivals and sessions that left no message, as they come',
      query: EventsQuery,
      problems: ['too-many'],
      answer: {
        description: 'Server-sent events: "message" and "session" with a summary as data and a mark as id; "lost" where some are missing. Last-Event-ID resumes.',
        type: 'text/event-stream',
      },
      run({ query: { since }, headers, signal }) {
        const last = headers['last-event-id']
        if (since !== undefined && arrivals.place(since).at === 'nowhere')
          throw wrongField('since', since, 'is no mark; take one from /api/v1/mark')
        const from = beginning(arrivals, typeof last === 'string' ? last : since)
        const release = streams.take()
        const type = 'text/event-stream'
        return { type, own: (response) => streamArrivals(response, arrivals, from, signal).finally(release) }
      },
    }),
  ] // prettier-ignore
}
