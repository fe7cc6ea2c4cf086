/** Owns: a dialogue as seven steps, each with its time and how it went, for the row of dots beside the Send form. */
import type { Phase, TranscriptEvent } from '#shared/transcript/event.ts'

export const stepNames = ['Connect', 'Greet', 'Encrypt', 'Sign in', 'Envelope', 'Body', 'Close'] as const
export type StepName = (typeof stepNames)[number]

export interface ComposeStep {
  name: StepName | 'Request'
  state: 'waiting' | 'now' | 'done' | 'failed' | 'skipped'
  /** Microseconds; time that a person held the dialogue is not counted. */
  took: number
}

const stepOf: Record<Exclude<Phase, 'other'>, number> = {
  dns: 0, tcp: 0, banner: 1, ehlo: 1, starttls: 2, tls: 2, auth: 3, mail: 4, rcpt: 4, data: 5, body: 5, quit: 6,
} // prettier-ignore

const notConnected = (event: TranscriptEvent) =>
  (event.kind === 'connect' && event.outcome !== 'connected') ||
  (event.kind === 'resolve' && event.addresses.length === 0)

/** This event says that its step did not work. A 3yz reply asks for more (RFC 5321 §4.2.1). */
function fails(event: TranscriptEvent): boolean {
  if (event.kind === 'reply') return event.code === undefined || event.code >= 400
  if (event.kind === 'tls') return event.outcome === 'failed'
  return event.kind === 'finding' && event.severity === 'error' && event.phase !== 'other'
}

const works = (event: TranscriptEvent) =>
  (event.kind === 'connect' && event.outcome === 'connected') ||
  (event.kind === 'reply' && event.code !== undefined && event.code < 400)

/**
 * The dialogue itself. While a server is silent it is tried by TLS on a second connection, to tell why: that is no step
 * of the first one, and ends no wait.
 */
export function* withoutTrials(events: Iterable<TranscriptEvent>): Generator<TranscriptEvent> {
  let connected = false
  let trial = false
  for (const event of events) {
    const { kind } = event
    if (kind === 'connect') trial = connected
    else if (kind === 'line' || kind === 'reply') trial = false
    if (trial && (kind === 'connect' || kind === 'tls')) continue
    if (kind === 'connect' && event.outcome === 'connected') connected = true
    yield event
  }
}

/** What has been seen of the seven. */
class Steps {
  readonly took: number[] = stepNames.map(() => 0)
  readonly seen = new Set<number>()
  readonly failed = new Set<number>()
  current = 0
  ended = false
  completed = false
  #at = 0

  push(event: TranscriptEvent): void {
    const passed = Math.max(0, event.at - this.#at)
    this.#at = Math.max(this.#at, event.at)
    if (event.kind === 'end') {
      this.ended = true
      this.completed = event.outcome === 'completed'
      return
    }
    if (event.kind === 'wait') return
    const step = event.phase === 'other' ? this.current : stepOf[event.phase]
    if (event.kind === 'finding') {
      if (fails(event)) this.failed.add(step)
      return
    }
    // Time before a look-up, connection or handshake began belongs to the step before it.
    const own = 'took' in event ? Math.min(event.took, passed) : passed
    this.took[this.current]! += passed - own
    this.took[step]! += own
    this.current = step
    this.seen.add(step)
    // A second address may succeed where the first did not answer.
    if (fails(event) || notConnected(event)) this.failed.add(step)
    else if (step === 0 && works(event)) {
      this.failed.delete(step)
      // The connection is made: from now on the greeting is waited for.
      this.current = 1
    }
  }

  stateOf(step: number): ComposeStep['state'] {
    if (this.failed.has(step)) return 'failed'
    if (this.ended) {
      if (step === this.current && !this.completed && this.failed.size === 0) return 'failed'
      return this.seen.has(step) ? 'done' : 'skipped'
    }
    if (step === this.current) return 'now'
    if (this.seen.has(step)) return 'done'
    // With TLS from the start the greeting comes after the handshake.
    return step > this.current || step === 1 ? 'waiting' : 'skipped'
  }
}

/** The seven steps after these events; before the first one, connecting is under way. */
export function composeSteps(events: Iterable<TranscriptEvent>): ComposeStep[] {
  const steps = new Steps()
  for (const event of withoutTrials(events)) steps.push(event)
  return stepNames.map((name, step) => ({ name, state: steps.stateOf(step), took: steps.took[step]! }))
}

/** The same of a request of HTTP: one question and one answer behind connection and handshake. */
export function httpSteps(events: Iterable<TranscriptEvent>): ComposeStep[] {
  const [connect, , encrypt, , , request] = composeSteps(events)
  return [connect!, encrypt!, { ...request!, name: 'Request' }]
}

/** How often it was our turn to wait for the other side: the replies, the connection and the handshake. */
export function roundTrips(events: Iterable<TranscriptEvent>): number {
  let trips = 0
  let asked = false
  for (const { kind, direction } of events) {
    if (kind === 'connect' || kind === 'tls') trips++
    else if (kind === 'line' || kind === 'chunk') asked = true
    else if (kind === 'reply' && direction === 'to-client') {
      if (asked || trips === 0) trips++
      asked = false
    }
  }
  return trips
}
