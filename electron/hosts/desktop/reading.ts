/** Owns: reading a stream of the engine inside the main process, batch by batch, from where it stands. */
import type { StreamSource } from '#shared/rpc/types.ts'

const atOnce = 500

/** `take` gets every batch in order. Answers with the way to stop; a source that fails ends the reading. */
export function readStream<E>(
  source: StreamSource<E>,
  take: (events: E[]) => Promise<void> | void,
): () => void {
  let after = 0
  let reading = false
  let again = false
  let stopped = false
  const read = async (): Promise<void> => {
    for (;;) {
      // One batch after the other.
      const { first, events, ended } = await source.read(after, atOnce)
      if (stopped || events.length === 0) return
      after = first + events.length - 1
      await take(events)
      if (ended) return
    }
  }
  const more = async (): Promise<void> => {
    again = true
    if (reading || stopped) return
    reading = true
    try {
      do {
        again = false
        // What came meanwhile is read next.
        await read()
      } while (again)
    } catch {
      stopped = true
    } finally {
      reading = false
    }
  }
  const leave = source.watch(() => void more())
  void more()
  return () => {
    stopped = true
    leave()
  }
}
