/**
 * Owns: what every Port does alike: keeping messages until a listener is there, telling the end once. `createPortPair`
 * joins two ends in one process, for the command line and tests; the transports of the hosts build on `Inlet` and `portOver`.
 */
import type { Port } from './types.ts'

/** The receiving half of a port. A transport pushes into it; the port's owner listens. */
export class Inlet {
  #queue: unknown[] = []
  #listener: ((message: unknown) => void) | null = null
  #closers: (() => void)[] = []
  #closed = false

  get closed(): boolean {
    return this.#closed
  }

  /** A message arrived. Nothing arrives after the end. */
  push(message: unknown): void {
    if (this.#closed) return
    if (this.#listener === null) this.#queue.push(message)
    else this.#listener(message)
  }

  /** The other side went away, or this side closed: told once. */
  end(): void {
    if (this.#closed) return
    this.#closed = true
    const closers = this.#closers
    this.#closers = []
    for (const tell of closers) tell()
  }

  onMessage(listener: (message: unknown) => void): void {
    if (this.#listener !== null) throw new Error('A port has one listener, and this one has it already.')
    this.#listener = listener
    const waiting = this.#queue
    this.#queue = []
    for (const message of waiting) listener(message)
  }

  /** A listener that comes after the end is told at once. */
  onClose(listener: () => void): void {
    if (this.#closed) listener()
    else this.#closers.push(listener)
  }
}

/** The port of a transport that pushes what arrives into `inlet`. After the end, whichever side's, nothing is posted. */
export function portOver(inlet: Inlet, transport: Pick<Port, 'post' | 'close'>): Port {
  return {
    post: (message) => {
      if (!inlet.closed) transport.post(message)
    },
    onMessage: (listener) => inlet.onMessage(listener),
    onClose: (listener) => inlet.onClose(listener),
    close: () => {
      inlet.end()
      transport.close()
    },
  }
}

const later = (run: () => void): void => void Promise.resolve().then(run)

/**
 * Two joined ports. Messages arrive in order in a later microtask, as with a real transport, so that no handler runs
 * inside its caller's `post`. They are not copied: neither side changes what it posted or got.
 */
export function createPortPair(): [Port, Port] {
  const left = new Inlet()
  const right = new Inlet()
  const join = (own: Inlet, other: Inlet): Port =>
    portOver(own, {
      post: (message) => later(() => other.push(message)),
      close: () => later(() => other.end()),
    })
  return [join(left, right), join(right, left)]
}
