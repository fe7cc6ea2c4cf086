import { expect, it } from 'vitest'
import { callsOf } from '#engine/suiteApi/calls.ts'

it('parses arguments and results by the contract', async () => {
  const asked: unknown[] = []
  const { call } = callsOf({
    'inbox.remove': (given) => {
      asked.push(given)
      return { removed: given.ids.length, more: 'never leaves' }
    },
  })
  expect(await call('inbox.remove', { ids: ['a'] })).toEqual({ removed: 1 })
  expect(asked).toEqual([{ ids: ['a'] }])
  // @ts-expect-error -- what a caller in JavaScript might pass
  await expect(call('inbox.remove', { ids: [7] })).rejects.toMatchObject({ code: 'bad-argument' })
  await expect(call('inbox.clear', {})).rejects.toMatchObject({ code: 'unknown-name' })
})
