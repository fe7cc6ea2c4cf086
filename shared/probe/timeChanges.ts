/**
 * Owns: which times of two results differ so that it matters: more than twice as long, and by more than what measuring
 * itself brings about. The ports of a probe are tested at once, on one computer, and each run measures each phase once:
 * what waits there for its turn adds a tenth of a second easily, to a whole dialogue once for each of its phases. So the
 * bounds are wider than those for two dialogues (transcript/diff/timing.ts). Look-ups are left out: caches answer some.
 */
import type { Timings } from '../rpc/contract/probeReport.ts'
import { noticeableFactor } from '../transcript/diff/timing.ts'
import { shortTime } from '../transcript/measure.ts'
import { changed, toneOf } from './change.ts'
import type { Change } from './types.ts'

/** Microseconds by which one phase, and a whole dialogue, must differ at least. */
const phaseFloor = 250_000
const wholeFloor = 750_000

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
  return told.length > 0 || !asFar ? told : timeChange('time in all', before.total, after.total, wholeFloor)
}

function timeChange(
  what: string,
  before: number | undefined,
  after: number | undefined,
  floor = phaseFloor,
): Change[] {
  if (before === undefined || after === undefined) return []
  const apart = Math.abs(before - after) >= floor
  if (!apart || Math.max(before, after) < noticeableFactor * Math.min(before, after)) return []
  return changed(what, shortTime(before), shortTime(after), toneOf(after, before))
}
