/**
 * Owns: how long each step of a dialogue took and how much of the message went out, gathered event by event: bounded,
 * however long the dialogue is. Microseconds; time that a person or a rule held it is not counted.
 */
import type { DialogueTimings } from '#shared/rpc/contract/dialogue.ts'
import type { EventBody, Phase, TranscriptEvent } from '#shared/transcript/event.ts'

/** Words of one step with the replies to them, as often as there are any. */
interface Span {
  /** Of the stretches that are over. */
  total: number
  from: number
  to: number
  /** A reply has come: with the next words a new stretch begins, and what lies between is nobody's. */
  replied: boolean
}

const steps: Partial<Record<Phase, 'ehlo' | 'auth' | 'envelope' | 'data'>> = {
  ehlo: 'ehlo', auth: 'auth', mail: 'envelope', rcpt: 'envelope', data: 'data', body: 'data',
} // prettier-ignore
type Step = 'ehlo' | 'auth' | 'envelope' | 'data'

export class StepTimes {
  readonly #spans = new Map<Step, Span>()
  readonly #known: DialogueTimings = {}
  #asked: { from: number; to: number } | undefined
  #octets = 0
  #begun = false

  /** Octets of message content, without dot-stuffing; undefined when none were asked for. */
  get sentOctets(): number | undefined {
    return this.#begun ? this.#octets : undefined
  }

  take(event: TranscriptEvent): void {
    const { kind, at } = event
    if (kind === 'resolve') this.#resolved(at - event.took, at)
    else if (kind === 'connect' && event.outcome === 'connected') this.#known.tcp = event.took
    else if (kind === 'tls') this.#known.tls = event.took
    else if (kind === 'wait') this.#held(event.took)
    else if (kind === 'line' || kind === 'reply' || kind === 'chunk') this.#said(event)
    else if (kind === 'end') this.#known.total = at
  }

  result(): DialogueTimings {
    const spans = Array.from(this.#spans, ([step, { total, from, to }]) => [
      step,
      Math.max(0, total + to - from),
    ])
    return { ...this.#known, ...Object.fromEntries(spans) }
  }

  /** Both families are asked at once. */
  #resolved(from: number, to: number): void {
    const { from: first = from } = this.#asked ?? {}
    this.#asked = { from: Math.min(first, from), to }
    this.#known.dns = Math.max(0, to - this.#asked.from)
  }

  #said(event: Extract<EventBody, { kind: 'line' | 'reply' | 'chunk' }> & { at: number }): void {
    if (event.kind === 'chunk') this.#octets += event.size
    if (event.kind === 'chunk' || (event.kind === 'reply' && event.code === 354)) this.#begun = true
    const step = steps[event.phase]
    if (step === undefined) return
    const span = this.#spans.get(step)
    const words = event.kind !== 'reply'
    if (span === undefined) {
      if (words) this.#spans.set(step, { total: 0, from: event.at, to: event.at, replied: false })
      return
    }
    if (words && span.replied) {
      span.total += span.to - span.from
      span.from = event.at
    }
    span.to = event.at
    span.replied = !words
  }

  /** What is held while replies are awaited, or between two stretches of content, is taken off again. */
  #held(took: number): void {
    for (const span of this.#spans.values()) if (!span.replied) span.total -= took
  }
}
