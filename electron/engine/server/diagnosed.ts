/**
 * Owns: findings about a client that only the whole of its session shows, written just before the session's `end`. The
 * machine says what it sees at the moment; this adds what follows from commands and replies together.
 */
import { diagnoseTranscript } from '#shared/diagnosis/transcript.ts'
import type { EventBody, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import type { Recorder } from '../transcripts/types.ts'

/** Events remembered of one session; a client that talks without end must not fill the memory twice. */
const remembered = 200

/**
 * What a client did wrong and our replies alone do not explain. A refused recipient needs no finding here: the refusal
 * is our own, and says why.
 */
const wanted = new Set(['unknown-command', 'bad-sequence', 'auth-offered-in-clear'])

/** The same recorder; nearly all sessions give no reason to look closer, and cost one look at each event. */
export const diagnosed = (
  recorder: Recorder,
  head: Omit<SessionHead, 'id' | 'startedAt'>,
  startedAt: Date,
): Recorder => new Diagnosed(recorder, head, startedAt)

/** A class, and no object of closures: one is made for every connection, and closures made that a sixth slower. */
class Diagnosed implements Recorder {
  readonly #recorder: Recorder
  readonly #head: Omit<SessionHead, 'id' | 'startedAt'>
  readonly #startedAt: Date
  readonly #events: TranscriptEvent[] = []
  /** Said already, also behind what is remembered. */
  readonly #said: string[] = []
  #suspicious = false

  constructor(recorder: Recorder, head: Omit<SessionHead, 'id' | 'startedAt'>, startedAt: Date) {
    this.#recorder = recorder
    this.#head = head
    this.#startedAt = startedAt
  }

  get session(): string {
    return this.#recorder.session
  }

  get seq(): number {
    return this.#recorder.seq
  }

  write(event: EventBody, at?: number): TranscriptEvent {
    const { kind } = event
    if (kind === 'end' && this.#suspicious) this.#tell()
    const written = this.#recorder.write(event, at)
    if (kind === 'chunk') return written
    if (kind === 'finding' && wanted.has(event.code) && !this.#said.includes(event.code))
      this.#said.push(event.code)
    if (this.#events.length < remembered) this.#events.push(written)
    if (!this.#suspicious && (kind === 'reply' || kind === 'line')) this.#suspicious = isSuspicious(written)
    return written
  }

  elapsed(): number {
    return this.#recorder.elapsed()
  }

  conceal(secret: string): void {
    this.#recorder.conceal(secret)
  }

  held(value: boolean): void {
    this.#recorder.held(value)
  }

  delivered(message: string, to?: 'relay'): void {
    this.#recorder.delivered(message, to)
  }

  #tell(): void {
    const head = { ...this.#head, startedAt: this.#startedAt.toISOString() }
    for (const finding of diagnoseTranscript(head, this.#events)) {
      if (wanted.has(finding.code) && !this.#said.includes(finding.code))
        this.#recorder.write({ ...finding, kind: 'finding', direction: 'none' })
    }
  }
}

/** A reply that a person chose says nothing of the client. */
function isSuspicious(event: TranscriptEvent): boolean {
  if (event.kind === 'reply')
    return event.edited !== true && (event.code === 500 || event.code === 502 || event.code === 503)
  return event.kind === 'line' && event.verb === 'AUTH' && event.sealed !== true
}
