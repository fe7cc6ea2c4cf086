/** Owns: following a stream of the engine to its end, as a promise, for commands. */
import type { StreamEvent, StreamKey, StreamName } from '#shared/rpc/contract.ts'
import type { RpcClient } from '#shared/rpc/types.ts'

/** Calls `each` with every event in order; resolves when the stream has ended, rejects when it failed. */
export function follow<N extends StreamName>(
  client: RpcClient,
  name: N,
  key: StreamKey<N>,
  each: (event: StreamEvent<N>) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    client.stream(name, key, {
      batch: (batch) => batch.events.forEach((event) => each(event)),
      closed: (error) => (error === null ? resolve() : reject(new Error(error.message))),
    })
  })
}
