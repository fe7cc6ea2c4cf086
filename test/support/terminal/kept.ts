/** Owns: reading what a data folder holds after the command that wrote it has ended: messages octet by octet, dialogues. */
import { pathToFileURL } from 'node:url'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import type { CallResult } from '#shared/rpc/contract.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { follow } from '../../../electron/hosts/terminal/follow.ts'
import { openEngine } from '../../../electron/hosts/terminal/engine.ts'
import { cliScript } from '../cli.ts'

export interface Kept {
  messages: MessageSummary[]
  /** Exactly as received. */
  source: (id: string) => Promise<Buffer>
  events: (session: string) => Promise<TranscriptEvent[]>
  session: (id: string) => Promise<CallResult<'transcript.get'>>
}

/** Opens the engine on the folder, reads, closes it. */
export async function readKept<T>(data: string, read: (kept: Kept) => Promise<T>): Promise<T> {
  const opened = await openEngine(data, pathToFileURL(cliScript).href)
  const { client } = opened
  try {
    return await read({
      messages: await allMessages(client),
      source: (id) => sourceOf(client, id),
      events: async (session) => {
        const events: TranscriptEvent[] = []
        await follow(client, 'transcript.events', { session }, (event) => void events.push(event))
        return events
      },
      session: (session) => client.call('transcript.get', { session }),
    })
  } finally {
    await opened.close()
  }
}

async function allMessages(client: RpcClient): Promise<MessageSummary[]> {
  const all: MessageSummary[] = []
  for (let before: string | undefined, more = true; more;) {
    const page = await client.call('inbox.list', { limit: 500, ...(before === undefined ? {} : { before }) })
    all.push(...page.items)
    before = page.next
    more = before !== undefined
  }
  return all
}

async function sourceOf(client: RpcClient, id: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for (let from = 0, total = 1; from < total;) {
    const part = await client.call('inbox.source', { id, from, size: 1 << 20 })
    const bytes = Buffer.from(part.base64, 'base64')
    if (bytes.length === 0 && part.total > from)
      throw new Error(`message ${id} ends at ${from} of ${part.total}`)
    parts.push(bytes)
    from += bytes.length
    total = part.total
  }
  return Buffer.concat(parts)
}
