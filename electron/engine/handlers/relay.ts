/** Owns: the relay as calls. Its parts are put in one by one; what is not in yet says so. */
import { RpcError } from '#shared/rpc/error.ts'
import type { Handlers } from '#shared/rpc/types.ts'

type Names = Extract<keyof Handlers, `relay.${string}`>

const notIn = (): never => {
  throw new RpcError('not-found', 'This program has no relay yet.')
}

export function relayHandlers(): Pick<Handlers, Names> {
  return {
    'relay.status': notIn,
    'relay.changes': notIn,
    'relay.rules': notIn,
    'relay.read': notIn,
    'relay.setRules': notIn,
    'relay.setSettings': notIn,
    'relay.try': notIn,
    'relay.attempts': notIn,
    'relay.queue': notIn,
    'relay.queueItem': notIn,
    'relay.act': notIn,
    'relay.reports': notIn,
  }
}
