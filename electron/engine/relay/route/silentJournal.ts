/**
 * Owns: a journal that keeps nothing. The domain room writes its evidence into a transcript; a route that is planned for
 * many deliveries has none of its own, and says what it found in the remarks that go before each delivery.
 */
import type { Recorder } from '../../transcripts/types.ts'
import { Journal } from '../../dialogue/journal.ts'

export function silentJournal(): Journal {
  const began = performance.now()
  let seq = 0
  const elapsed = (): number => Math.round((performance.now() - began) * 1000)
  const recorder: Recorder = {
    session: '',
    get seq() {
      return seq
    },
    elapsed,
    conceal: () => {},
    held: () => {},
    delivered: () => {},
    write: (event, at) => ({ ...event, session: '', seq: (seq += 1), at: at ?? elapsed() }),
  }
  return new Journal(recorder)
}
