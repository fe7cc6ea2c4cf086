/**
 * Owns: long work as steps. Such work is a generator, so that who runs it decides whether others have their turn between two
 * steps; no step may take more than some milliseconds.
 */

/** Runs all steps at once, where nobody waits meanwhile. */
export function atOnce<T>(work: Iterator<unknown, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}
