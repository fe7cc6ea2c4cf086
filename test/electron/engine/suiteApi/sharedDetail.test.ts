import { expect, it } from 'vitest'
import { sharedDetail } from '#engine/suiteApi/sharedDetail.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { messageDetail } from '#test/support/mail.ts'

it('reads once for all who ask at the same time, and anew for who asks later', async () => {
  let reads = 0
  const call = () => Promise.resolve(messageDetail({ id: String(++reads) }))
  const detail = sharedDetail({ call } as unknown as Pick<RpcClient, 'call'>)
  const together = await Promise.all([detail('a'), detail('a'), detail('b'), detail('a')])
  expect([reads, together.map(({ id }) => id)]).toEqual([2, ['1', '1', '2', '1']])
  expect((await detail('a')).id).toBe('3')
})

it('gives a refusal to all of them, and asks again after it', async () => {
  let reads = 0
  const call = () => Promise.reject(new Error(`gone ${++reads}`))
  const detail = sharedDetail({ call })
  const both = await Promise.allSettled([detail('a'), detail('a')])
  expect(both.map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
    'Error: gone 1',
    'Error: gone 1',
  ])
  await expect(detail('a')).rejects.toThrow('gone 2')
})
