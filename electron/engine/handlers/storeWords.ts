/** Owns: telling a store's fault (disk full, database locked) in its own words instead of as an unforeseen one. */
import { RpcError } from '#shared/rpc/error.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { StoreError } from '../store/types.ts'

type AnyHandler = (...args: unknown[]) => unknown

const inWords =
  (handler: AnyHandler): AnyHandler =>
  async (...args) => {
    try {
      return await handler(...args)
    } catch (error) {
      throw error instanceof StoreError ? new RpcError('internal', error.message) : error
    }
  }

export function withStoreWords(handlers: Handlers): Handlers {
  // oxlint-disable typescript/no-unsafe-type-assertion -- each handler keeps its name, arguments and result
  const entries = Object.entries(handlers).map(([name, handler]) => [name, inWords(handler as AnyHandler)])
  return Object.fromEntries(entries) as Handlers
  // oxlint-enable typescript/no-unsafe-type-assertion
}
