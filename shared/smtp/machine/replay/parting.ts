/** Owns: whether a server answered as it did when it was recorded, and saying where not. */
import type { Phase } from '../types.ts'
import type { ClientRun } from './clientRun.ts'
import type { Answer, ClientStep } from './types.ts'

const classOf = (code: number | undefined): number => Math.floor((code ?? 0) / 100)

/** The same class of reply (RFC 5321 §4.2.1): what a client does next depends on it alone. */
export const agrees = (recorded: Answer | undefined, code: number | undefined): boolean =>
  recorded !== undefined && classOf(recorded.code) === classOf(code)

export function stepName(step: ClientStep | undefined): string {
  if (step === undefined) return 'the greeting'
  if (step.kind === 'content') return 'the message'
  if (step.kind === 'chunk') return 'BDAT'
  if (step.kind === 'auth') return 'AUTH'
  if (step.kind === 'line' && step.verb === 'RCPT' && step.address !== undefined)
    return `RCPT TO:<${step.address}>`
  return step.verb ?? 'a line that is no known command'
}

/** Tells the first parting; the diff of both dialogues shows the others. */
export function part(run: ClientRun, where: string, phase: Phase, recorded: string, now: string): void {
  if (run.parted !== null) return
  run.parted = `At ${where} the server answered otherwise than recorded: ${now} instead of ${recorded}.`
  // What is said of a greeting elsewhere is kept back for a better explanation; this is no explanation.
  run.core.finding('replay-differs', phase === 'banner' ? 'other' : phase, run.parted)
}

/** Compares the answer to a step, or the greeting (`step` undefined), with the recorded one. True when they agree. */
export function compare(run: ClientRun, step: ClientStep | undefined, now: Answer): boolean {
  const recorded = step === undefined ? (run.options.script.greeting ?? undefined) : step.answer
  if (agrees(recorded, now.code)) return true
  part(run, stepName(step), step?.phase ?? 'banner', recorded?.text ?? 'no answer', now.text)
  return false
}
