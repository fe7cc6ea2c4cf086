/**
 * Owns: what an export has to find out before its first piece, in short steps: an empty piece is such a step, so that who
 * writes a long dialogue down can give others their turn.
 */

/** Events looked at in one step: some milliseconds at most. */
const eventsAStep = 250

/** The same events in order, with a step between so many of them. */
export function* stepping<T>(
  events: readonly T[],
  look: (event: T, index: number) => void,
): Generator<void, void> {
  for (const [index, event] of events.entries()) {
    look(event, index)
    if (index % eventsAStep === eventsAStep - 1) yield
  }
}

/** The work's result; its steps are empty pieces. */
export function* asPieces<T>(work: Generator<void, T>): Generator<string, T> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    yield ''
  }
}

export function* mapped<T, U>(all: Iterable<T>, to: (each: T) => U): Generator<U> {
  for (const each of all) yield to(each)
}
