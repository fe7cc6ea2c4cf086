import { expect, it } from 'vitest'
import type { RelayReport } from '#shared/rpc/contract/relay.ts'
import type { Arrival } from '#engine/relay/reports/arrival.ts'
import { composeReport } from '#engine/relay/reports/compose.ts'
import { inboxArrival } from '#engine/relay/reports/arrival.ts'
import { createReportWatch } from '#engine/relay/reports/watch.ts'
import { temporaryStore } from '#test/electron/engine/store/support.ts'
import { givenOf, legOf, messageOf, octets } from './samples.ts'

const bounce = (await composeReport(givenOf()))!.content

function arrivalOf(
  id: string,
  bytes: Uint8Array,
  more: Partial<Arrival> = {},
): Arrival & { reads: number[] } {
  const reads: number[] = []
  const session = id.split('.')[0]!
  const read = (size: number) => {
    reads.push(size)
    return Promise.resolve({ bytes: bytes.subarray(0, size), total: bytes.length })
  }
  return { id, session, sender: '', at: new Date(0), head: null, read, reads, ...more }
}

function place(most?: number) {
  const kept: RelayReport[] = []
  const logged: string[] = []
  const told: number[] = []
  const watch = createReportWatch({
    store: {
      findLegs: ({ messageId }) => Promise.resolve(messageId === '<tide-1@quay.example>' ? [legOf()] : []),
      putReport: (report) => Promise.resolve(void kept.push(report)),
    },
    log: (_level, message, fields) => void logged.push(`${message} ${JSON.stringify(fields ?? {})}`),
    kept: (count) => void told.push(count),
    most,
  })
  return { watch, kept, logged, told }
}

it('keeps what a bounce says, tied to the entry that it speaks of', async () => {
  const { watch, kept, told, logged } = place()
  watch.arrived(arrivalOf('s.1', bounce))
  watch.arrived(
    arrivalOf('s.2', bounce, { head: bounce.subarray(0, 2000), sender: 'loop@x.test', session: 't' }),
  )
  await watch.idle()
  expect(kept).toMatchObject([
    { id: 's.1/1', kind: 'failed', recipient: 'lee@gannet.example', leg: '01JABC.1/1', foundBy: 'Message-ID of the returned headers' }, // prettier-ignore
    { id: 's.2/1', leg: '01JABC.1/1' },
  ])
  expect([told, logged]).toEqual([[1, 1], []])
})

it('does not read mail whose header says that it is none', async () => {
  const { watch, kept } = place()
  const mail = octets('Subject: a\r\nContent-Type: text/plain\r\n\r\nHi.\r\n')
  const known = arrivalOf('a', mail, { head: mail, sender: 'ines@quay.example' })
  const unknown = arrivalOf('b', mail, { sender: 'ines@quay.example' })
  watch.arrived(known)
  watch.arrived(unknown)
  watch.arrived(null)
  await watch.idle()
  expect([known.reads, unknown.reads, kept]).toEqual([[], [64 << 10], []])
})

it('looks at one at a time, bounces first, and drops what finds no place', async () => {
  const { watch, kept, logged } = place(2)
  const order: string[] = []
  const add = (id: string, sender: string) => {
    const arrival = arrivalOf(id, bounce, { sender })
    watch.arrived({ ...arrival, read: (size) => (order.push(id), arrival.read(size)) })
  }
  for (const id of ['a', 'b', 'c', 'd']) add(id, 'loop@x.test')
  add('n', '')
  await watch.idle()
  expect([...new Set(order)]).toEqual(['a', 'n', 'b', 'c'])
  expect(kept).toHaveLength(4)
  expect(logged).toHaveLength(1)
})

it('says in the log what went wrong, and goes on', async () => {
  const { watch, kept, logged } = place()
  watch.arrived({ ...arrivalOf('gone', bounce), read: () => Promise.reject(new Error('disk')) })
  watch.arrived({ ...arrivalOf('none', bounce), read: () => Promise.resolve(null) })
  watch.arrived(arrivalOf('good', bounce))
  await watch.idle()
  expect(kept.map(({ id }) => id)).toEqual(['good/1'])
  expect(logged).toEqual([
    'A message could not be looked at for being a report. {"message":"gone","why":"disk"}',
  ])
})

it('takes nothing more once it was stopped', async () => {
  const { watch, kept } = place()
  watch.arrived(arrivalOf('a', bounce))
  watch.arrived(arrivalOf('b', bounce))
  await watch.stop()
  watch.arrived(arrivalOf('c', bounce))
  await watch.idle()
  expect(kept.map(({ id }) => id)).toEqual(['a/1'])
})

it('keeps a report once that came by the relay and into the Inbox', async () => {
  const { watch, kept, told } = place()
  watch.arrived(arrivalOf('s.1', bounce))
  watch.arrived(arrivalOf('s.500000001', octets(`Return-Path: <>\r\n${Buffer.from(bounce).toString()}`)))
  await watch.idle()
  expect([kept.map(({ id }) => id), told]).toEqual([['s.1/1'], [1]])
})

it('takes a report that the relay made itself for none that came from elsewhere', async () => {
  const { watch, kept } = place()
  watch.arrived(arrivalOf('own', bounce, { session: givenOf().uuid }))
  await watch.idle()
  expect(kept).toEqual([])
})

it('works on a real store: a report goes into the queue, and one that comes in finds what was queued', async () => {
  const store = await temporaryStore()
  const message = messageOf({ size: 3 })
  const writer = store.openContent(message.session, message.body)
  writer.append(octets('abc'))
  await writer.queue({ message, legs: [legOf(message, { state: 'delivered' })] })
  const { queued, content } = (await composeReport(givenOf()))!
  await store.relay.addMessage(queued.message, queued.legs, content)
  expect(await store.relay.openLegs(null, 9)).toEqual(queued.legs)
  expect((await store.readContent(queued.message.session, 1, 0, 1 << 20))?.bytes).toEqual(content)
  const watch = createReportWatch({ store: store.relay, log: () => undefined })
  const came = new Promise<void>((done) => {
    store.onMessages(([summary]) => {
      watch.arrived(inboxArrival(summary!, store))
      done()
    })
  })
  const inbox = store.openContent('bounced', 1)
  inbox.append(content)
  await inbox.commit({ receivedAt: '2026-03-02T00:00:00.000Z', mailFrom: '', rcptTo: ['ines@quay.example'], port: 25, sealed: false }) // prettier-ignore
  await came
  await watch.idle()
  const { items } = await store.relay.reports({ limit: 9 })
  expect(items).toMatchObject([{ kind: 'failed', leg: '01JABC.1/1', session: 'bounced', status: '5.1.1' }])
})
