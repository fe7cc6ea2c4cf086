/** Owns: the routes of one message: read, source, a part, mark, delete. */
import { notFound } from '#shared/rpc/error.ts'
import { messageJson } from './messageJson.ts'
import { octetsOf } from './octets.ts'
import { type Route, route } from './route.ts'
import { Change, Id, Message, PartAddress, Removed, Summary } from './schemas.ts'
import type { RouteDeps } from './types.ts'

/** A name that a header field and a file system can hold. */
const fileName = (id: string): string => `${id.replaceAll(/[^\w.-]/gu, '-').slice(0, 100)}.eml`
const kept = (type: string): string => (/^[\w.+-]{1,60}\/[\w.+-]{1,60}$/u.test(type) ? type : 'application/octet-stream') // prettier-ignore

export function messageRoutes(deps: Pick<RouteDeps, 'client' | 'sessions'>): Route[] {
  const { client } = deps
  const about = { params: Id, problems: ['not-found'] } as const
  return [
    route({
      method: 'GET',
      path: '/api/v1/messages/{id}',
      name: 'message',
      summary: 'Read a message',
      ...about,
      answer: { description: 'Header, text, HTML, parts, links, envelope, findings.', schema: Message },
      run: async ({ params: { id } }) => ({ json: await messageJson(id, deps) }),
    }),
    route({
      method: 'PATCH',
      path: '/api/v1/messages/{id}',
      name: 'changeMessage',
      summary: 'Mark a message as read, unread or starred',
      ...about,
      body: Change,
      answer: { description: 'As it is now.', schema: Summary },
      async run({ params: { id }, body: { unread, starred } }) {
        await client.call('inbox.get', { id })
        if (unread !== undefined) await client.call('inbox.mark', { ids: [id], unread })
        if (starred !== undefined) await client.call('inbox.star', { ids: [id], starred })
        return { json: Summary.parse(await client.call('inbox.get', { id })) }
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/messages/{id}',
      name: 'removeMessage',
      summary: 'Delete a message',
      ...about,
      answer: { description: 'It is gone.', schema: Removed },
      async run({ params: { id } }) {
        const { removed } = await client.call('inbox.remove', { ids: [id] })
        if (removed === 0) throw notFound('Message', id)
        return { json: { removed } }
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/messages/{id}/source',
      name: 'messageSource',
      summary: 'The message exactly as received',
      ...about,
      answer: { description: 'Its octets.', type: 'message/rfc822' },
      async run({ params: { id } }) {
        const { octets, total } = await octetsOf((from, size) =>
          client.call('inbox.source', { id, from, size }),
        )
        const headers = { 'Content-Disposition': `attachment; filename="${fileName(id)}"` }
        return { octets, length: total, type: 'message/rfc822', headers }
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/messages/{id}/parts/{path}',
      name: 'messagePart',
      summary: 'One part with its transfer encoding undone',
      params: PartAddress,
      problems: ['not-found'],
      answer: { description: 'Its octets, under the type that the message names.', type: '*/*' },
      async run({ params: { id, path } }) {
        const { parts } = await client.call('inbox.parts', { id })
        const part = parts.find((one) => one.path === path)
        if (part === undefined) throw notFound('Part', path)
        const { octets, total } = await octetsOf((from, size) =>
          client.call('inbox.part', { id, path, from, size }),
        )
        // Whatever it says it is, a browser is to save it, not to show it.
        const headers = { 'Content-Disposition': 'attachment' }
        return { octets, length: total, type: kept(part.type), headers }
      },
    }),
  ]
}
