import { expect, test } from 'vitest'
import { within } from '#engine/dialogue/limit.ts'

const never = () => new Promise<never>(() => {})

test('done, failed, too late, cancelled', async () => {
  expect(await within(1000, undefined, async () => 5)).toEqual({ how: 'done', value: 5 })
  const error = new Error('x')
  expect(await within(1000, undefined, () => Promise.reject(error))).toEqual({ how: 'failed', error })
  expect(await within(1, undefined, never)).toEqual({ how: 'timeout' })
  const abort = new AbortController()
  const waiting = within(60_000, abort.signal, never)
  abort.abort()
  expect(await waiting).toEqual({ how: 'cancelled' })
})

test('nothing is begun once it is cancelled', async () => {
  let begun = 0
  const result = await within(1000, AbortSignal.abort(), async () => begun++)
  expect(result).toEqual({ how: 'cancelled' })
  expect(begun).toBe(0)
})
