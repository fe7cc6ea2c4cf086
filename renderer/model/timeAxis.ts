/** Owns: the round lengths of a time axis that starts at nought. Times are microseconds. */

const mostSteps = 5
/** Shorter than that, an axis would show the noise of this computer. */
const shortest = 1000

/** 1, 2 or 5 of a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return power * ([1, 2, 5, 10].find((factor) => power * factor >= rough) ?? 10)
}

/** At most five equal round steps, at or above `longest` together. */
export function roundAxis(longest: number): { length: number; step: number; count: number } {
  const until = Math.max(shortest, longest)
  const step = roundStep(until / mostSteps)
  const count = Math.ceil(until / step)
  return { length: step * count, step, count }
}
