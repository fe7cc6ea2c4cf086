/**
 * Owns: arrivals as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Each has its mark
 * as its id, so that a client that was cut off goes on where it was; what was lost is said. Nothing is read ahead of a
 * slow reader: it stands at a place of the bounded log.
 */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import type { Arrivals } from './arrivals.ts'

/** Milliseconds after which a comment shows that the line still stands. */
const quiet = 15_000
const atOnce = 100

const eventText = (name: string, data: unknown, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

export const messageEvent = (summary: MessageSummary, mark: string): string =>
  eventText(summary.outcome === 'kept' ? 'message' : 'session', summary, mark)

export interface From {
  after: number
  /** What stood before is not known any more: it is told first. */
  lost: boolean
}

/** Where to begin: behind a mark, at the oldest that is kept when the mark is too old, or now. */
export function beginning(arrivals: Arrivals, mark: string | undefined): From {
  if (mark === undefined || mark === '') return { after: arrivals.last, lost: false }
  const place = arrivals.place(mark)
  return place.at === 'here' ? { after: place.after, lost: false } : { after: 0, lost: true }
}

/** Ends when the signal says so, or the client goes. Never rejects. */
export async function streamArrivals(
  response: ServerResponse,
  arrivals: Arrivals,
  from: From,
  signal: AbortSignal,
): Promise<void> {
  const writer = new Writer(response, signal)
  const beat = setInterval(() => writer.idle(), quiet)
  beat.unref()
  try {
    await writer.write(`retry: 1000\n: ${arrivals.mark(from.after)}\n\n`)
    if (from.lost) await writer.write(eventText('lost', { reason: 'The mark is of an earlier run, or too old.' }))
    for (let after = from.after; !writer.over;) {
      const { first, events, lost } = arrivals.read(after, atOnce)
      if (lost > 0) await writer.write(eventText('lost', { reason: 'Too many came at once.', count: lost }))
      const texts = events.map((summary, i) => messageEvent(summary, arrivals.mark(first + i)))
      if (texts.length > 0) await writer.write(texts.join(''))
      after = first + events.length - 1
      if (texts.length === 0) await arrivals.more(after, signal)
    }
  } catch {
    // The client has gone, in the middle of a word.
  } finally {
    clearInterval(beat)
    response.end()
  }
} // prettier-ignore

class Writer {
  readonly #response: ServerResponse
  readonly #signal: AbortSignal

  constructor(response: ServerResponse, signal: AbortSignal) {
    this.#response = response
    this.#signal = signal
  }

  get over(): boolean {
    return this.#signal.aborted || this.#response.destroyed
  }

  async write(text: string): Promise<void> {
    if (!this.over && !this.#response.write(text)) await once(this.#response, 'drain', { signal: this.#signal })
  }

  idle(): void {
    if (!this.over && !this.#response.writableNeedDrain) this.#response.write(': still here\n\n')
  }
} // prettier-ignore
