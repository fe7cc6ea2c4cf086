import { expect, test } from 'vitest'
import { withStoreWords } from '#engine/handlers/storeWords.ts'
import { StoreError } from '#engine/store/types.ts'
import type { Handlers } from '#shared/rpc/types.ts'

async function fail(error: unknown): Promise<never> {
  throw error
}

/** One handler is enough to see the wrapping. */
function throwing(error: unknown): Handlers {
  const one: Pick<Handlers, 'app.info'> = { 'app.info': () => fail(error) }
  return withStoreWords(one as Handlers)
}

const signal = new AbortController().signal

test("a store's fault is told in its words", async () => {
  const handlers = throwing(new StoreError('full', 'The disk is full.'))
  await expect(handlers['app.info']({}, signal)).rejects.toMatchObject({ name: 'RpcError', code: 'internal', message: 'The disk is full.' }) // prettier-ignore
})

test('other faults pass as they are', async () => {
  const fault = new Error('unforeseen')
  await expect(throwing(fault)['app.info']({}, signal)).rejects.toBe(fault)
})
