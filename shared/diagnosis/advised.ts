/**
 * Owns: findings in the machine's own words. Severity, side, next step and references of a code stand in one table,
 * which the machines use while a session runs and the rules here when it is over.
 */
import { finding as note, type FindingCode, type FindingNote } from '../smtp/machine/advice.ts'
import type { Phase } from '../smtp/machine/types.ts'
import type { Finding } from './finding.ts'

export interface Change {
  side?: FindingNote['side']
  severity?: FindingNote['severity']
  confidence?: Finding['confidence']
  next?: string
}

/** `evidence`: numbers of the events that prove it; confidence is `certain` unless the change says otherwise. */
export function advised(
  code: FindingCode,
  phase: Phase,
  message: string,
  evidence: readonly (number | undefined)[],
  { confidence = 'certain', next, ...change }: Change = {},
): Finding {
  const { kind: _, ...made } = note(code, phase, message, change)
  const seen = evidence.filter((seq) => seq !== undefined)
  return { ...made, ...(next === undefined ? {} : { next }), confidence, evidence: [...new Set(seen)] }
}
