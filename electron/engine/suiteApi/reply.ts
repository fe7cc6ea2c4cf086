/** Owns: writing an answer with the fields that every one has. */
import type { ServerResponse } from 'node:http'
import type { Reply } from './route.ts'

/** Mail is hostile: whatever a browser is made to fetch here is neither kept, guessed at, drawn nor embedded. */
const fields = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
}

/** Rejects when an answer breaks in the middle. A client that has gone is no fault. */
export async function sendReply(response: ServerResponse, reply: Reply, status = 200): Promise<void> {
  if ('own' in reply) {
    if (!response.headersSent && !response.destroyed) response.writeHead(status, { ...fields, 'Content-Type': reply.type })
    return reply.own(response)
  }
  if (response.headersSent || response.destroyed) return
  if ('json' in reply) {
    const body = Buffer.from(JSON.stringify(reply.json))
    response.writeHead(reply.status ?? status, { ...fields, 'Content-Type': 'application/json', 'Content-Length': body.length })
    response.end(body)
    return
  }
  const { octets, type, length, headers = {} } = reply
  const known = length === undefined ? {} : { 'Content-Length': length }
  response.writeHead(status, { ...fields, 'Content-Type': type, ...known, ...headers })
  for await (const piece of octets) {
    if (response.destroyed) return
    if (!response.write(piece)) await roomIn(response)
  }
  response.end()
} // prettier-ignore

/** Until there is room again, or nobody reads any more. Leaves no listener: an answer has as many pieces as it has. */
function roomIn(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
    if (response.destroyed) done()
  })
}
