/** Owns: making one change: nothing when both are alike, values bounded, and its tone by a rank or left open. */
import { clip } from '../transcript/diff/difference.ts'
import type { Change, ChangeTone } from './types.ts'

/** By two ranks, of which the higher one is better. */
export const toneOf = (before: number, after: number): ChangeTone =>
  after > before ? 'better' : after < before ? 'worse' : 'neutral'

/** Nothing when the two are equal. */
export const changed = (
  what: string,
  before: string,
  after: string,
  tone: ChangeTone = 'neutral',
): Change[] => (before === after ? [] : [{ what, before: clip(before), after: clip(after), tone }])

/** Gained and lost members: `rank` says of each whether having it is good (1), bad (-1) or neither (0). */
export function setTone(
  before: Iterable<string>,
  after: Iterable<string>,
  rank: (member: string) => number,
): ChangeTone {
  const [had, has] = [new Set(before), new Set(after)]
  const steps = [
    ...[...has].filter((one) => !had.has(one)).map(rank),
    ...[...had].filter((one) => !has.has(one)).map((one) => -rank(one)),
  ]
  const better = steps.some((step) => step > 0)
  const worse = steps.some((step) => step < 0)
  return better === worse ? 'neutral' : better ? 'better' : 'worse'
}
