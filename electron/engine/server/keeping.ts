/**
 * Owns: what one session needs once something of its client's is to be decided or kept: the content, and who answers the
 * machine's questions. A client that only waits has none of it.
 */
import type { ServerMachine } from '#shared/smtp/machine/options.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { Asking, type AskingOptions } from './asking.ts'
import { Content } from './content.ts'
import { Questions } from './questions.ts'
import { RelayQuestions } from './relayQuestions.ts'
import type { SessionContext } from './sessionContext.ts'

export interface Keeping {
  content: Content
  asking: Asking
}

export interface KeepingSession extends Pick<
  AskingOptions,
  'wire' | 'hold' | 'turn' | 'feed' | 'broken' | 'cut'
> {
  context: SessionContext
  machine: Pick<ServerMachine, 'state' | 'user' | 'hello' | 'secured' | 'transaction'>
  record: (event: EventBody) => void
  /** Goes on: more content may be appended again. */
  later: () => void
}

export function makeKeeping(session: KeepingSession): Keeping {
  const { context, machine, wire, record, later, hold, turn, feed, broken, cut } = session
  const { store, recorder, address, port, rules } = context
  const { session: id } = recorder
  const visit = rules.relaying?.visit({ session: id, address, port })
  const content = new Content({ store, session: id, context, record, room: later, visit })
  const relay = visit && new RelayQuestions({ visit, content, machine, context, record })
  const questions = new Questions(content, context, relay)
  return {
    content,
    asking: new Asking({ machine, questions, wire, hold, turn, feed, broken, cut }),
  }
}
