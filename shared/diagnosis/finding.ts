/** Owns: the shape of a finding outside a transcript, and making one from a code of the vocabulary. */
import type { EventOf, Phase } from '../transcript/event.ts'
import { findingCodes, type FindingCode, type Severity } from './codes.ts'

/** A finding before it is written: no session, number or time yet. `phase` is where it belongs. */
export type Finding = Omit<EventOf<'finding'>, 'session' | 'seq' | 'at' | 'direction' | 'kind' | 'sealed'>

export interface FindingWords {
  side: Finding['side']
  confidence: Finding['confidence']
  /** Numbers of the events that prove it; a finding without evidence is a defect. */
  evidence: readonly number[]
  message: string
  next: string
  references?: string[] | undefined
  /** When this case is graver or milder than the code usually is. */
  severity?: Severity | undefined
  /** When this case belongs to another phase than the code usually does. */
  phase?: Phase | undefined
}

/** A finding with the phase and severity of its code, unless the words say otherwise. */
export function finding(code: FindingCode, words: FindingWords): Finding {
  const facts = findingCodes.get(code)!
  const { side, confidence, evidence, message, next, references } = words
  return {
    code,
    severity: words.severity ?? facts.severity,
    phase: words.phase ?? facts.phase,
    side,
    confidence,
    evidence: [...evidence],
    message,
    next,
    ...(references ? { references } : {}),
  }
}
