/** Owns: what is said of a leg that waits for a connection: what it waits for. */
import type { Allowance } from './allowance.ts'
import { countOf, spanWords } from './words.ts'

/** `left`: microseconds for which the rate allows nothing; `paused`: the server asked to be left alone. */
export function waitingWords(
  { rate, most, isFull, left }: { [K in 'rate' | 'most' | 'isFull']: Allowance[K] } & { left: number },
  paused: boolean,
): string {
  if (paused) return 'Waiting, as the server asked'
  if (rate !== null && left > 0)
    return `Waiting: the rules allow ${countOf(rate.messages, 'message')} in ${spanWords(rate.per)}`
  return isFull ? `Waiting for one of the ${countOf(most, 'connection')} that the rules allow` : 'Waiting for a free connection' // prettier-ignore
}
