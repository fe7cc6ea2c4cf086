import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inSlices } from '#engine/handlers/slices.ts'

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
