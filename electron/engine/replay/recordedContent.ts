/**
 * Owns: the content of a replay: recorded bodies read from the store by range, as the machine asks for them, and kept
 * again beside the new transcript, each under its own number.
 */
import type { ReplayClientMachine } from '#shared/smtp/machine/replay/types.ts'
import type { ContentKeeper, MessageSource, Stretch } from '../dialogue/content.ts'
import type { RecordingDeps } from './recording.ts'

export interface ContentDeps {
  store: RecordingDeps['store']
  /** The recording. */
  session: string
  wanted: () => ReplayClientMachine['wanted']
  /** Opens a place for body number `body`, from 1, of the new session. */
  open: (body: number) => ContentKeeper
}

export interface RecordedContent {
  source: MessageSource
  keeper: ContentKeeper
}

export function recordedContent({ store, session, wanted, open }: ContentDeps): RecordedContent {
  const keepers: ContentKeeper[] = []
  /** The recorded body that is being read: another one opens another place. */
  let current = 0
  const read = async (max: number): Promise<Stretch> => {
    const place = wanted()
    if (place === null || place.size <= 0) return { bytes: new Uint8Array(0), last: true }
    if (place.body !== current) {
      current = place.body
      keepers.push(open(keepers.length + 1))
    }
    const size = Math.min(max, place.size)
    const part = await store.readContent(session, place.body, place.from, size)
    // Half of it sent as a whole would be another message.
    if (part === null || part.bytes.length !== size) throw new Error('the recorded content is not whole')
    return { bytes: part.bytes, last: size === place.size }
  }
  return {
    source: { size: 0, eightBit: false, utf8: false, read },
    keeper: {
      append: (bytes) => keepers.at(-1)?.append(bytes) ?? true,
      drain: async () => keepers.at(-1)?.drain(),
      keep: async () => {
        await Promise.all(keepers.map((keeper) => keeper.keep()))
      },
    },
  }
}
