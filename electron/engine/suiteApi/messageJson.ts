/**
 * Owns: one message as a test suite reads it: header, text, HTML, parts, links, envelope, and what the dialogue and the
 * message's own lint found. All of it by calls of the contract, so that it says what the page says.
 */
import type { z } from 'zod'
import type { MessageDetail, MessagePart } from '#shared/rpc/contract/inbox.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { octetsInWords } from '#shared/transcript/measure.ts'
import { allLinks } from './links.ts'
import { gather } from './octets.ts'
import type { Message } from './schemas.ts'
import { findingsOf } from './transcripts.ts'
import type { Sessions } from './transcripts.ts'

export type MessageJson = z.output<typeof Message>

/** Octets of HTML that are given. */
const htmlLimit = 2 << 20

export interface MessageDeps {
  client: Pick<RpcClient, 'call'>
  sessions: Sessions
}

const base = '/api/v1/messages'
export const messagePath = (id: string): string => `${base}/${encodeURIComponent(id)}`

/** Rejects with RpcError `not-found`, also for a session that left no message. */
export async function messageJson(id: string, deps: MessageDeps): Promise<MessageJson> {
  const detail = await deps.client.call('inbox.get', { id })
  if (detail.outcome !== 'kept') throw new RpcError('not-found', `${JSON.stringify(id)} is a session that left no message; it stands under /api/v1/sessions.`) // prettier-ignore
  const [inner, findings] = await Promise.all([
    insideOf(detail, deps.client),
    findingsOf(deps.sessions, detail.session),
  ])
  const { session, receivedAt, mailFrom, rcptTo, port, sealed, user } = detail
  const { from, to, subject, headers, text, textNote, problems, size, unread, starred, tags } = detail
  return {
    id,
    session,
    receivedAt,
    envelope: { mailFrom, rcptTo, port, sealed, ...(user === undefined ? {} : { user }) },
    from,
    to,
    subject,
    headers,
    text,
    ...(textNote === undefined ? {} : { textNote }),
    ...inner,
    size,
    unread,
    starred,
    tags,
    findings,
    problems: [...problems, ...inner.problems],
    source: `${messagePath(id)}/source`,
  }
}

type Inner = Pick<
  MessageJson,
  'html' | 'htmlNote' | 'links' | 'parts' | 'partsLeftOut' | 'checks' | 'problems'
>

/** Of a message that is too large to be looked into, what there is without looking. */
async function insideOf({ id, text }: MessageDetail, client: Pick<RpcClient, 'call'>): Promise<Inner> {
  try {
    const [tree, view, lint] = await Promise.all([
      client.call('inbox.parts', { id }),
      client.call('inbox.view', { id }),
      client.call('inbox.lint', { id }),
    ])
    const html = await htmlOf(id, tree.parts, client)
    return {
      ...html,
      links: allLinks(view?.links ?? [], text),
      parts: tree.parts.map((part) => ({ ...part, href: `${messagePath(id)}/parts/${part.path}` })),
      partsLeftOut: tree.more,
      checks: lint.checks,
      problems: tree.problems,
    }
  } catch (error) {
    if (!(error instanceof RpcError && error.code === 'bad-argument')) throw error
    return { html: null, links: allLinks([], text), parts: [], partsLeftOut: 0, checks: [], problems: [error.message] } // prettier-ignore
  }
}

async function htmlOf(
  id: string,
  parts: readonly MessagePart[],
  client: Pick<RpcClient, 'call'>,
): Promise<Pick<Inner, 'html' | 'htmlNote'>> {
  const part = parts.find(({ type, disposition }) => type === 'text/html' && disposition !== 'attachment')
  if (part === undefined) return { html: null }
  const read = (from: number, size: number) => client.call('inbox.part', { id, path: part.path, from, size })
  const { bytes, total } = await gather(read, htmlLimit)
  const { text, known } = decode(bytes, part.charset)
  const notes = [
    ...(known ? [] : [`The charset ${JSON.stringify(part.charset?.slice(0, 60))} is not known; read as UTF-8.`]),
    ...(total > bytes.length ? [`Cut after ${octetsInWords(bytes.length)} of ${octetsInWords(total)}; the part has all of it.`] : []),
  ] // prettier-ignore
  return { html: text, ...(notes.length > 0 ? { htmlNote: notes.join(' ') } : {}) }
}

/** Labels of the Encoding standard; a name that it does not have is read as UTF-8. */
function decode(bytes: Uint8Array, charset = 'utf-8'): { text: string; known: boolean } {
  try {
    return { text: new TextDecoder(charset).decode(bytes), known: true }
  } catch {
    return { text: new TextDecoder().decode(bytes), known: false }
  }
}
