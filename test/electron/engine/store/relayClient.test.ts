import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import type { Leg } from '#engine/relay/types.ts'
import { openStore } from '#engine/store/client.ts'
import { databasePath } from '#engine/store/open.ts'
import { overKept } from '#engine/store/relayOver.ts'
import type { Store, StoreError } from '#engine/store/types.ts'
import { defaultKeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import type { RelayAttemptRow, RelayReport } from '#shared/rpc/contract/relay.ts'
import { pattern as confirmedOctets } from './crashSample.ts'
import { leg, over, queued } from './relaySamples.ts'
import { killed } from './killed.ts'
import { octets, pattern, smallDisk, summary, temporaryFolder, temporaryStore, until } from './support.ts'

async function queue(store: Store, legs: Leg[], content = octets('abc')): Promise<void> {
  const { message } = legs[0]!
  const writer = store.openContent(message.session, message.body)
  writer.append(content)
  await writer.queue({ message, legs })
}

const ids = (legs: readonly Leg[]) => legs.map(({ id }) => id)

it('keeps a queue over a restart: legs as they were put, content whole, no message of the Inbox', async () => {
  const folder = temporaryFolder()
  const first = await openStore({ folder })
  const message = queued('s')
  const [one, two] = [leg(message, 1), leg(message, 2, { state: 'held', why: 'Nobody allowed it' })]
  await queue(first, [one, two], pattern(600_000))
  const later = { ...one, tries: 1, nextAt: 5, recipients: [{ address: 'a@b.test', state: 'failed' as const, words: '550 no' }] } // prettier-ignore
  await first.relay.putLegs([later])
  await first.close()
  const store = await temporaryStore(folder)
  expect(await store.relay.openLegs(null, 9)).toEqual([later, two])
  expect(await store.relay.leg(two.id)).toEqual(two)
  expect(await store.relay.leg('s.1/3')).toBeNull()
  const read = await store.readContent('s', 1, 0, 1 << 20)
  expect(Buffer.compare(read!.bytes, pattern(600_000))).toBe(0)
  expect((await store.listMessages({ show: 'all', limit: 9 })).total).toBe(0)
  await store.relay.putLegs([over(later), over(two, 'dropped')])
  expect(await store.relay.openLegs(null, 9)).toEqual([])
})

it('keeps the content of what is open when its transcript is removed, and lets it go with the last leg', async () => {
  const store = await temporaryStore()
  const message = queued('s')
  await store.putTranscript(summary('s'), [])
  await queue(store, [leg(message)])
  expect(await store.removeTranscripts(['s'])).toBe(1)
  expect(await store.readContent('s', 1, 0, 9)).toMatchObject({ total: 3 })
  await store.relay.putLegs([over(leg(message))])
  expect(await store.readContent('s', 1, 0, 9)).toBeNull()
})

it('adds a message of its own, however large, and its content goes with its last leg', async () => {
  const store = await temporaryStore()
  const message = queued('relay-1', 1, { own: true, sender: '' })
  await store.relay.addMessage(message, [leg(message)], pattern(20 << 20))
  const read = await store.readContent('relay-1', 1, (20 << 20) - 9, 99)
  expect(Buffer.compare(read!.bytes, pattern(20 << 20).subarray(-9))).toBe(0)
  expect(ids(await store.relay.openLegs(null, 9))).toEqual(['relay-1.1/1'])
  await store.relay.putLegs([over(leg(message))])
  expect(await store.readContent('relay-1', 1, 0, 9)).toBeNull()
  await store.relay.addMessage(queued('relay-2', 1, { own: true }), [], octets(''))
})

it('lists what is over by words and state, counts it, and finds it by its names', async () => {
  const store = await temporaryStore()
  const message = queued('s', 1, { messageId: '<17@quay.test>', envid: 'E17', subject: 'Grüße' })
  const legs = [leg(message, 1), leg(message, 2), leg(message, 3)]
  await queue(store, legs)
  await store.relay.putLegs([over(legs[0]!), over(legs[1]!, 'bounced')])
  const list = async (text: string, state?: Leg['state']) => store.relay.overLegs({ text, state, limit: 9 })
  expect(await list('')).toEqual({ items: [over(legs[1]!, 'bounced'), over(legs[0]!)], next: undefined, total: 2 }) // prettier-ignore
  expect(ids((await list('  GRÜSSE ')).items)).toEqual([])
  expect(ids((await list(' grÜße someone1@ ')).items)).toEqual(['s.1/1'])
  expect(ids((await list('', 'bounced')).items)).toEqual(['s.1/2'])
  expect(await list('', 'waiting')).toMatchObject({ items: [], total: 0 })
  expect(await store.relay.overLegs({ text: '', limit: 1 })).toMatchObject({ items: [{ id: 's.1/2' }], next: expect.any(String), total: 2 }) // prettier-ignore
  expect(await store.relay.overCounts()).toEqual({ delivered: 1, bounced: 1, dropped: 0 })
  for (const by of [
    { messageId: '17@quay.test' },
    { messageId: '<17@quay.test>' },
    { envid: 'E17' },
    { id: 's.1' },
  ])
    expect(ids(await store.relay.findLegs(by))).toEqual(['s.1/3', 's.1/2', 's.1/1'])
  expect(await store.relay.findLegs({ messageId: '' })).toEqual([])
})

it('removes what is over and too old while nobody asks for anything', async () => {
  const store = await temporaryStore()
  const message = queued('s')
  await queue(
    store,
    Array.from({ length: overKept + 200 }, (_, n) => over(leg(message, n))),
  )
  await until(async () => ((await store.relay.overCounts()).delivered === overKept ? true : null))
  expect(await store.relay.leg('s.1/199')).toBeNull()
  expect(await store.relay.leg('s.1/200')).not.toBeNull()
})

const attempt = (id: string, relay: boolean): RelayAttemptRow => ({ id, at: '2026-01-02T03:04:05.000Z', session: 's', seq: 7, port: 25, attempt: { client: '10.0.5.20', secured: false, sender: 'a@b.test', recipient: 'c@d.test' }, decision: { relay, because: 'No rule', decidedBy: 0, trace: [] } }) // prettier-ignore
const report = (id: string, more: Partial<RelayReport> = {}): RelayReport => ({ id, at: '2026-01-02T03:04:05.000Z', kind: 'failed', recipient: 'c@d.test', words: 'No such user', session: 's', ...more }) // prettier-ignore

it('carries out the keep rules of the Inbox on mail that is over while nobody asks for anything', async () => {
  const store = await temporaryStore()
  for (let i = 1; i <= 20; i++) {
    const message = queued(`k${i}`)
    await store.relay.addMessage(message, [leg(message)], octets('abc'))
    if (i > 1) await store.relay.putLegs([over(leg(message))])
  }
  await store.setKeep({ ...defaultKeepRules, on: true, count: 3, days: null, octets: null })
  const counts = await until(async () => {
    const now = await store.relay.overCounts()
    return now.delivered > 3 ? null : now
  })
  expect(counts).toEqual({ delivered: 3, bounced: 0, dropped: 0 })
  expect((await store.relay.overLegs({ text: '', limit: 9 })).items.map(({ id }) => id)).toEqual(['k20.1/1', 'k19.1/1', 'k18.1/1']) // prettier-ignore
  expect((await store.relay.openLegs(null, 9)).map(({ id }) => id)).toEqual(['k1.1/1'])
  expect([await store.readContent('k1', 1, 0, 9), await store.readContent('k2', 1, 0, 9)]).toMatchObject([{ total: 3 }, null]) // prettier-ignore
})

it('keeps attempts and reports, newest first', async () => {
  const store = await temporaryStore()
  store.relay.queueAttempts([attempt('1', true), attempt('2', false)])
  store.relay.queueAttempts([])
  store.relay.queueAttempts([attempt('3', true)])
  const first = await store.relay.attempts({ limit: 2, refused: false })
  expect(first.items).toEqual([attempt('3', true), attempt('2', false)])
  expect(await store.relay.attempts({ before: first.next, limit: 2, refused: false })).toEqual({ items: [attempt('1', true)] }) // prettier-ignore
  expect(await store.relay.attempts({ limit: 2, refused: true })).toEqual({ items: [attempt('2', false)] })
  await store.relay.putReport(report('r1', { leg: 's.1/1' }))
  await store.relay.putReport(report('r2'))
  await store.relay.putReport(report('r1', { leg: 's.1/1', status: '5.1.1' }))
  expect(await store.relay.reports({ limit: 9 })).toEqual({ items: [report('r2'), report('r1', { leg: 's.1/1', status: '5.1.1' })] }) // prettier-ignore
  expect((await store.relay.reports({ limit: 9, leg: 's.1/1' })).items).toHaveLength(1)
})

it('leaves out what is damaged, names it, and reads on past it', async () => {
  const folder = temporaryFolder()
  const first = await openStore({ folder })
  for (let body = 1; body <= 6; body++) await queue(first, [leg(queued('s', body))])
  first.relay.queueAttempts([attempt('1', true), attempt('2', true)])
  await first.relay.putReport(report('r'))
  await first.close()
  const db = new DatabaseSync(databasePath(folder))
  db.exec('UPDATE relayLegs SET json = \'{"domain":\' WHERE n / 1048576 IN (1, 2, 3)')
  db.exec("UPDATE relayMessages SET json = 'null' WHERE id = 's.5'")
  db.exec("UPDATE relayAttempts SET json = '{}' WHERE n = 1; UPDATE relayReports SET json = ''")
  db.close()
  const store = await temporaryStore(folder)
  const faults: StoreError[] = []
  store.onFault((fault) => faults.push(fault))
  expect(ids(await store.relay.openLegs(null, 2))).toEqual(['s.4/1', 's.6/1'])
  expect(faults.map(({ code, message }) => `${code} ${message.split(' is damaged')[0]}`)).toEqual([
    ...[1, 2, 3].map((n) => `corrupt Leg s.${n}/1 of the relay's queue`),
    "corrupt Message s.5 of the relay's queue",
  ])
  expect((await store.relay.attempts({ limit: 9, refused: false })).items).toEqual([attempt('2', true)])
  expect((await store.relay.reports({ limit: 9 })).items).toEqual([])
  expect(faults.slice(4).map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Attempt 1 of the relay is damaged/),
    expect.stringMatching(/^Report 1 of the relay is damaged/),
  ])
  // The damaged one can still be put right, or be over.
  await store.relay.putLegs([over(leg(queued('s', 1)))])
  expect(await store.relay.leg('s.1/1')).toMatchObject({ state: 'delivered' })
})

