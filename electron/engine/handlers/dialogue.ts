/** Owns: starting dialogues, stepping them, and telling how they ended. */
import { randomUUID } from 'node:crypto'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { notFound } from '#shared/rpc/error.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { type Dialogue, type DialogueDeps, startDialogue } from '../dialogue/index.ts'
import { composeMessage } from '../message/compose.ts'
import { messageSource } from '../message/source.ts'
import type { Clock } from '../ports.ts'
import { fillPlan } from '../profiles/fill.ts'
import type { SessionGate } from '../server/types.ts'
import { closedGate } from './closedGate.ts'
import type { Parts } from './parts.ts'
import type { Running } from './running.ts'

/** Composes as a send does; `n` is the number of the message in its run. */
export function composer(clock: Clock, n?: number): DialogueDeps['compose'] {
  return async (message, { envelopeFrom, envelopeTo }) => {
    const options = { date: clock.now(), uuid: randomUUID(), n, envelopeFrom, envelopeTo }
    const composed = await composeMessage(message, options)
    if (!composed.ok) return composed
    return {
      ok: true,
      source: messageSource(composed.bytes),
      envelope: composed.envelope,
      remarks: composed.remarks,
    }
  }
}

export function dialogueHandlers(
  { ports, hub, store, server, profiles }: Pick<Parts, 'ports' | 'hub' | 'store' | 'server' | 'profiles'>,
  running: Running<Dialogue>,
): Pick<Handlers, Extract<keyof Handlers, `dialogue.${string}`>> {
  const compose = composer(ports.clock)
  const refusal = (): { ok: false; problems: FieldProblem[] } | null => {
    const full = running.full()
    return full === null ? null : { ok: false, problems: [{ field: 'request', value: '', message: full }] }
  }
  const deps: DialogueDeps = {
    hub,
    clock: ports.clock,
    log: ports.log,
    // Composing takes its time, in which the engine may have been stopped, or others have started.
    compose: async (message, given) => {
      const composed = await compose(message, given)
      return refusal() ?? composed
    },
    openContent: (session, body) => store.openContent(session, body),
  }
  /** Of a dialogue of ours, or of a client of the local server. Throws RpcError `not-found`. */
  const gateOf = async (session: string): Promise<SessionGate> => {
    const own = running.find(session)
    if (own !== undefined) return { states: own.gate, act: (action) => own.act(action) }
    const held = server.gate(session)
    if (held !== null) return held
    const summary = await hub.summary(session)
    // What ended meanwhile, or long ago, is not unknown.
    if (summary !== null) return server.gate(session) ?? closedGate(summary)
    throw notFound('Dialogue', session)
  }
  return {
    'dialogue.start': async (plan) => {
      const refused = refusal()
      if (refused !== null) return refused
      const filled = await fillPlan(plan, profiles)
      if (!filled.ok) return filled
      const started = await startDialogue(filled.value, deps)
      if (!started.ok) return started
      running.add(started.session, started, started.result)
      return { ok: true, session: started.session }
    },
    'dialogue.result': ({ session }) => running.get(session).result,
    'dialogue.act': async ({ session, action }) => (await gateOf(session)).act(action),
    'dialogue.gate': async ({ session }) => (await gateOf(session)).states,
  }
}
