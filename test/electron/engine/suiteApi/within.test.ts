import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { within } from '#engine/suiteApi/within.ts'

const never = new AbortController().signal
const aborted = (end: AbortSignal) =>
  new Promise<unknown>((resolve) => end.addEventListener('abort', () => resolve(end.reason)))

it('ends after its time, with the signal, or at once when that is over already', async () => {
  expect(await within(1, never, aborted)).toMatchObject({ name: 'TimeoutError' })
  const leave = new AbortController()
  const left = within(60_000, leave.signal, aborted)
  leave.abort('gone')
  expect(await left).toBe('gone')
  expect(await within(60_000, leave.signal, (end) => Promise.resolve(end.aborted))).toBe(true)
})

it('gives what the task gives, and leaves nothing at the signal', async () => {
  const leave = new AbortController()
  let kept: AbortSignal | undefined
  expect(await within(60_000, leave.signal, (end) => ((kept = end), Promise.resolve(7)))).toBe(7)
  await expect(within(60_000, leave.signal, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken') // prettier-ignore
  leave.abort()
  expect(kept?.aborted).toBe(false)
})

it('keeps its time through a collection of garbage while nobody listens', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const over = await within(30, never, async (end) => {
    const until = performance.now() + 5000
    while (!end.aborted && performance.now() < until) {
      collect()
      await new Promise((done) => setImmediate(done))
    }
    return end.aborted
  })
  expect(over).toBe(true)
})
