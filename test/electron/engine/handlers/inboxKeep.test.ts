import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultKeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import { inboxKeepHandlers } from '#engine/handlers/inboxKeep.ts'
import { openStore } from '#engine/store/client.ts'
import type { Store } from '#engine/store/types.ts'
import type { InboxChange } from '#shared/rpc/contract/inbox.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import { envelope, finish, octets, summary, until } from '../store/support.ts'
import { type Bench, collect, openBench } from './support.ts'

let bench: Bench
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-keep-'))
  const store = await openStore({ folder })
  for (let i = 1; i <= 40; i++) {
    await store.putTranscript(summary(`S${i}`, { messages: [`S${i}.1`] }), [])
    const writer = store.openContent(`S${i}`, 1)
    writer.append(octets('Subject: old\r\n\r\nx\r\n'))
    await writer.commit(envelope())
  }
  await store.close()
  bench = await openBench({ dataFolder: folder })
})
afterAll(() => bench.stop())

const held = (id: string) =>
  bench.client.stream('inbox.reading', { id }, { batch: () => {}, closed: () => {} })

test('nothing is removed until somebody says so; the preview says what would be', async () => {
  const { client } = bench
  expect(await client.call('inbox.keep', {})).toEqual({ rules: defaultKeepRules, removed: null })
  const rules = { ...defaultKeepRules, count: 3, days: null, octets: null }
  const { would, now } = await client.call('inbox.keepPreview', { rules })
  expect(would).toEqual({ messages: 37, sessions: 0, octets: 37 * finish('s', 1, 'Subject: old\r\n\r\nx\r\n').bytes.length }) // prettier-ignore
  expect(now.messages).toBe(40)
})

test('what the rules remove leaves both lists; what is open in a page stays until it is closed', async () => {
  const { client } = bench
  const reading = held('S1.1')
  const told = collect(client, 'inbox.changes', {}, (all) => all.flatMap((one) => (one.type === 'gone' ? one.ids : [])).length === 37) // prettier-ignore
  const dialogues = collect(client, 'transcript.changes', {}, (all) => all.filter(({ type }) => type === 'gone').length === 37) // prettier-ignore
  await client.call('inbox.setKeep', { rules: { ...defaultKeepRules, on: true, count: 3, days: null } })
  await Promise.all([told, dialogues])
  const { items, total } = await client.call('inbox.list', {})
  expect(total).toBe(3)
  expect(items.map(({ id }) => id)).toContain('S1.1')
  reading.close()
  await client.call('inbox.setKeep', { rules: { ...defaultKeepRules, on: true, count: 2, days: null } })
  await until(async () => ((await client.call('inbox.list', {})).total === 2 ? true : null))
  expect(await client.call('inbox.keep', {})).toMatchObject({ removed: { messages: 38 } })
  expect(bench.faults).toEqual([])
})

test('a dialogue of the relay that goes is told to the list of dialogues alone', () => {
  const listeners: Parameters<Store['onRemoved']>[0][] = []
  const store: Pick<Store, 'onRemoved'> = { onRemoved: (listener) => void listeners.push(listener) }
  const changes = new EventLog<InboxChange>(9)
  const gone: (readonly string[])[] = []
  inboxKeepHandlers(store as Store, { gone: (sessions) => void gone.push(sessions) }, changes)
  for (const removed of listeners) {
    removed([], ['d1'])
    removed(['S1.1'], [])
  }
  expect(gone).toEqual([['d1'], []])
  expect(changes.read(0, 9)).toMatchObject({ events: [{ type: 'gone', ids: ['S1.1'] }] })
})
