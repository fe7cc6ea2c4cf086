/** Owns: long work on the engine's one thread in slices, so that sessions and calls go on meanwhile. */
import { setImmediate } from 'node:timers/promises'
import { RpcError } from '#shared/rpc/error.ts'

/** Milliseconds: less than anybody notices. */
const slice = 15

/** Runs the work to its end. Throws RpcError `cancelled` between two slices once the signal is aborted. */
export async function inSlices<T>(work: Iterator<unknown, T>, signal: AbortSignal): Promise<T> {
  for (let until = performance.now() + slice; ;) {
    const step = work.next()
    if (step.done === true) return step.value
    if (performance.now() < until) continue
    // oxlint-disable-next-line no-await-in-loop -- one slice after the other is the point
    await setImmediate()
    if (signal.aborted) throw new RpcError('cancelled', 'Cancelled.')
    until = performance.now() + slice
  }
}
