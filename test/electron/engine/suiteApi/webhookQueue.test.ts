import { expect, it, vi } from 'vitest'
import type { Delivered } from '#engine/suiteApi/deliver.ts'
import { pauses, WebhookQueue, type QueueDeps } from '#engine/suiteApi/webhookQueue.ts'
import { webhookLimits } from '#shared/rpc/contract/suiteApi.ts'
import { systemClock } from '#test/support/server/place.ts'

const taken: Delivered = { ok: true, status: 204, words: 'Taken, 204.' }
const busy: Delivered = { ok: false, again: true, status: 503, words: 'Answered 503.' }

/** A queue whose other side answers as told; the last answer stays. */
function queueOf(answers: Delivered[], more: Partial<QueueDeps> = {}) {
  const sent: string[] = []
  let n = 0
  const queue = new WebhookQueue('h', {
    clock: systemClock,
    newId: () => `m${++n}`,
    changed: () => {},
    pauses: [1, 1],
    send: ({ about }) => {
      sent.push(about)
      return Promise.resolve(answers.length > 1 ? answers.shift()! : answers[0]!)
    },
    ...more,
  })
  const add = (about: string) => queue.add({ event: 'message', about, data: {} })
  const idle = () => vi.waitFor(() => expect(queue.pending).toBe(0))
  return { queue, sent, add, idle }
}

it('sends in order, one after the other, and keeps what became of each', async () => {
  const { queue, sent, add, idle } = queueOf([taken])
  for (const id of ['a', 'b', 'c']) add(id)
  await idle()
  expect(sent).toEqual(['a', 'b', 'c'])
  expect(queue.deliveries).toMatchObject([{ about: 'c', state: 'delivered', attempts: 1, status: 204, words: 'Taken, 204.' }, { about: 'b' }, { about: 'a', webhook: 'h', id: 'm1' }]) // prettier-ignore
})

it('tries again what may go better, before what came later, and gives up after the last', async () => {
  const { queue, sent, add, idle } = queueOf([busy, taken, busy, busy, busy, taken])
  for (const id of ['a', 'b', 'c']) add(id)
  await idle()
  expect(sent).toEqual(['a', 'a', 'b', 'b', 'b', 'c'])
  expect(queue.deliveries.map(({ about, state, attempts }) => [about, state, attempts])).toEqual([
    ['c', 'delivered', 1],
    ['b', 'failed', 3],
    ['a', 'delivered', 2],
  ])
  expect(queue.deliveries.every(({ nextAt }) => nextAt === undefined)).toBe(true)
})

it('does not try again what is of no use', async () => {
  const { queue, sent, add, idle } = queueOf([
    { ok: false, again: false, status: 404, words: 'Answered 404.' },
  ])
  add('a')
  await idle()
  expect([sent, queue.deliveries[0]?.state]).toEqual([['a'], 'failed'])
})

it('says when it tries again, and heeds what the other side asked for', async () => {
  const { queue, add } = queueOf([{ ...busy, after: 60_000 }], { pauses: [1] })
  add('a')
  await vi.waitFor(() => expect(queue.deliveries[0]?.nextAt).toBeDefined())
  expect(Date.parse(queue.deliveries[0]!.nextAt!) - Date.now()).toBeGreaterThan(50_000)
  queue.stop()
})

it('is bounded: what finds no place is counted, and of the results the newest are kept', async () => {
  const { queue, add, idle } = queueOf([taken], { most: 3 })
  for (const id of ['a', 'b', 'c', 'd', 'e']) add(id)
  expect([queue.pending, queue.dropped]).toEqual([3, 2])
  await idle()
  for (let i = 0; i < 100; i++) {
    add(`x${i}`)
    await idle()
  }
  expect(queue.deliveries).toHaveLength(webhookLimits.results)
  expect(queue.deliveries[0]?.about).toBe('x99')
})

it('ends at once, also in a pause and in the middle of a try, and takes nothing more', async () => {
  const { queue, sent, add } = queueOf([busy], { pauses: [60_000] })
  add('a')
  await vi.waitFor(() => expect(sent).toEqual(['a']))
  queue.stop()
  add('b')
  expect([queue.pending, sent]).toEqual([0, ['a']])
  let aborted = false
  const hung = queueOf([taken], {
    send: (_one, _data, signal) => new Promise((resolve) => signal.addEventListener('abort', () => ((aborted = true), resolve(busy)))),
  }) // prettier-ignore
  hung.add('a')
  hung.queue.stop()
  expect(aborted).toBe(true)
})

it('has a pause before every try but the first', () => {
  expect(pauses).toHaveLength(webhookLimits.attempts - 1)
})
