/** Owns: long work on the engine's one thread in slices, so that sessions and calls go on meanwhile. */
import { setImmediate } from 'node:timers/promises'
import { RpcError } from '#shared/rpc/error.ts'

/** Milliseconds: less than anybody notices. */
const slice = 15

/** For work that waits in between and cannot be a generator: whether its slice is over, and the turn of the others. */
export class Slices {
  readonly #signal: AbortSignal
  #until = performance.now() + slice

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  get over(): boolean {
    return performance.now() >= this.#until
  }

  /** Throws RpcError `cancelled` once the signal is aborted. */
  async rest(): Promise<void> {
    await setImmediate()
    if (this.#signal.aborted) throw new RpcError('cancelled', 'Cancelled.')
    this.#until = performance.now() + slice
  }
}

/**
 * Runs the work to its end; `tell` hears the last step of each slice. Throws RpcError `cancelled` between two slices once the
 * signal is aborted.
 */
export async function inSlices<S, T>(
  work: Iterator<S, T>,
  signal: AbortSignal,
  tell?: (step: S) => void,
): Promise<T> {
  for (const slices = new Slices(signal); ;) {
    const step = work.next()
    if (step.done === true) return step.value
    if (!slices.over) continue
    tell?.(step.value)
    // One slice after the other is the point.
    await slices.rest()
  }
}
