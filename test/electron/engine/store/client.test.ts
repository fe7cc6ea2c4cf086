import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore } from '#engine/store/client.ts'
import type { Store } from '#engine/store/types.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { confirmations } from './confirm.ts'
import { killed, pipeOf, startWriter } from './killed.ts'
import {
  envelope,
  octets,
  pattern,
  smallDisk,
  summary,
  temporaryFolder,
  temporaryStore,
  text,
  until,
} from './support.ts'
import { pattern as confirmedOctets } from './crashSample.ts'

const event = (session: string, seq: number): TranscriptEvent => ({ kind: 'line', direction: 'to-server', phase: 'other', raw: `NOOP ${seq}\r\n`, session, seq, at: seq }) // prettier-ignore

async function deliver(store: Store, session: string, body: number, bytes: Uint8Array): Promise<string> {
  const writer = store.openContent(session, body)
  writer.append(bytes)
  await writer.commit(envelope())
  return writer.id
}

it('keeps transcripts over a restart and reads them by number', async () => {
  const folder = temporaryFolder()
  const first = await openStore({ folder })
  await first.putTranscript(summary('s', { state: 'live', events: 3 }), [
    event('s', 1),
    event('s', 2),
    event('s', 3),
  ])
  first.queueTranscript(summary('s', { events: 5 }), [event('s', 4), event('s', 5)])
  await first.putSetting('theme', '"dark"')
  await first.close()
  const store = await temporaryStore(folder)
  expect(store.notices).toEqual([])
  expect(await store.getTranscript('s')).toEqual(summary('s', { events: 5 }))
  expect((await store.readEvents('s', 2, 2)).map((one) => one.seq)).toEqual([3, 4])
  expect(await store.readEvents('s', 0, 99)).toHaveLength(5)
  expect(await store.listTranscripts({ limit: 9 })).toMatchObject({ total: 1, items: [{ id: 's' }] })
  expect(await store.getSetting('theme')).toBe('"dark"')
  expect(await store.removeTranscripts(['s'])).toBe(1)
  expect(await store.getTranscript('s')).toBeNull()
})

it('commits concurrent messages, exact to the octet, and announces each once', async () => {
  const store = await temporaryStore()
  const announced: MessageSummary[] = []
  store.onMessages((messages) => announced.push(...messages))
  const sizes = [0, 1, 4096, 262_144, 262_145, 3_000_000]
  const ids = await Promise.all(
    sizes.map((size, index) => deliver(store, `s${index}`, 1, pattern(size, index + 1))),
  )
  for (const [index, id] of ids.entries()) {
    const read = await store.readMessage(id, 0, 4_000_000)
    expect(read?.total).toBe(sizes[index])
    expect(Buffer.compare(read!.bytes, pattern(sizes[index]!, index + 1))).toBe(0)
  }
  expect(announced.map((one) => one.id).toSorted()).toEqual(ids.toSorted())
  expect(await store.listMessages({ limit: 3 })).toMatchObject({ total: 6, unread: 6 })
  await store.markMessages(ids.slice(0, 2), false)
  expect(await store.listMessages({ limit: 3 })).toMatchObject({ unread: 4 })
  expect(await store.removeMessages([ids[0]!])).toBe(1)
  expect(await store.clearMessages()).toBe(5)
  expect(await store.getMessage(ids[3]!)).toBeNull()
})

it('keeps a body without a message and forgets a discarded one', async () => {
  const store = await temporaryStore()
  const kept = store.openContent('s', 1)
  kept.append(octets('aborted'))
  await kept.keep()
  const gone = store.openContent('s', 2)
  gone.append(pattern(600_000))
  gone.discard()
  expect(text((await store.readContent('s', 1, 2, 3))?.bytes)).toBe('ort')
  expect(await store.readContent('s', 2, 0, 9)).toBeNull()
  expect(await store.listMessages({ limit: 9 })).toMatchObject({ total: 0 })
})

it('reports a queued transcript that failed, and nothing else is lost', async () => {
  const store = await temporaryStore()
  const fault = new Promise((done) => store.onFault(done))
  await store.putTranscript(summary('s'), [event('s', 1)])
  store.queueTranscript(summary('s'), [event('s', 1)])
  store.queueTranscript(summary('t'), [event('t', 1)])
  expect(await fault).toMatchObject({ code: 'failed' })
  expect(await store.readEvents('t', 0, 9)).toHaveLength(1)
})

it('keeps memory flat: asks the writer of a long message to wait', async () => {
  const store = await temporaryStore()
  const writer = store.openContent('s', 1)
  const piece = pattern(1 << 20)
  let waits = 0
  for (let i = 0; i < 64; i++) {
    if (writer.append(piece)) continue
    waits++
    await writer.drain()
  }
  await writer.commit(envelope())
  expect(waits).toBeGreaterThan(0)
  const end = await store.readMessage('s.1', (64 << 20) - 10, 99)
  expect(Buffer.compare(end!.bytes, piece.subarray(-10))).toBe(0)
})

it('finds what was stored, once idle, and after a restart what was not indexed before it', async () => {
  const folder = temporaryFolder()
  const first = await openStore({ folder })
  await deliver(first, 's', 1, octets('Subject: needle\r\n\r\n'))
  await first.putTranscript(summary('s', { host: 'needle.example' }), [event('s', 1)])
  await first.close()
  const store = await temporaryStore(folder)
  const found = async () => {
    const { items } = await store.listMessages({ text: 'needle', limit: 9 })
    const sessions = await store.listTranscripts({ text: 'needle NOOP', limit: 9 })
    return items.length + sessions.items.length === 2 ? items : null
  }
  expect(await until(found)).toMatchObject([{ id: 's.1', subject: 'needle' }])
})

