import { expect, test } from 'vitest'
import { RpcError } from '#shared/rpc/error.ts'
import type { CallInput } from '#shared/rpc/contract.ts'
import { queueDetail, queueItem, relayStatus } from '#test/support/relay/page.ts'
import { fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import {
  relayQueue,
  type RelayQueueOptions,
} from '../../../../../electron/hosts/terminal/commands/relayQueue.ts'

const usual: RelayQueueOptions = { show: 'open', text: '', limit: 100, json: true }

/** A queue of this many entries for two domains in turn, in pages. */
async function run(count: number, given: Partial<RelayQueueOptions> = {}, id?: string) {
  const items = Array.from({ length: count }, (_, n) => queueItem({ id: `s${n}.0/1`, domain: n % 2 === 0 ? 'x.example' : 'y.example' })) // prettier-ignore
  const client = fakeClient({
    'relay.queue': ({ before, limit = 100 }: CallInput<'relay.queue'>) => {
      // The queue moves: the last entry of a page is the first of the next as well.
      const from = before === undefined ? 0 : Number(before) - 1
      const next = from + limit < count ? { next: String(from + limit) } : {}
      return { items: items.slice(from, from + limit), total: count, counts: relayStatus().counts, ...next }
    },
    'relay.status': () => relayStatus({ settings: { delivery: { to: 'allowed' }, paused: true } }),
    'relay.queueItem': ({ id: asked }) => {
      if (asked === 's0.0/1') return queueDetail({ id: asked })
      throw new RpcError('not-found', `There is no entry ${asked} in the queue.`)
    },
  })
  const io = keptIo()
  const folders: (string | undefined)[] = []
  const status = await relayQueue(id, { ...usual, ...given }, io, (folder, ask) => {
    folders.push(folder)
    return ask(client)
  })
  return { io, status, folders, client }
}
const told = (text: string) => JSON.parse(text) as { items: { id: string }[]; more: boolean; paused: boolean; schema: string } // prettier-ignore

test('all pages, each entry once, as far as the limit goes', async () => {
  const { io, status, folders, client } = await run(1200, {
    data: '/d',
    limit: 1100,
    show: 'held',
    text: 'a b',
  })
  const { items, more, paused, schema } = told(io.written)
  expect([status, items.length, new Set(items.map(({ id }) => id)).size, more, paused, schema]).toEqual([0, 1100, 1100, true, true, 'relayscope.relay-queue/1']) // prettier-ignore
  expect(folders).toEqual(['/d'])
  expect(client.calls[1]).toEqual(['relay.queue', { show: 'held', text: 'a b', limit: 500 }])
  expect(told((await run(3)).io.written)).toMatchObject({ more: false, items: [{}, {}, {}] })
})
test('of one domain and no other', async () => {
  const { io, client } = await run(5, { domain: 'Y.example.' })
  expect(told(io.written).items.map(({ id }) => id)).toEqual(['s1.0/1', 's3.0/1'])
  expect(client.calls[1]?.[1]).toMatchObject({ text: 'y.example' })
})
test('as text, and one entry', async () => {
  expect((await run(1, { json: false })).io.written).toMatch(
    /^s0\.0\/1 .*\n.*waiting.*\nDeliveries are paused/,
  )
  expect((await run(1, { json: false }, 's0.0/1')).io.written).toMatch(/^s0\.0\/1 /)
  expect(JSON.parse((await run(1, {}, 's0.0/1')).io.written)).toMatchObject({ schema: 'relayscope.relay-entry/1', entry: { id: 's0.0/1' } }) // prettier-ignore
  const { io, status } = await run(1, {}, 'none')
  expect([status, io.written, io.said]).toEqual([1, '', ['There is no entry none in the queue. relay queue --show all lists them.']]) // prettier-ignore
})
