/** Owns: telling a store's fault (disk full, database locked) in its own words instead of as an unforeseen one. */
import { RpcError } from '#shared/rpc/error.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { StoreError } from '../store/types.ts'

/** What is passed through is not looked at. */
type AnyHandler = (...args: never[]) => unknown

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
  const wrapped = Object.entries<AnyHandler>(handlers).map(([name, handler]) => [name, inWords(handler)])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each handler keeps its name, arguments and result
  return Object.fromEntries(wrapped) as Handlers
}
