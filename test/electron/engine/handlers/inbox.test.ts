import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, collect, openBench, send, startServer } from './support.ts'

let bench: Bench
let port: number
beforeAll(async () => {
  bench = await openBench()
  port = await startServer(bench.client)
})
afterAll(() => bench.stop())

test('a delivered message is told, listed, read, and given as its octets', async () => {
  const { client } = bench
  const told = collect(client, 'inbox.changes', {}, (all) => all.length > 0)
  await send(client, port, 'Grüße')
  const [change] = await told
  if (change?.type !== 'put') throw new Error('no message')
  const { id } = change.summary
  expect(await client.call('inbox.list', {})).toMatchObject({ total: 1, unread: 1, items: [{ id }] })
  expect(await client.call('inbox.list', { text: 'nowhere' })).toMatchObject({ items: [] })
  const detail = await client.call('inbox.get', { id })
  expect(detail).toMatchObject({ subject: 'Grüße', from: expect.stringContaining('ann@example.com') })
  expect(detail.text.trimEnd()).toBe('Grüße\n.dot')
  const { base64, total } = await client.call('inbox.source', { id, from: 0, size: 1 << 20 })
  const source = Buffer.from(base64, 'base64')
  expect(source).toHaveLength(total)
  expect(source.toString()).toMatch(/^from: ann@example\.com\r$/im)
  const part = await client.call('inbox.source', { id, from: 2, size: 3 })
  expect(Buffer.from(part.base64, 'base64')).toEqual(source.subarray(2, 5))
})

test('marking and removing are told to the list', async () => {
  const { client } = bench
  const { items } = await client.call('inbox.list', {})
  const ids = items.map(({ id }) => id)
  await client.call('inbox.mark', { ids, unread: false })
  expect(await client.call('inbox.list', {})).toMatchObject({ unread: 0 })
  await send(client, port)
  expect(await client.call('inbox.remove', { ids })).toEqual({ removed: ids.length })
  expect(await client.call('inbox.clear', {})).toEqual({ removed: 1 })
  const changes = await collect(client, 'inbox.changes', {}, (all) => all.at(-1)?.type === 'cleared')
  expect(changes.map(({ type }) => type)).toEqual(['put', 'put', 'put', 'gone', 'cleared'])
  expect(changes[1]).toMatchObject({ summary: { unread: false } })
})

test('what is gone is not found', async () => {
  const { client } = bench
  await expect(client.call('inbox.get', { id: 'none' })).rejects.toMatchObject({ code: 'not-found' })
  const source = client.call('inbox.source', { id: 'none', from: 0, size: 1 })
  await expect(source).rejects.toMatchObject({ code: 'not-found' })
})
