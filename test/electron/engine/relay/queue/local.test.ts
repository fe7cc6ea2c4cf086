import { expect, test } from 'vitest'
import { deliverLocally, localBody } from '#engine/relay/queue/local.ts'
import { StoreError } from '#engine/store/types.ts'
import { legOf } from '#test/support/relay/legs.ts'
import { DiskStore, message } from '#test/support/relay/queue.ts'

test('numbers that no received body has, one for each leg, within nine digits', () => {
  const numbers = [1, 2, 10_000, 200_000].flatMap((body) =>
    [1, 2, 1000].map((n) => localBody(legOf(['b@x.example'], { id: `s.${body}/${n}` }, { body }))),
  )
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers.every((number) => number >= 500_000_000 && number < 1_000_000_000)).toBe(true)
})

test('what a kill left behind is not written twice', async () => {
  const store = new DiskStore()
  const { queued, bytes } = message(['b@x.example'])
  const leg = queued.legs[0]!
  await deliverLocally(leg, bytes, store)
  expect(await deliverLocally(leg, bytes, store)).toMatchObject([{ outcome: 'delivered' }])
  expect(store.inbox.length).toBe(1)
})

test('a content that is gone fails; a store that takes nothing is somebody else’s matter', async () => {
  const store = new DiskStore()
  expect(await deliverLocally(legOf(), null, store)).toMatchObject([{ outcome: 'failed', code: 554 }])
  store.fault = new StoreError('full', 'full')
  const { queued, bytes } = message(['b@x.example'])
  await expect(deliverLocally(queued.legs[0]!, bytes, store)).rejects.toThrow('full')
})
