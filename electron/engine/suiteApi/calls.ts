/** Owns: the engine's own contract, called in this process: arguments are parsed as from any other caller. */
import type { CallInput, CallName, CallResult } from '#shared/rpc/contract.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { explain } from '#shared/rpc/explain.ts'
import { callEntries, handlersOf } from '#shared/rpc/registry.ts'
import type { Handlers, RpcClient } from '#shared/rpc/types.ts'

/** Rejects as a client's calls do, with RpcError, and with whatever a handler did not foresee. */
export function callsOf(handlers: Partial<Handlers>): Pick<RpcClient, 'call'> {
  const { calls } = handlersOf(handlers)
  return {
    async call<N extends CallName>(
      name: N,
      input: CallInput<N>,
      { signal = new AbortController().signal }: { signal?: AbortSignal } = {},
    ): Promise<CallResult<N>> {
      const [entry, handler] = [callEntries.get(name), calls.get(name)]
      if (entry === undefined || handler === undefined)
        throw new RpcError('unknown-name', `There is no call ${name}.`)
      const parsed = entry.input.safeParse(input)
      if (!parsed.success) throw new RpcError('bad-argument', explain(parsed.error, input))
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the entry of this name parses to this name's result
      return entry.output.parse(await handler(parsed.data, signal)) as CallResult<N>
    },
  }
}
