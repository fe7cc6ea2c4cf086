import { expect, it } from 'vitest'
import { Requests } from '#engine/store/requests.ts'
import { StoreError } from '#engine/store/types.ts'

it('answers writes in order, with counts and failures', async () => {
  const requests = new Requests()
  const writes = Promise.allSettled([requests.write(1), requests.write(2), requests.write(3)])
  requests.written({
    type: 'written',
    upTo: 2,
    failed: [[1, { code: 'full', message: 'no room' }]],
    counts: [[2, 7]],
    spent: [],
  })
  requests.written({ type: 'written', upTo: 3, failed: [], counts: [], spent: [] })
  expect(await writes).toMatchObject([
    { reason: { code: 'full', message: 'no room' } },
    { value: 7 },
    { value: 0 },
  ])
})

it('answers reads by number', async () => {
  const requests = new Requests()
  const a = requests.read()
  const b = requests.read()
  requests.readFailed(b.id, { code: 'corrupt', message: 'x' })
  requests.readDone(a.id, 'value')
  requests.readDone(99, null)
  await expect(b.value).rejects.toMatchObject({ code: 'corrupt' })
  expect(await a.value).toBe('value')
})

it('asks writers to wait while much is under way', async () => {
  const requests = new Requests()
  void requests.write(40 << 20)
  expect(requests.ready).toBe(false)
  const waited = requests.whenReady()
  requests.written({ type: 'written', upTo: 1, failed: [], counts: [], spent: [] })
  await waited
  expect(requests.ready).toBe(true)
  await requests.whenReady()
})

it('tells everyone when the thread is gone', async () => {
  const requests = new Requests()
  const all = Promise.allSettled([requests.write(40 << 20), requests.read().value])
  const waiting = requests.whenReady()
  requests.failAll(new StoreError('closed', 'gone'))
  await waiting
  expect(await all).toMatchObject([{ reason: { code: 'closed' } }, { reason: { code: 'closed' } }])
})
