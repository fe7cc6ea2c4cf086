/**
 * Owns: TLS in a replay. It is made as the target's mode says, not as was recorded: a recorded STARTTLS is left out where
 * none is wanted, and one is said where it is wanted and none was recorded, each with the EHLO that belongs to it.
 */
import { has, overwritten } from '../../grammar/capabilities.ts'
import type { ClientRun } from './clientRun.ts'
import type { ClientStep } from './types.ts'

export type TlsAdvice =
  /** Nothing to do about TLS: say the step. */
  | 'go-on'
  | 'leave-out'
  /** Say this first; the step stays. */
  | { first: 'STARTTLS' | 'EHLO' }
  | { refuse: 'starttls-stripped' | 'starttls-not-offered'; message: string }

const verbOf = (step: ClientStep): string | undefined => (step.kind === 'line' ? step.verb : undefined)
const isHello = (step: ClientStep): boolean => verbOf(step) === 'EHLO' || verbOf(step) === 'HELO'

function wants({ core, options: { tls } }: ClientRun): boolean {
  return core.secured === null && !core.tlsTried && (tls === 'starttls' || tls === 'opportunistic')
}

/** What TLS asks for before this step, which is the next one. */
export function tlsAdvice(run: ClientRun, place: number): TlsAdvice {
  const { core, options } = run
  const step = run.steps[place]!
  if (isHello(step)) return step.kind === 'line' && step.anew && !run.anew ? 'leave-out' : 'go-on'
  if (run.anew && verbOf(step) !== 'QUIT') return { first: 'EHLO' }
  const said = verbOf(step) === 'STARTTLS'
  if (!wants(run)) return said ? 'leave-out' : 'go-on'
  if (!said && (verbOf(step) === 'QUIT' || recordedAhead(run, place))) return 'go-on'
  // One that was asked and not accepted is not said again: a hostile server would be asked for ever.
  const unwelcome = core.hello === 'asked' && run.idle
  if (core.hello !== 'accepted' && !unwelcome) return { first: 'EHLO' }
  if (has(core.capabilities, 'STARTTLS')) return said ? 'go-on' : { first: 'STARTTLS' }
  if (options.tls === 'opportunistic') return said ? 'leave-out' : 'go-on'
  return overwritten(core.capabilities).length > 0
    ? {
        refuse: 'starttls-stripped',
        message:
          'Capabilities are overwritten with X, and STARTTLS, which is required, is not among the rest.',
      }
    : { refuse: 'starttls-not-offered', message: 'STARTTLS is required, but the server does not offer it.' }
}

/** The recording says STARTTLS itself before anything that TLS is there to protect. */
function recordedAhead({ steps }: ClientRun, place: number): boolean {
  for (const step of steps.slice(place)) {
    if (verbOf(step) === 'STARTTLS') return true
    if (step.kind !== 'line' || verbOf(step) === 'MAIL' || verbOf(step) === 'QUIT') return false
  }
  return false
}
