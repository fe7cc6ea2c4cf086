/**
 * Owns: which times of two results differ so that it matters: twice as long or more, and by a tenth of a second or more
 * (transcript/diff/timing.ts), since two measurements always differ. Look-ups are left out: caches answer some of them.
 */
import type { Timings } from '../rpc/contract/probeReport.ts'
import { noticeable } from '../transcript/diff/timing.ts'
import { shortTime } from '../transcript/measure.ts'
import { changed, toneOf } from './change.ts'
import type { Change } from './types.ts'

const phases = [
  ['tcp', 'time to connect'],
  ['banner', 'time to the greeting'],
  ['ehlo', 'time to the EHLO reply'],
  ['starttls', 'time to the STARTTLS reply'],
  ['tls', 'time of the TLS handshake'],
  ['ehloAfterTls', 'time to the EHLO reply inside TLS'],
] as const

/** Of phases that both runs got to; the whole is told only where no phase explains it and both got as far. */
export function timeChanges(before: Timings, after: Timings): Change[] {
  const told = phases.flatMap(([phase, words]) => timeChange(words, before[phase], after[phase]))
  const asFar = phases.every(([phase]) => (before[phase] === undefined) === (after[phase] === undefined))
  return told.length > 0 || !asFar ? told : timeChange('time in all', before.total, after.total)
}

function timeChange(what: string, before: number | undefined, after: number | undefined): Change[] {
  if (before === undefined || after === undefined || !noticeable(before, after)) return []
  return changed(what, shortTime(before), shortTime(after), toneOf(after, before))
}
