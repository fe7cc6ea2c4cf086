import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inSlices, Slices } from '#engine/handlers/slices.ts'

/** Steps of about a millisecond, without end unless one is given. */
function* work(steps = Infinity): Generator<void, string> {
  for (let step = 0; step < steps; step++) {
    const until = performance.now() + 1
    while (performance.now() < until);
    yield
  }
  return 'done'
}

test('others go on meanwhile, and the result comes', async () => {
  let turns = 0
  const open = new AbortController()
  const result = inSlices(work(100), open.signal)
  const others = (async () => {
    for (; !open.signal.aborted; turns++) await setImmediate()
  })()
  expect(await result).toBe('done')
  open.abort()
  await others
  expect(turns).toBeGreaterThan(1)
})

test('work that nobody wants any more ends', async () => {
  const open = new AbortController()
  const result = inSlices(work(), open.signal)
  open.abort()
  await expect(result).rejects.toMatchObject({ code: 'cancelled' })
})

function* counted(): Generator<number, void> {
  let count = 0
  for (const _ of work(60)) yield ++count
}

test('how far it is is told between two slices; work that waits by itself rests in the same way', async () => {
  const told: number[] = []
  const open = new AbortController()
  await inSlices(counted(), open.signal, (count) => told.push(count))
  expect(told.length).toBeGreaterThan(0)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  const slices = new Slices(open.signal)
  for (const _ of work()) if (slices.over) break
  await slices.rest()
  open.abort()
  await expect(slices.rest()).rejects.toMatchObject({ code: 'cancelled' })
})
