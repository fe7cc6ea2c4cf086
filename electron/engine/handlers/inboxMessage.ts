/** Owns: looking into one kept message: its drawn HTML, its parts, and what is checked in it. */
import { toBase64 } from '#shared/bytes/bytes.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { notFound, RpcError } from '#shared/rpc/error.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { authenticateMessage } from '../message/authentication.ts'
import { lintMessage } from '../message/lint.ts'
import { parseLimit } from '../message/parse.ts'
import { partContent, partTree } from '../message/partTree.ts'
import { renderMessage } from '../message/rendered.ts'
import type { Store } from '../store/types.ts'

type Names =
  'inbox.view' | 'inbox.document' | 'inbox.parts' | 'inbox.part' | 'inbox.lint' | 'inbox.authenticate'

/** The whole message; one that is too large, or a session that left none, is refused in words. */
async function whole(store: Store, id: string): Promise<{ summary: MessageSummary; bytes: Uint8Array }> {
  const summary = await store.getMessage(id)
  if (summary === null || summary.outcome !== 'kept') throw notFound('Message', id)
  if (summary.size > parseLimit)
    throw new RpcError(
      'bad-argument',
      `The message has ${summary.size} octets; above ${parseLimit} only its source is shown.`,
    )
  const read = await store.readMessage(id, 0, summary.size)
  if (read === null) throw notFound('Message', id)
  return { summary, bytes: read.bytes }
}

export function inboxMessageHandlers(store: Store): Pick<Handlers, Names> {
  const rendered = async (id: string, remote: boolean) => {
    const { bytes } = await whole(store, id)
    return renderMessage(bytes, bytes.length, remote)
  }
  return {
    'inbox.view': async ({ id }) => (await rendered(id, false))?.view ?? null,
    'inbox.document': async ({ id, remote }) => ({ html: (await rendered(id, remote))?.document ?? '' }),
    'inbox.parts': async ({ id }) => {
      const { parts, more, problems } = partTree((await whole(store, id)).bytes)
      return { parts: parts.map(({ from: _from, to: _to, ...part }) => part), more, problems }
    },
    'inbox.part': async ({ id, path, from, size }) => {
      const { bytes } = await whole(store, id)
      const part = partTree(bytes).parts.find((one) => one.path === path)
      if (part === undefined) throw notFound('Part', path)
      const content = partContent(bytes, part, part.encoding)
      return { base64: toBase64(content.subarray(from, from + size)), total: content.length }
    },
    'inbox.lint': async ({ id }) => ({ checks: lintMessage((await whole(store, id)).bytes) }),
    'inbox.authenticate': async ({ id, server, ip, helo }) => {
      const { bytes, summary } = await whole(store, id)
      return authenticateMessage(bytes, { server, ip, helo, sender: summary.mailFrom })
    },
  }
}
