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
  #began = 0

  constructor(recorder: Pick<Recorder, 'elapsed'>, deadlines: Deadlines) {
    this.#recorder = recorder
    this.#deadlines = deadlines
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
    return tlsEvent({ outcome: 'failed', took: this.#end(), fault })
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
