import { expect, test } from 'vitest'
import { Lanes, type LaneWork } from '#engine/probe/lanes.ts'

/** Work that ends when the test says so, and what was open at once. */
function watched(lanes: Lanes) {
  const open = new Set<string>()
  const order: string[] = []
  const ends = new Map<string, () => void>()
  const start = (name: string, more: Partial<LaneWork<string>> = {}) =>
    lanes.run({
      address: 'a',
      ...more,
      run: () => {
        open.add(name)
        order.push(name)
        return new Promise<string>((resolve) => {
          ends.set(name, () => {
            open.delete(name)
            resolve(name)
          })
        })
      },
    })
  const end = async (name: string): Promise<void> => {
    ends.get(name)!()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { open, order, start, end }
}

test('few at once to one address; another address overtakes; never more over all', async () => {
  const { open, start, end } = watched(new Lanes(3, 2))
  const all = ['1', '2', '3'].map((name) => start(name))
  all.push(start('other', { address: 'b' }), start('late', { address: 'c' }))
  expect([...open]).toEqual(['1', '2', 'other'])
  await end('1')
  expect([...open]).toEqual(['2', 'other', '3'])
  for (const name of ['2', 'other', '3', 'late']) await end(name)
  expect((await Promise.all(all)).map(({ value }) => value)).toEqual(['1', '2', '3', 'other', 'late'])
})

test('who was alone and who had company', async () => {
  const { start, end } = watched(new Lanes(9, 9))
  const first = start('1')
  await end('1')
  const second = start('2')
  const third = start('3')
  await end('2')
  await end('3')
  expect([(await first).shared, (await second).shared, (await third).shared]).toEqual([false, true, true])
})

test('alone waits for the others and keeps later ones away', async () => {
  const { open, start, end } = watched(new Lanes(9, 9))
  void start('1')
  const alone = start('alone', { alone: true })
  expect([...open]).toEqual(['1'])
  await end('1')
  void start('3')
  expect([...open]).toEqual(['alone'])
  await end('alone')
  expect((await alone).shared).toBe(false)
  expect([...open]).toEqual(['3'])
  await end('3')
})

test('a slow address has one at a time from then on', async () => {
  const lanes = new Lanes(9, 9)
  const { open, start, end } = watched(lanes)
  void start('1')
  lanes.slow('a')
  expect(lanes.isSlow('a')).toBe(true)
  expect(lanes.isSlow('b')).toBe(false)
  void start('2')
  expect([...open]).toEqual(['1'])
  await end('1')
  expect([...open]).toEqual(['2'])
  await end('2')
})

test('work that fails makes room as well', async () => {
  const lanes = new Lanes(1, 1)
  await expect(lanes.run({ address: 'a', run: () => Promise.reject(new Error('no')) })).rejects.toThrow('no')
  expect(await lanes.run({ address: 'a', run: async () => 1 })).toEqual({ value: 1, shared: false })
})
