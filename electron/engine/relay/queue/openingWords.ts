/** Owns: what is said of a connection while it is not ready for mail yet: how far it has come, by its transcript. */
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import type { Hop } from '../types.ts'

/** Microseconds of silence behind which it is said what such silence may be. */
const long = 5_000_000

export interface OpeningFacts {
  hop: Pick<Hop, 'host' | 'port' | 'tls'>
  /** Microseconds since the transcript began. */
  elapsed: number
  now: Date
}

export function openingWords(
  events: readonly TranscriptEvent[],
  { hop, elapsed, now }: OpeningFacts,
): string {
  const { host, port, tls } = hop
  const connected = events.findLast(({ kind }) => kind === 'connect')
  if (connected?.kind !== 'connect' || connected.outcome !== 'connected') return `Connecting to ${host}`
  const place = `Connected to ${host}:${port}`
  if (events.some(({ kind }) => kind === 'reply' || kind === 'line'))
    return `${place}, getting ready for mail`
  const from = tls.implicit ? events.findLast(({ kind }) => kind === 'tls') : connected
  const silent = elapsed - (from ?? connected).at
  const since = new Date(now.getTime() - silent / 1000).toISOString().slice(11, 19)
  if (from === undefined) return `${place}, making TLS since ${since} UTC`
  const waiting = `${place}, waiting for its greeting since ${since} UTC`
  if (silent < long) return waiting
  return tls.implicit ? `${waiting}: it is silent` : `${waiting}: it is silent, as a port with implicit TLS would be` // prettier-ignore
}
