/** Owns: putting a gate into a session that runs: what a person decides becomes the machine's inputs and octets on the wire. */
import type { ServerMachine } from '#shared/smtp/machine/options.ts'
import type { Input, Outgoing, Question } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import type { MachineView } from '../dialogue/gate.ts'
import type { Deadlines } from './deadlines.ts'
import { Hold } from './hold.ts'
import { addedReply } from './notes.ts'
import type { SessionContext } from './sessionContext.ts'
import type { Wire } from './wire.ts'

export interface HeldSession {
  step: boolean
  breakpoints: readonly string[]
  context: Pick<SessionContext, 'recorder' | 'held'>
  machine: ServerMachine
  /** There is none yet before the session begins. */
  wire: () => Pick<Wire, 'write' | 'flush' | 'destroy' | 'reset'>
  deadlines: Pick<Deadlines, 'postpone'>
  record: (event: EventBody) => void
  say: (line: Outgoing, bytes?: Uint8Array) => void
  answer: (id: number, question: Question) => void
  turn: (input: Input) => void
  /** Runs what comes outside the session's own turns, and goes on from there. */
  later: (work: () => void) => void
}

export function holdSession(session: HeldSession): Hold {
  const { step, breakpoints, context, machine, wire, deadlines, record, later, turn } = session
  const cut = (how: 'drop' | 'reset'): void => {
    const message = `The connection was ${how === 'drop' ? 'dropped' : 'reset'} by hand.`
    // First the connection: ending the session closes it politely, and a reset must not be preceded by an end.
    if (how === 'reset') wire().reset()
    else wire().destroy()
    later(() => turn({ type: 'ended', how: 'dropped', message }))
  }
  return new Hold({
    step,
    breakpoints,
    recorder: context.recorder,
    changed: (waits) => context.held(waits),
    machine: viewOf(machine),
    code: (bytes) => machine.codeIfSaid(bytes),
    record,
    say: (line, bytes) => later(() => session.say(line, bytes)),
    skip: ({ id }) => later(() => turn({ type: 'skipped', id })),
    add: (bytes) => {
      record(addedReply(bytes))
      wire().write(bytes)
      wire().flush()
      later(() => turn({ type: 'insert', bytes }))
    },
    commit: (id, question) => later(() => session.answer(id, question)),
    refuse: (id, answer) => later(() => turn({ type: 'answer', id, answer })),
    finish: () => later(() => turn({ type: 'finish' })),
    drop: cut,
    freed: (micros) => deadlines.postpone(micros / 1000),
  })
}

/** Nothing is planned at a server: it answers. */
const viewOf = (machine: ServerMachine): MachineView => ({
  get state() {
    return machine.state
  },
  get secured() {
    return machine.secured
  },
  plan: () => [],
})
