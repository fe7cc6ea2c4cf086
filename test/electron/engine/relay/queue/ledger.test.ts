import { expect, test } from 'vitest'
import { Ledger } from '#engine/relay/queue/ledger.ts'
import type { Leg } from '#engine/relay/types.ts'
import { StoreError } from '#engine/store/types.ts'
import { entryOf } from '#test/support/relay/legs.ts'

function ledger(fails: (legs: readonly Leg[]) => Error | null = () => null) {
  const writes: number[] = []
  const trouble: (string | null)[] = []
  const stored: string[] = []
  const made = new Ledger({
    putLegs: async (legs) => {
      const error = fails(legs)
      if (error) throw error
      writes.push(legs.length)
    },
    stored: (entries) => void stored.push(...entries.map(({ leg }) => leg.id)),
    trouble: (words) => void trouble.push(words),
    log: () => {},
    retry: 1,
  })
  return { made, writes, trouble, stored }
}

test('all of a turn is one write', async () => {
  const { made, writes, stored } = ledger()
  const entries = [entryOf(), entryOf()]
  for (const entry of [...entries, entries[0]!]) made.put(entry)
  await made.flushed()
  expect([writes, stored]).toEqual([[2], entries.map(({ leg }) => leg.id)])
})

test('a store that takes nothing is tried until it does', async () => {
  let left = 3
  const { made, stored, trouble } = ledger(() => (left-- > 0 ? new StoreError('full', 'full') : null))
  made.put(entryOf())
  expect(await made.flushedOrNot()).toBe(false)
  await made.flushed()
  expect([stored.length, trouble]).toEqual([1, [expect.stringContaining('disk has room'), null]])
  expect(await made.flushedOrNot()).toBe(true)
})

test('what will not pass is not waited for; what is closed is not written', async () => {
  const { made } = ledger()
  await expect(made.insist(() => Promise.reject(new StoreError('corrupt', 'x')))).rejects.toThrow('x')
  let tries = 0
  const value = made.insist(async () => {
    if (++tries < 3) throw new StoreError('locked', 'y')
    return tries
  })
  expect(await value).toBe(3)
  const late = made.insist(() => Promise.reject(new StoreError('full', 'z')))
  made.close()
  await expect(late).rejects.toThrow('z')
  made.put(entryOf())
  await made.flushed()
  expect(made.pending).toBe(1)
})

test('one leg that the store does not take keeps no other from it', async () => {
  const bad = entryOf()
  const { made, stored } = ledger((legs) =>
    legs.includes(bad.leg) ? new StoreError('failed', 'no content') : null,
  )
  const entries = [entryOf(), bad, entryOf()]
  for (const entry of entries) made.put(entry)
  await made.flushed()
  expect(stored).toEqual(entries.map(({ leg }) => leg.id))
  expect(await made.flushedOrNot()).toBe(true)
})
