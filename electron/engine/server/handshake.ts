/** Owns: how long a client's TLS handshake may take and took, and the event that tells of it. */
import type { Tls } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import type { Recorder } from '../transcripts/types.ts'
import { type Deadlines, handshakeLimit } from './deadlines.ts'
import { tlsEvent } from './notes.ts'
import type { TlsFault } from './tlsFault.ts'
import type { TlsFacts, Wire } from './wire.ts'

export class Handshake {
  readonly #recorder: Pick<Recorder, 'elapsed'>
  readonly #deadlines: Deadlines
  readonly #versions: readonly string[]
  #began = 0

  /** `versions`: those that are spoken here, where they are known. */
  constructor(recorder: Pick<Recorder, 'elapsed'>, deadlines: Deadlines, versions: readonly string[] = []) {
    this.#recorder = recorder
    this.#deadlines = deadlines
    this.#versions = versions
  }

  /** `now` in monotonic milliseconds. */
  begin(now: number): void {
    this.#began = this.#recorder.elapsed()
    this.#deadlines.set('patience', now + handshakeLimit)
  }

  made(facts: TlsFacts): EventBody {
    return tlsEvent({ outcome: 'established', took: this.#end(), ...facts })
  }

  failed(fault: TlsFault): EventBody {
    return tlsEvent({ outcome: 'failed', took: this.#end(), fault: this.#inWords(fault) })
  }

  #inWords({ code, message }: TlsFault): TlsFault {
    const named = code === 'tls-no-common-version' && this.#versions.length > 0
    return {
      code,
      message: named ? `${message} This port speaks TLS ${this.#versions.join(', ')}.` : message,
    }
  }

  #end(): number {
    this.#deadlines.clear('patience')
    return this.#recorder.elapsed() - this.#began
  }
}

/** What the machine is told of it. */
export const agreed = (
  { version, cipher }: TlsFacts,
  { identity, binding }: Pick<Wire, 'identity' | 'binding'>,
): Tls => ({
  version,
  cipher,
  verified: identity?.verified === true,
  binding,
})
