/** Owns: the routes over many messages: list, mark, delete what a search finds. */
import type { z } from 'zod'
import { wrongField } from './problems.ts'
import { type Route, route } from './route.ts'
import { BulkQuery, Change, Changed, ListQuery, MarkAnswer, MessageList, Removed } from './schemas.ts'
import type { RouteDeps } from './types.ts'

const which = 'Name which by query, or all=true for every one; nothing was changed.'

/** What is asked for, once it is certain that all of it is meant. */
function searchOf({ query = '', all, show }: z.output<typeof BulkQuery>) {
  if (query.trim() === '' && !all) throw wrongField('query', query, which)
  return { text: query, show }
}

export function listRoutes({ client, arrivals }: Pick<RouteDeps, 'client' | 'arrivals'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/messages',
      name: 'listMessages',
      summary: 'List or search messages, and sessions that left none',
      query: ListQuery,
      answer: { description: 'A page of them.', schema: MessageList },
      async run({ query: { query, ...rest } }) {
        // Before the list is read: what comes meanwhile has a later place.
        const mark = arrivals.mark()
        const { items, next, total } = await client.call('inbox.list', { text: query, ...rest })
        return { json: { items, ...(next === undefined ? {} : { next }), total, mark } }
      },
    }),
    route({
      method: 'PATCH',
      path: '/api/v1/messages',
      name: 'changeMessages',
      summary: 'Mark all that a search finds as read, unread or starred',
      query: BulkQuery,
      body: Change,
      answer: { description: 'How many there were.', schema: Changed },
      async run({ query, body: { unread, starred } }) {
        const search = searchOf(query)
        let changed = 0
        // A search for is:unread finds nothing any more once they are read.
        if (starred !== undefined)
          ({ changed } = await client.call('inbox.bulk', { ...search, act: starred ? 'star' : 'unstar' }))
        if (unread !== undefined)
          ({ changed } = await client.call('inbox.bulk', { ...search, act: unread ? 'unread' : 'read' }))
        return { json: { changed } }
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/messages',
      name: 'removeMessages',
      summary: 'Delete all that a search finds',
      query: BulkQuery,
      answer: { description: 'How many there were.', schema: Removed },
      async run({ query }) {
        const { changed } = await client.call('inbox.bulk', { ...searchOf(query), act: 'remove' })
        return { json: { removed: changed } }
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/mark',
      name: 'mark',
      summary: 'Now, as a place in the order of arrivals: take it, act, then wait for what came after it',
      answer: { description: 'The mark.', schema: MarkAnswer },
      run: () => ({ json: { mark: arrivals.mark() } }),
    }),
  ]
}
