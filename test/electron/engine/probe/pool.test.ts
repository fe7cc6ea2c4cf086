import { expect, test } from 'vitest'
import { pool } from '#engine/probe/pool.ts'

test('all is done, never more at once than the width', async () => {
  let now = 0
  let most = 0
  const done: number[] = []
  await pool([1, 2, 3, 4, 5, 6, 7], 3, new AbortController().signal, async (item, index) => {
    most = Math.max(most, ++now)
    await new Promise((resolve) => setImmediate(resolve))
    now--
    done.push(item)
    expect(item).toBe(index + 1)
  })
  expect(most).toBe(3)
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('nothing is started after a cancel', async () => {
  const abort = new AbortController()
  const done: number[] = []
  await pool([1, 2, 3], 1, abort.signal, async (item) => {
    done.push(item)
    abort.abort()
  })
  expect(done).toEqual([1])
})