it('refuses a folder that another process uses, names the file and the remedy', async () => {
  const folder = temporaryFolder()
  const child = startWriter('crashWriter.ts', [folder])
  await once(pipeOf(child, confirmations), 'data')
  const error = await openStore({ folder, busyTimeout: 10 }).catch((thrown: unknown) => thrown)
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(error).toMatchObject({ name: 'StoreError', code: 'locked' })
  expect(String(error)).toContain(
    `${join(folder, 'relayscope.db')}: Another running Relayscope uses this data folder. Close it, or choose another`,
  )
  await temporaryStore(folder)
})

it('refuses a folder that may not be written', async (context) => {
  const disk = smallDisk()
  if (disk === null) {
    context.skip('mounting a small file system needs root')
    return
  }
  await (await openStore({ folder: join(disk, 'data') })).close()
  execFileSync('mount', ['-o', 'remount,ro', disk])
  await expect(openStore({ folder: join(disk, 'data') })).rejects.toMatchObject({ code: 'readonly' })
})

it('goes on after damage with a new database, and says where the old one is', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'relayscope.db'), pattern(50_000))
  const store = await temporaryStore(folder)
  expect(store.notices).toHaveLength(1)
  expect(store.notices[0]).toMatch(
    /^The database was damaged\. It was set aside as .*relayscope\.damaged-.*\.db, and a new one was begun\.$/,
  )
  await deliver(store, 's', 1, octets('x'))
})

it('refuses a folder that cannot be made', async () => {
  const folder = join(temporaryFolder(), 'file')
  writeFileSync(folder, '')
  await expect(openStore({ folder: join(folder, 'data') })).rejects.toMatchObject({ name: 'StoreError' })
})

it('says that it is closed', async () => {
  const store = await openStore({ folder: temporaryFolder() })
  await store.close()
  await store.close()
  await expect(store.getSetting('x')).rejects.toMatchObject({ code: 'closed' })
  await expect(deliver(store, 's', 1, octets('x'))).rejects.toMatchObject({ code: 'closed' })
})

it('tells a full disk, keeps what it confirmed, and goes on when there is space again', async (context) => {
  const disk = smallDisk()
  if (disk === null) {
    context.skip('mounting a small file system needs root')
    return
  }
  const filler = join(disk, 'filler')
  writeFileSync(filler, pattern(6 << 20))
  const store = await openStore({ folder: join(disk, 'data') })
  try {
    const confirmed: string[] = []
    const fillUp = async (): Promise<void> => {
      for (let body = 1; ; body++) confirmed.push(await deliver(store, 's', body, pattern(100_000, body)))
    }
    await expect(fillUp()).rejects.toMatchObject({
      code: 'full',
      message: expect.stringContaining('The disk is full'),
    })
    const long = store.openContent('long', 1)
    for (let i = 0; i < 8; i++) long.append(pattern(1 << 20))
    await expect(long.commit(envelope())).rejects.toMatchObject({ code: 'full' })
    rmSync(filler)
    confirmed.push(await deliver(store, 'later', 1, pattern(100_000, 99)))
    for (const [index, id] of confirmed.entries()) {
      const { bytes } = (await store.readMessage(id, 0, 100_000))!
      const seed = id === 'later.1' ? 99 : index + 1
      expect(Buffer.compare(bytes, pattern(100_000, seed))).toBe(0)
    }
    expect(confirmed.length).toBeGreaterThan(10)
  } finally {
    await store.close()
  }
})

it('loses no confirmed message when the process is killed, five times over', async () => {
  const folder = temporaryFolder()
  const confirmed: string[] = []
  for (let run = 0; run < 5; run++) {
    confirmed.push(
      ...(await killed('crashWriter.ts', [folder, String(run)], 20 + Math.floor(Math.random() * 300))),
    )
  }
  const store = await temporaryStore(folder)
  expect(store.notices).toEqual([])
  for (const line of confirmed) {
    const [id = '', seed = ''] = line.split(' ')
    const read = await store.readMessage(id, 0, 1 << 20)
    expect(
      Buffer.compare(read?.bytes ?? new Uint8Array(0), confirmedOctets(Number(seed))),
      `message ${id}`,
    ).toBe(0)
  }
  const { total } = await store.listMessages({ limit: 1 })
  expect(total).toBeGreaterThanOrEqual(confirmed.length)
}, 120_000)

it('lists and searches a hundred thousand sessions', async () => {
  const store = await temporaryStore()
  const all: Promise<void>[] = []
  for (let i = 0; i < 100_000; i++) {
    const id = `s${String(i).padStart(6, '0')}`
    all.push(store.putTranscript(summary(id, { host: i === 77 ? 'needle' : 'hay' }), []))
  }
  await Promise.all(all)
  const page = await store.listTranscripts({ limit: 200, before: 's050000' })
  expect([page.total, page.items.length, page.items[0]?.id, page.next]).toEqual([
    100_000,
    200,
    's049999',
    's049800',
  ])
  const found = await until(async () => {
    const { items } = await store.listTranscripts({ text: 'needle', limit: 9 })
    return items.length > 0 ? items : null
  })
  expect(found.map((one) => one.id)).toEqual(['s000077'])
}, 120_000)

it('gives the space of removed messages back to the disk', async () => {
  const folder = temporaryFolder()
  const first = await openStore({ folder })
  const part = pattern(200_000)
  await Promise.all(Array.from({ length: 220 }, (_, i) => deliver(first, 's', i + 1, part)))
  await first.close()
  const size = () => statSync(join(folder, 'relayscope.db')).size
  const before = size()
  const store = await openStore({ folder })
  await store.clearMessages()
  await until(() => Promise.resolve(size() < before / 2 ? true : null))
  await store.close()
  expect(before).toBeGreaterThan(40 << 20)
})
