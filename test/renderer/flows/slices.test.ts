import { expect, test } from 'vitest'
import { inSlices } from '#renderer/flows/slices.ts'

function* work(steps: number, fail = false): Generator<void, string> {
  for (let step = 0; step < steps; step++) {
    const until = performance.now() + 1
    while (performance.now() < until);
    yield
  }
  if (fail) throw new Error('It failed.')
  return 'done'
}

test('others go on meanwhile, and the result comes', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 0)
  expect(await inSlices(work(60))).toBe('done')
  clearInterval(timer)
  expect(turns).toBeGreaterThan(1)
})

test('an error comes through', async () => {
  await expect(inSlices(work(1, true))).rejects.toThrow('It failed.')
})
