/** A clock that only moves when told, a log that is kept, and a hub over a real store. */
import { onTestFinished } from 'vitest'
import type { Clock } from '#engine/ports.ts'
import type { Store } from '#engine/store/types.ts'
import { createHub } from '#engine/transcripts/hub.ts'
import type { Hub } from '#engine/transcripts/types.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { EventBody, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { temporaryStore } from '../store/support.ts'

export class TestClock implements Clock {
  #micros = 0
  now(): Date {
    return new Date(Date.UTC(2026, 0, 2) + this.#micros / 1000)
  }
  micros(): number {
    return this.#micros
  }
  pass(micros: number): void {
    this.#micros += micros
  }
}

export const sessionHead = (more: Partial<SessionHead> = {}): Omit<SessionHead, 'id' | 'startedAt'> => ({
  source: 'server', role: 'server', host: '192.0.2.7', port: 2525, tls: 'none', ...more,
}) // prettier-ignore

export const line = (raw: string): EventBody => ({ kind: 'line', direction: 'to-server', phase: 'other', raw: `${raw}\r\n`, verb: raw.split(' ')[0]! }) // prettier-ignore
export const end: EventBody = { kind: 'end', direction: 'none', phase: 'quit', outcome: 'completed', by: 'client', message: 'QUIT' } // prettier-ignore

export async function temporaryHub(given?: Store): Promise<{ hub: Hub; store: Store; clock: TestClock; log: string[] }> {
  const store = given ?? (await temporaryStore())
  const clock = new TestClock()
  const log: string[] = []
  const hub = createHub({ store, clock, log: (level, message) => void log.push(`${level}: ${message}`) })
  onTestFinished(() => hub.stop())
  return { hub, store, clock, log }
} // prettier-ignore

/** Reads a source to its end, waiting for what is still to come. `lost` counts what is said to be missing. */
export async function readAll<E = TranscriptEvent>(source: StreamSource<E>, max = 100): Promise<{ events: E[]; lost: number }> {
  const events: E[] = []
  let after = 0
  let lost = 0
  for (;;) {
    const batch = await source.read(after, max)
    lost += batch.lost
    events.push(...batch.events)
    if (batch.ended) return { events, lost }
    after = batch.first + batch.events.length - 1
    if (batch.events.length > 0) continue
    await new Promise<void>((more) => {
      const stop = source.watch(() => {
        stop()
        more()
      })
    })
  }
} // prettier-ignore
