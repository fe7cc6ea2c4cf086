/**
 * Owns: from a message to the request of one of the two APIs: path, header fields and body. The service composes the
 * message from fields, so what only a composer of ours could do (DKIM, charset, raw octets in a form) is refused by name.
 */
import { randomBytes } from 'node:crypto'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { Message } from '#shared/rpc/contract/message.ts'
import { fromBase64, fromUtf8 } from '#shared/bytes/bytes.ts'
import { type NamedAddress, parseAddressList } from '#shared/smtp/grammar/addressList.ts'
import type { Field } from '#shared/transcript/http.ts'
import type { Api } from './answers.ts'

export interface ApiRequest {
  /** From the server's root. */
  path: string
  /** Those about the body and the credential; Host and Connection are the connection's. */
  fields: Field[]
  body: Buffer
}

export type MadeRequest = { ok: true; request: ApiRequest } | { ok: false; problems: FieldProblem[] }

/** Fields of a message that no such API takes. */
const ownOnly = ['date', 'messageId', 'charset', 'encoding', 'variables', 'dkim'] as const

/** `domain`: for the form's address. The message has been found fit to be composed. */
export function requestOf(api: Api, message: Message, domain: string, key: string): MadeRequest {
  const problems = ownOnly.flatMap((name): FieldProblem[] =>
    message[name] === undefined
      ? []
      : [{ field: `message.${name}`, value: '', message: 'An HTTP API does not take this: the service composes the message. Leave it out, or send by SMTP.' }],
  ) // prettier-ignore
  if (problems.length > 0) return { ok: false, problems }
  return api === 'form' ? formRequest(message, domain, key) : jsonRequest(message, key)
}

function formRequest(message: Message, domain: string, key: string): MadeRequest {
  if (message.raw !== undefined) {
    const words = 'The form takes fields and no whole message; use the JSON API, or SMTP.'
    return { ok: false, problems: [{ field: 'message.raw', value: '', message: words }] }
  }
  const fields: [string, string][] = [
    ['from', message.from],
    ...message.to.map((value): [string, string] => ['to', value]),
    ...message.cc.map((value): [string, string] => ['cc', value]),
    ...message.bcc.map((value): [string, string] => ['bcc', value]),
    ...message.replyTo.map((value): [string, string] => ['h:Reply-To', value]),
    ['subject', message.subject],
    ['text', message.text],
    ...(message.html === undefined ? [] : [['html', message.html] as [string, string]]),
    ...message.headers.map(({ name, value }): [string, string] => [`h:${name}`, value]),
  ]
  const path = `/v3/${encodeURIComponent(domain)}/messages`
  const credential: Field = ['Authorization', `Basic ${Buffer.from(`api:${key}`).toString('base64')}`]
  if (message.attachments.length > 0) return multipart(path, credential, fields, message)
  const body = Buffer.from(new URLSearchParams(fields).toString())
  return {
    ok: true,
    request: { path, fields: [credential, ['Content-Type', 'application/x-www-form-urlencoded']], body },
  }
}

const quoted = (text: string): string =>
  `"${text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}"`

function multipart(
  path: string,
  credential: Field,
  fields: [string, string][],
  message: Message,
): MadeRequest {
  const boundary = `----relayscope-${randomBytes(16).toString('hex')}`
  const pieces: Buffer[] = fields.map(([name, value]) =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}\r\n\r\n${value}\r\n`),
  )
  for (const { name, type, base64 = '', inline } of message.attachments) {
    const field = inline === undefined ? 'attachment' : 'inline'
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename=${quoted(inline ?? name)}\r\nContent-Type: ${(type ?? 'application/octet-stream').replace(/[\r\n]/g, ' ')}\r\n\r\n`
    pieces.push(Buffer.from(head), Buffer.from(base64, 'base64'), Buffer.from('\r\n'))
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`))
  const type: Field = ['Content-Type', `multipart/form-data; boundary=${boundary}`]
  return { ok: true, request: { path, fields: [credential, type], body: Buffer.concat(pieces) } }
}

const listOf = (typed: readonly string[]): NamedAddress[] => {
  const read = parseAddressList(typed.join(', '))
  return read.ok ? read.addresses : []
}
const named = ({ address, name }: NamedAddress): object =>
  name === '' ? { email: address } : { email: address, name }

function jsonRequest(message: Message, key: string): MadeRequest {
  const [to, cc, bcc] = [listOf(message.to), listOf(message.cc), listOf(message.bcc)]
  const shown = to.map(({ address }) => address).join(', ')
  const recipients = [
    ...to.map((one) => ({ address: named(one) })),
    ...[...cc, ...bcc].map((one) => ({ address: { ...named(one), header_to: shown } })),
  ]
  const content = message.raw === undefined ? contentOf(message, cc) : rawContent(message.raw)
  if (content === null) {
    const words = 'JSON holds text, and this message is not UTF-8; send it by SMTP.'
    return { ok: false, problems: [{ field: 'message.raw', value: '', message: words }] }
  }
  const body = Buffer.from(
    JSON.stringify({ options: { open_tracking: false, click_tracking: false }, recipients, content }),
  )
  const fields: Field[] = [
    ['Authorization', key],
    ['Content-Type', 'application/json'],
  ]
  return { ok: true, request: { path: '/api/v1/transmissions', fields, body } }
}

function rawContent(raw: string): object | null {
  const bytes = fromBase64(raw)
  const text = bytes === null ? null : fromUtf8(bytes)
  return text === null ? null : { email_rfc822: text }
}

function contentOf(message: Message, cc: NamedAddress[]): object {
  const [from] = listOf([message.from])
  const headers = Object.fromEntries(message.headers.map(({ name, value }) => [name, value]))
  const files = (inline: boolean) =>
    message.attachments
      .filter((file) => (file.inline !== undefined) === inline)
      .map((file) => ({
        name: file.inline ?? file.name,
        type: file.type ?? 'application/octet-stream',
        data: file.base64 ?? '',
      }))
  return {
    from: from === undefined ? message.from : named(from),
    subject: message.subject,
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    ...(message.replyTo.length > 0 ? { reply_to: message.replyTo.join(', ') } : {}),
    ...(cc.length > 0 || message.headers.length > 0
      ? {
          headers: {
            ...headers,
            ...(cc.length > 0 ? { CC: cc.map(({ address }) => address).join(', ') } : {}),
          },
        }
      : {}),
    ...(files(false).length > 0 ? { attachments: files(false) } : {}),
    ...(files(true).length > 0 ? { inline_images: files(true) } : {}),
  }
}
