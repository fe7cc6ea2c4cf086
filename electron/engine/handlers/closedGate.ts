/** Owns: the gate of a session that has none (any more): it says that the session has ended, or that nobody holds it. */
import type { GateState } from '#shared/rpc/contract/dialogue.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import type { SessionGate } from '../server/types.ts'

/** Its stream is one state, `ended`, and over: nothing will be held. */
export function closedGate({ state, role }: Pick<SessionSummary, 'state' | 'role'>): SessionGate {
  const states = new EventLog<GateState>(1)
  states.append({ mode: 'ended', upcoming: [], breakpoints: [], state: 'done', role })
  states.end()
  const problem =
    state === 'ended' ? 'This session has ended.' : 'This session runs by itself and cannot be held.'
  return { states, act: () => ({ ok: false, problem }) }
}
