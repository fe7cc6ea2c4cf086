/** Owns: making and weighing differences. A value that both sides have alike is no difference. */
import type { Aspect, Difference, Weight } from './types.ts'
import { weights } from './types.ts'

/** Characters of one value that are kept; what is compared is compared whole. */
const valueLimit = 300

export const clip = (text: string): string =>
  text.length > valueLimit ? `${text.slice(0, valueLimit)}…` : text

/** A difference when the two are not the same, else nothing. */
export function differ(
  aspect: Aspect,
  weight: Weight,
  what: string,
  left: string | undefined,
  right: string | undefined,
): Difference[] {
  if (left === right) return []
  return [{ aspect, weight, what, left: clip(left ?? ''), right: clip(right ?? '') }]
}

const rank = (weight: Weight): number => weights.indexOf(weight)

/** The heaviest of some differences. */
export function heaviest(differences: readonly Difference[]): Weight | undefined {
  let most: Weight | undefined
  for (const { weight } of differences) if (most === undefined || rank(weight) > rank(most)) most = weight
  return most
}

export const atLeast = (weight: Weight | undefined, least: Weight): boolean =>
  weight !== undefined && rank(weight) >= rank(least)
