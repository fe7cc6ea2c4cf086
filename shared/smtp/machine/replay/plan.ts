/** Owns: the recorded lines still to be said, for showing them ahead. It assumes that everything goes as recorded. */
import { utf8 } from '../../../bytes/bytes.ts'
import { maskLine, unmasked } from '../../grammar/mask.ts'
import { endLine } from '../client/lines.ts'
import type { Outgoing } from '../types.ts'
import type { ClientRun } from './clientRun.ts'
import type { ClientStep } from './types.ts'

/** Lines shown ahead. */
const most = 50

export function planReplay(run: ClientRun): Outgoing[] {
  const lines: Omit<Outgoing, 'id'>[] = []
  if (run.core.state === 'done' || run.core.state === 'quit') return []
  for (let place = run.next; place < run.steps.length && lines.length < most; place++)
    if (run.progress[place] === 'ahead') lines.push(...linesOf(run, run.steps[place]!))
  // Shown octets only: a plan may be shown and recorded.
  return lines.map((line, index) => ({ ...line, bytes: line.shown.bytes, id: -1 - index }))
}

function linesOf({ options }: ClientRun, step: ClientStep): Omit<Outgoing, 'id'>[] {
  const { phase } = step
  const of = (kind: Outgoing['kind'], bytes: Uint8Array, verb?: string) => ({
    kind,
    phase,
    bytes,
    shown: maskLine(bytes),
    verb,
  })
  if (step.kind === 'line') return [of('command', step.bytes, step.verb)]
  if (step.kind === 'chunk') return [of('body', step.bytes, 'BDAT')]
  if (step.kind === 'auth')
    return options.auth === null ? [] : [of('auth', utf8(`AUTH ${step.mechanism}\r\n`), 'AUTH')]
  if (step.kind === 'unsayable') return []
  const nothing = new Uint8Array(0)
  const body = { kind: 'body', phase: 'body', bytes: nothing, shown: unmasked(nothing) } as const
  return step.whole ? [body, endLine()] : [body]
}
