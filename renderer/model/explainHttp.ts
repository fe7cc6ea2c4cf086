/** Owns: a request or response of HTTP in plain words: what is asked of a message API, and what its answer means. */
import type { EventOf } from '#shared/transcript/event.ts'
import { readResponse, requestLine } from '#shared/transcript/http.ts'
import { only, type Explanation } from './explanation.ts'
import { replyParts } from './wire.ts'

/** What a status means for a message, and what a good client does (RFC 9110 §15; 429 is RFC 6585 §4). */
const statuses: Record<number, readonly [words: string, next: string]> = {
  100: ['The server wants the body now.', 'Send the body.'],
  200: ['The server has taken the message.', ''],
  202: ['The server has taken the message and will work on it later.', ''],
  400: ['Something in the request cannot be used; the body says what.', 'Put it right. The same request would fail again.'],
  401: ['The key is missing or wrong. No message was taken.', 'Use the right key. The same request would fail again.'],
  403: ['The key is right and may not do this.', 'Use a key with the right, or another address.'],
  404: ['There is no such address on this server.', 'Look at the path and the domain in it.'],
  405: ['This address does not take this method.', 'Use POST.'],
  408: ['The server waited too long for the request.', 'Try again; what of it had arrived was thrown away.'],
  413: ['The request is larger than the server takes.', 'Make the message smaller.'],
  420: ['A sending limit of the account is reached. Nothing is wrong with the message.', 'Keep the message and try again when the limit is over, or raise it at the service.'],
  415: ['The server cannot read a body of this type.', 'Use the type that the API asks for.'],
  429: ['Too many requests. Nothing is wrong with the message.', 'Keep the message and try again after the time in Retry-After.'],
  431: ['The header fields are larger than the server takes.', 'Send fewer or shorter ones.'],
} // prettier-ignore

const classes: Record<number, readonly [words: string, next: string]> = {
  1: ['An answer on the way; the last one is still to come.', ''],
  2: ['The request was done.', ''],
  3: ['The server points elsewhere. The message was not taken.', 'Look at the field Location.'],
  4: ['The server does not take the request as it is.', 'Put it right before trying again.'],
  5: ['The server failed. The request may be right.', 'Keep the message and try again later.'],
}

/** Null for what is no response of HTTP. */
export function explainResponse(event: EventOf<'reply'>): Explanation | null {
  // Without a code it is a web server where SMTP was expected.
  const http = event.code === undefined ? null : readResponse(event.raw)
  if (http === null) return null
  const { tone } = replyParts(event)
  const [words, next] = statuses[http.status] ??
    classes[Math.floor(http.status / 100)] ?? ['This status is not known.', '']
  const parts: Explanation['parts'] = [{ text: `${http.status}`, label: 'status', look: 'code' }]
  if (http.reason !== '') parts.push({ text: http.reason, label: 'its words', look: 'text' })
  return { ...only(words, tone), next, parts, references: ['RFC 9110 §15'] }
}

/** Null for what is no request of HTTP. */
export function explainRequest(event: EventOf<'line'>): Explanation | null {
  const line = requestLine(event.raw)
  if (line === null) return null
  const [method = '', target = '', version = ''] = line.split(' ')
  const plain = `The client asks the server to do ${method} on ${target}. The header fields say who asks and what the body is; in SMTP each of these would be a command of its own with an answer to wait for.`
  return {
    ...only(plain),
    parts: [
      { text: method, label: 'method', look: 'verb' },
      { text: target, label: 'address on the server', look: 'text' },
      { text: version, label: 'version', look: 'text' },
    ],
    references: ['RFC 9112 §3', 'RFC 9110 §9.3.3'],
  }
}
