/** Owns: the relay as calls. */
import { RpcError } from '#shared/rpc/error.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { readRules } from '../relay/desk/read.ts'
import { trial } from '../relay/desk/trial.ts'
import type { Relay } from '../relay/service.ts'
import type { Clock } from '../ports.ts'

type Names = Extract<keyof Handlers, `relay.${string}`>

const notIn = (): never => {
  throw new RpcError('not-found', 'This program has no queue of the relay yet.')
}

export function relayHandlers({ relay, clock }: { relay: Relay; clock: Clock }): Pick<Handlers, Names> {
  const { desk } = relay
  return {
    'relay.status': () => relay.status(),
    'relay.changes': () => relay.changes,
    'relay.rules': () => desk.shown(),
    'relay.read': (input) => desk.read(input),
    'relay.setRules': ({ rules, listeners }) => desk.setRules(rules, listeners),
    'relay.setSettings': async (change) => {
      const problems = await desk.setSettings(change)
      return { status: relay.status(), problems }
    },
    'relay.try': async ({ attempt, rules }) => {
      const { policy, settings, allowed } = desk.rules()
      const asked = rules === undefined ? policy : (await readRules(rules, clock.now())).policy
      return trial(asked, attempt, settings, allowed)
    },
    'relay.attempts': notIn,
    'relay.queue': notIn,
    'relay.queueItem': notIn,
    'relay.act': notIn,
    'relay.reports': notIn,
  }
}
