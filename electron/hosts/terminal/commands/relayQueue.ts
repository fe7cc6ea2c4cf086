/**
 * Owns: `relayscope relay queue`: the queue of a relay that runs, and one entry with its tries.
 *
 * Status 0: it was shown; 1: there is no such entry; 2: nothing that runs can be reached.
 */
import type { QueueDetail, QueueItem } from '#shared/rpc/contract/relay.ts'
import type { CallInput } from '#shared/rpc/contract.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { WithRunning } from '../control.ts'
import { type ExitStatus, exitStatus, type Io, json } from '../io.ts'
import { awakeRelay } from './relayAwake.ts'
import { entryText, type QueueReport, queueText } from './relayQueueText.ts'

export interface RelayQueueOptions {
  show: NonNullable<CallInput<'relay.queue'>['show']>
  domain?: string
  text: string
  limit: number
  data?: string
  json: boolean
}

/** Entries that one command shows. */
export const mostListed = 10_000
/** Entries that are looked through for those of one domain. */
const mostSought = 200_000
const pageSize = 500

export async function relayQueue(
  id: string | undefined,
  options: RelayQueueOptions,
  io: Io,
  withRunning: WithRunning,
): Promise<ExitStatus> {
  return withRunning(options.data, async (client) => {
    await awakeRelay(client)
    return id === undefined ? list(options, io, client) : one(id, options, io, client)
  })
}

async function list(options: RelayQueueOptions, io: Io, client: RpcClient): Promise<ExitStatus> {
  const { items, more } = await listed(options, client)
  const { settings, counts } = await client.call('relay.status', {})
  const report: QueueReport = { schema: 'relayscope.relay-queue/1', paused: settings.paused, counts, items, more } // prettier-ignore
  io.out(options.json ? json(report) : queueText(report))
  return exitStatus.ok
}

/** The queue moves while its pages are read: an entry that comes a second time is shown once. */
async function listed({ show, domain, text, limit }: RelayQueueOptions, client: RpcClient): Promise<Pick<QueueReport, 'items' | 'more'>> {
  const wanted = domain?.toLowerCase().replace(/\.$/, '')
  const items = new Map<string, QueueItem>()
  let before: string | undefined
  for (let sought = 0; sought < mostSought; sought += pageSize) {
    const words = `${text} ${wanted ?? ''}`.trim()
    const page = await client.call('relay.queue', { show, text: words, limit: pageSize, ...(before === undefined ? {} : { before }) })
    for (const item of page.items) {
      if (wanted !== undefined && item.domain !== wanted) continue
      if (items.size >= limit && !items.has(item.id)) return { items: [...items.values()], more: true }
      items.set(item.id, item)
    }
    before = page.next
    if (before === undefined) return { items: [...items.values()], more: false }
  }
  return { items: [...items.values()], more: true }
} // prettier-ignore

async function one(id: string, options: RelayQueueOptions, io: Io, client: RpcClient): Promise<ExitStatus> {
  try {
    const entry: QueueDetail = await client.call('relay.queueItem', { id })
    const { settings } = await client.call('relay.status', {})
    io.out(
      options.json ? json({ schema: 'relayscope.relay-entry/1', entry }) : entryText(entry, settings.paused),
    )
    return exitStatus.ok
  } catch (error) {
    if (!(error instanceof RpcError) || error.code !== 'not-found') throw error
    io.say(`${error.message} relay queue --show all lists them.`)
    return exitStatus.findings
  }
}
