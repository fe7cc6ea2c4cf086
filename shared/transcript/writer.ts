/** Owns: writing the case file of file.ts piece by piece; the pieces joined are the file. */
import { SessionRecord, type FileHeader, fileFormat, fileVersion } from './file.ts'
import type { SessionHead, TranscriptEvent } from './event.ts'

export class TranscriptWriter {
  readonly #bodies: boolean
  readonly #program: string | undefined
  #records = 0

  /** `bodies: false` leaves the octets of message content out. */
  constructor(options: { bodies?: boolean; program?: string } = {}) {
    this.#bodies = options.bodies ?? true
    this.#program = options.program
  }

  /** First piece. */
  begin(): string {
    const header: FileHeader = { format: fileFormat, version: fileVersion }
    if (this.#program !== undefined) header.program = this.#program
    return `${JSON.stringify(header).slice(0, -1)},"records":[`
  }

  /** A session's head (more of a summary is left out), before its events. */
  session(head: SessionHead): string {
    return this.#record({ record: 'session', ...SessionRecord.parse(head) })
  }

  event(event: TranscriptEvent): string {
    if (event.kind === 'chunk' && event.raw !== undefined && !this.#bodies) {
      const { raw: _left, ...rest } = event
      return this.#record({ record: 'event', ...rest })
    }
    return this.#record({ record: 'event', ...event })
  }

  /** Last piece. */
  end(): string {
    return '\n]}\n'
  }

  #record(record: object): string {
    const comma = this.#records++ === 0 ? '\n' : ',\n'
    return comma + JSON.stringify(record)
  }
}

/** A whole case file as pieces. */
export function* fileOf(
  sessions: Iterable<{ head: SessionHead; events: Iterable<TranscriptEvent> }>,
  options: { bodies?: boolean; program?: string } = {},
): Generator<string> {
  const writer = new TranscriptWriter(options)
  yield writer.begin()
  for (const { head, events } of sessions) {
    yield writer.session(head)
    for (const event of events) yield writer.event(event)
  }
  yield writer.end()
}