it('says of attempts that could not be kept that they were not', async () => {
  const store = await openStore({ folder: temporaryFolder() })
  const fault = new Promise<StoreError>((done) => store.onFault(done))
  await store.close()
  store.relay.queueAttempts([attempt('1', true)])
  expect(await fault).toMatchObject({ code: 'closed' })
  await expect(store.relay.putLegs([leg(queued('s'))])).rejects.toMatchObject({ code: 'closed' })
  await expect(store.relay.openLegs(null, 9)).rejects.toMatchObject({ code: 'closed' })
})

it('refuses what a full disk does not take, whole: neither a message without legs nor legs without content', async (context) => {
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
      for (let body = 1; ; body++) {
        const message = queued('s', body)
        await queue(store, [leg(message, 1), leg(message, 2)], pattern(100_000, body))
        confirmed.push(message.id)
      }
    }
    await expect(fillUp()).rejects.toMatchObject({ code: 'full' })
    const late = over(leg(queued('s', 1)))
    await expect(store.relay.putLegs([{ ...late, why: 'x'.repeat(4 << 20) }])).rejects.toMatchObject({ code: 'full' }) // prettier-ignore
    expect(confirmed.length).toBeGreaterThan(10)
    expect(ids(await store.relay.openLegs(null, 1000))).toEqual(confirmed.flatMap((id) => [`${id}/1`, `${id}/2`])) // prettier-ignore
    expect(await store.readContent('s', confirmed.length + 1, 0, 9)).toBeNull()
    rmSync(filler)
    await store.relay.putLegs([late])
    expect(await store.relay.overCounts()).toEqual({ delivered: 1, bounced: 0, dropped: 0 })
  } finally {
    await store.close()
  }
})

it('loses nothing that was queued when the process is killed, five times over, and nothing that is over comes back', async () => {
  const folder = temporaryFolder()
  const confirmed: string[] = []
  for (let run = 0; run < 5; run++)
    confirmed.push(
      ...(await killed('relayCrashWriter.ts', [folder, String(run)], 20 + Math.floor(Math.random() * 300))),
    )
  const store = await temporaryStore(folder)
  expect(store.notices).toEqual([])
  const open = new Set(ids(await store.relay.openLegs(null, 1_000_000)))
  for (const line of confirmed) {
    const [what, id = '', seed = ''] = line.split(' ')
    if (what === 'over') {
      expect([id, open.has(id), (await store.relay.leg(id))?.state]).toEqual([id, false, 'delivered'])
      continue
    }
    const [session = '', body = ''] = id.split('.')
    expect(open.has(`${id}/2`), id).toBe(true)
    expect((await store.relay.leg(`${id}/1`))?.message.id).toBe(id)
    const read = await store.readContent(session, Number(body), 0, 1 << 20)
    expect(Buffer.compare(read?.bytes ?? octets(''), confirmedOctets(Number(seed))), id).toBe(0)
  }
}, 120_000)
