/** Owns: writing answers: whole, with the security headers, and plain pages in words for who may not come in. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ContentPolicy, securityHeaders } from './headers.ts'

export interface Answer {
  status: number
  type: string
  body: string | Buffer
  headers?: Record<string, string>
}

export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  policy: ContentPolicy,
  { status, type, body, headers = {} }: Answer,
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  response.writeHead(status, {
    ...securityHeaders(policy),
    'Content-Type': type,
    'Content-Length': bytes.length,
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

/** Text only: nothing of the request is repeated. */
export function plainPage(title: string, words: string): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Relayscope</title></head>' +
    `<body><h1>${title}</h1><p>${words}</p></body></html>`
  )
}

/** For a token that is used, wrong or missing. */
export const closedDoor = plainPage(
  'This address has been used, or was never valid.',
  'Each address that Relayscope prints opens it once. For a new one press Enter in the terminal where Relayscope runs, ' +
    'or start it again. If you came by a link from another page, reload this one.',
)
