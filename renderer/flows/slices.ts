/** Owns: long work of the page in slices, so that it answers to keys meanwhile. */
import { nextTurn } from './frameTurn.ts'

/** Milliseconds; with drawing it is less than a frame. */
const slice = 8

const nextTask = (): Promise<void> => new Promise((go) => void nextTurn(go))

/** Runs the work to its end; throws what it throws. */
export async function inSlices<T>(work: Iterator<unknown, T>): Promise<T> {
  for (let until = performance.now() + slice; ;) {
    const step = work.next()
    if (step.done === true) return step.value
    if (performance.now() < until) continue
    // One slice after the other is the point.
    await nextTask()
    until = performance.now() + slice
  }
}
