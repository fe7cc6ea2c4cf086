/** Owns: which event of a session shows what its result says, so that a reader can be led to the proof. */
import type { Landmarks } from '#shared/rpc/contract/probeReport.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

/** `events` in order. A step that came twice (a second address that connected) is shown where it went through. */
export function landmarksOf(events: readonly TranscriptEvent[]): Landmarks {
  const hellos = events.filter((event) => event.kind === 'reply' && event.phase === 'ehlo')
  const clear = hellos.find(({ sealed }) => sealed !== true)
  const sealed = hellos.findLast((event) => event.sealed === true)
  const connects = events.filter((event) => event.kind === 'connect')
  const all: [keyof Landmarks, number | undefined][] = [
    ['connect', (connects.find(({ outcome }) => outcome === 'connected') ?? connects.at(-1))?.seq],
    ['banner', events.find((event) => event.kind === 'reply' && event.phase === 'banner')?.seq],
    ['ehlo', (clear ?? sealed)?.seq],
    ['starttls', events.find((event) => event.kind === 'reply' && event.phase === 'starttls')?.seq],
    ['tls', events.findLast((event) => event.kind === 'tls')?.seq],
    ['ehloAfterTls', clear ? sealed?.seq : undefined],
    ['last', events.at(-1)?.seq],
  ]
  return Object.fromEntries(all.filter(([, number]) => number !== undefined))
}
