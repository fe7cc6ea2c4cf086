/**
 * Owns: one dialogue's way into its transcript. Writes through the recorder and remembers a bounded part of what was
 * written, so that the diagnosis at the end can point at numbered events.
 */
import type { Finding } from '#shared/diagnosis/finding.ts'
import type { EventBody, TranscriptEvent } from '#shared/transcript/event.ts'
import type { Recorder } from '#engine/transcripts/types.ts'
import { StepTimes } from './stepTimes.ts'

/** Enough for any diagnosis; a server that talks without end must not fill the memory twice. */
const remembered = 400

export class Journal {
  readonly recorder: Recorder
  readonly #events: TranscriptEvent[] = []
  readonly #spare: Finding[] = []
  readonly #times = new StepTimes()
  #ended = false

  constructor(recorder: Recorder) {
    this.recorder = recorder
  }

  get session(): string {
    return this.recorder.session
  }

  /** Events written so far, the first few hundred; chunks of bodies and side events are left out. */
  get events(): readonly TranscriptEvent[] {
    return this.#events
  }

  get ended(): boolean {
    return this.#ended
  }

  /** How long each step took so far; chunks are counted here although `events` leaves them out. */
  get times(): Pick<StepTimes, 'result' | 'sentOctets'> {
    return this.#times
  }

  /** Microseconds since the session began. */
  elapsed(): number {
    return this.recorder.elapsed()
  }

  /** `at` in microseconds, when the event was noticed earlier than it is written. Nothing follows an `end`. */
  write(event: EventBody, at?: number): TranscriptEvent | undefined {
    if (this.#ended) return undefined
    const written = this.recorder.write(event, at)
    if (event.kind === 'end') this.#ended = true
    this.#times.take(written)
    const room = this.#events.length < (event.kind === 'finding' ? 2 * remembered : remembered)
    if (event.kind !== 'chunk' && room) this.#events.push(written)
    return written
  }

  /** Written, but not part of the main course: a trial connection beside it. Answers with the event's number. */
  aside(event: EventBody, at?: number): number {
    return this.#ended ? this.recorder.seq : this.recorder.write(event, at).seq
  }

  /**
   * Writes a finding unless this transcript already has one with the same code. `each`: or, of several causes with one
   * code (two refused recipients), the same words.
   */
  find(finding: Finding, each = false): boolean {
    const known = this.#events.some(
      (event) =>
        event.kind === 'finding' &&
        event.code === finding.code &&
        (!each || event.message === finding.message),
    )
    if (known || finding.evidence.length === 0) return false
    return this.write({ ...finding, kind: 'finding', direction: 'none' }) !== undefined
  }

  /** Keeps a finding that is written at the end only if nothing better explains the failure. */
  spare(finding: Finding): void {
    this.#spare.push(finding)
  }

  /** Writes what was kept, unless an error has been found. */
  findSpare(): void {
    if (this.findings().some((finding) => finding.severity === 'error')) return
    for (const finding of this.#spare.splice(0)) this.find(finding)
  }

  /** Findings written so far. */
  findings(): Finding[] {
    return this.#events.flatMap((event) => {
      if (event.kind !== 'finding') return []
      const { code, severity, side, confidence, evidence, message, next, references, phase } = event
      const base = { code, severity, side, confidence, evidence, message, next, phase }
      return [references ? { ...base, references } : base]
    })
  }
}
