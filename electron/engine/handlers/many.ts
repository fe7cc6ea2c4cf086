/** Owns: starting runs of many messages, telling how they stand and what came of them. */
import type { Handlers } from '#shared/rpc/types.ts'
import { type Many, type ManyDeps, startMany } from '../many/index.ts'
import { composeMessage } from '../message/compose.ts'
import { fillPlan } from '../profiles/fill.ts'
import type { Parts } from './parts.ts'
import type { Running } from './running.ts'

type ManyParts = Pick<Parts, 'ports' | 'hub' | 'store' | 'profiles'>

/** What a run needs of the engine. */
export const manyDeps = ({ ports, hub, store }: Omit<ManyParts, 'profiles'>): ManyDeps => ({
  clock: ports.clock,
  log: ports.log,
  hub,
  store,
  compose: (message, { envelopeFrom, envelopeTo }, context) =>
    composeMessage(message, { ...context, envelopeFrom, envelopeTo }),
})

export function manyHandlers(
  parts: ManyParts,
  running: Running<Many>,
): Pick<Handlers, Extract<keyof Handlers, `many.${string}`>> {
  const deps = manyDeps(parts)
  const refusal = (): { ok: false; problems: { field: string; value: string; message: string }[] } | null => {
    const full = running.full()
    return full === null ? null : { ok: false, problems: [{ field: 'request', value: '', message: full }] }
  }
  return {
    'many.start': async (plan) => {
      const refused = refusal()
      if (refused) return refused
      const filled = await fillPlan(plan.request, parts.profiles)
      if (!filled.ok) return filled
      const started = await startMany({ ...plan, request: filled.value }, deps)
      if (!started.ok) return started
      running.add(started.id, started, started.result)
      return { ok: true, id: started.id }
    },
    'many.progress': ({ id }) => running.get(id).progress,
    'many.result': ({ id }) => running.get(id).result,
    'many.cancel': ({ id }) => {
      running.get(id).cancel()
      return { ok: true }
    },
  }
}
