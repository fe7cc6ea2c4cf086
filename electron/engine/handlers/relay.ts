/** Owns: the relay as calls. */
import { RpcError } from '#shared/rpc/error.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { readRules } from '../relay/desk/read.ts'
import { trial } from '../relay/desk/trial.ts'
import type { Relay } from '../relay/service.ts'
import type { Clock } from '../ports.ts'

type Names = Extract<keyof Handlers, `relay.${string}`>

export function relayHandlers({ relay, clock }: { relay: Relay; clock: Clock }): Pick<Handlers, Names> {
  const { desk, queue } = relay
  return {
    'relay.status': () => relay.status(),
    'relay.changes': () => relay.changes,
    'relay.rules': () => desk.shown(),
    'relay.read': (input) => desk.read(input),
    'relay.setRules': ({ rules, listeners, allowOutside }) => desk.setRules(rules, listeners, allowOutside),
    'relay.setSettings': async (change) => {
      const problems = await desk.setSettings(change)
      return { status: relay.status(), problems }
    },
    'relay.try': async ({ attempt, rules }) => {
      const { policy, settings, allowed } = desk.rules()
      const asked = rules === undefined ? policy : (await readRules(rules, clock.now())).policy
      return trial(asked, attempt, settings, allowed)
    },
    'relay.events': () => relay.events,
    'relay.attempts': (query) => relay.kept.attempts(query),
    'relay.queue': (query) => queue.list(query),
    'relay.queueItem': async ({ id }) => {
      const item = await queue.item(id)
      if (item === null)
        throw new RpcError('not-found', `There is no entry ${id.slice(0, 100)} in the queue.`)
      return item
    },
    'relay.act': ({ act, target, virtualMta }) => queue.act(act, target, virtualMta),
    'relay.reports': (query) => relay.kept.reports(query),
  }
}
