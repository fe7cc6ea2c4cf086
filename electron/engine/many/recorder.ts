/**
 * Owns: the events of one connection of a run, in memory and bounded: its beginning, and what happened last. Most are
 * thrown away; the few that are worth keeping become transcripts, and what is left out between is said in them.
 */
import type { Clock } from '../ports.ts'
import { concealEvent } from '../transcripts/conceal.ts'
import type { Recorder } from '../transcripts/types.ts'
import type { EventBody, TranscriptEvent } from '#shared/transcript/event.ts'

/** Look-up to EHLO inside TLS with sign-in, and the first messages. */
const beginning = 60
/** The last messages. */
const latest = 60

export class MemoryRecorder implements Recorder {
  /** There is none until it is kept. */
  readonly session = 'unkept'
  readonly startedAt: Date
  readonly #clock: Clock
  readonly #began: number
  readonly #head: TranscriptEvent[] = []
  /** A ring. */
  readonly #tail: TranscriptEvent[] = []
  readonly #secrets: readonly string[]
  seq = 0

  /** `secrets`: what a server may echo. */
  constructor(clock: Clock, secrets: readonly string[]) {
    this.#clock = clock
    this.#secrets = secrets
    this.startedAt = clock.now()
    this.#began = clock.micros()
  }

  elapsed(): number {
    return Math.max(0, Math.round(this.#clock.micros() - this.#began))
  }

  write(event: EventBody, at?: number): TranscriptEvent {
    const whole: TranscriptEvent = {
      ...event,
      session: this.session,
      seq: ++this.seq,
      at: Math.round(at ?? this.elapsed()),
    }
    if (this.#head.length < beginning) this.#head.push(whole)
    else this.#tail[(this.seq - beginning - 1) % latest] = whole
    return whole
  }

  conceal(): void {}

  held(): void {}

  delivered(): void {}

  /** Its events as a transcript of this name, numbered anew, with `last` behind them. */
  read(session: string, last: readonly EventBody[]): TranscriptEvent[] {
    const tail = this.#tail.toSorted((a, b) => a.seq - b.seq)
    const out = this.seq - this.#head.length - tail.length
    const at = (tail.at(-1) ?? this.#head.at(-1))?.at ?? 0
    const between = out === 0 ? [] : [{ ...leftOut(out), at: tail[0]?.at ?? at, seq: 0 }]
    const more = last.map((event) => ({ ...event, at: Math.max(at, this.elapsed()), seq: 0 }))
    const all = [...this.#head, ...between, ...tail, ...more]
    const numbers = new Map(all.map((event, i) => [event.seq, i + 1]))
    let time = 0
    return all.map((event, i): TranscriptEvent => {
      const clean = this.#secrets.length > 0 ? concealEvent(event, [...this.#secrets]) : event
      time = Math.max(time, event.at)
      const whole = { ...clean, session, seq: i + 1, at: time }
      return whole.kind === 'finding' ? { ...whole, evidence: evidenceOf(whole.evidence, numbers, i) } : whole
    })
  }
}

/** What it points to may have been left out; then it is what came before it. */
function evidenceOf(evidence: readonly number[], numbers: ReadonlyMap<number, number>, i: number): number[] {
  const kept = evidence.flatMap((seq) => (seq > 0 ? (numbers.get(seq) ?? []) : []))
  return kept.length > 0 ? kept : [Math.max(1, i)]
}

const leftOut = (count: number): EventBody => ({
  kind: 'remark',
  phase: 'other',
  direction: 'none',
  text: `${count} events of further messages on this connection were not kept.`,
  understood: true,
})
