/** Owns: the client's one connection: opening it, noticing its loss, trying again with growing pauses. */
import type { Port } from './types.ts'

/** `lost`: it was open or could not be opened; another attempt follows where timers are given. */
export type ConnectionState = 'connecting' | 'open' | 'lost'

/** shared/ has no timers: the host gives its own (`setTimeout`, `clearTimeout`). */
export interface Timers {
  set(run: () => void, milliseconds: number): unknown
  clear(handle: unknown): void
}

export interface ConnectionHooks {
  opened(): void
  message(message: unknown): void
  /** `final`: no further attempt will follow. */
  lost(final: boolean): void
  state(state: ConnectionState): void
}

export interface ConnectionOptions {
  /** Without timers a lost connection stays lost. */
  timers?: Timers | undefined
  /** Milliseconds before the first and the longest pause between attempts. */
  backoff?: { first: number; most: number } | undefined
}

export class Connection {
  readonly #connect: () => Port | Promise<Port>
  readonly #options: ConnectionOptions
  readonly #hooks: ConnectionHooks
  #state: ConnectionState = 'connecting'
  #port: Port | null = null
  #closed = false
  #failures = 0
  #attempting = false
  #timer: unknown = null

  constructor(connect: () => Port | Promise<Port>, options: ConnectionOptions, hooks: ConnectionHooks) {
    this.#connect = connect
    this.#options = options
    this.#hooks = hooks
  }

  get state(): ConnectionState {
    return this.#state
  }

  get final(): boolean {
    return this.#closed || (this.#state === 'lost' && this.#options.timers === undefined)
  }

  /** Tries now, also when a pause is running. Nothing when open or under way. */
  async attempt(): Promise<void> {
    if (this.#closed || this.#attempting || this.#port !== null) return
    this.#cancelTimer()
    this.#attempting = true
    let port: Port | null = null
    try {
      port = await this.#connect()
    } catch {
      // Why is the host's knowledge; the page needs to know only that it is not open.
    }
    this.#attempting = false
    if (port === null) return this.#lose()
    if (this.#closed) return port.close()
    this.#use(port)
  }

  post(message: unknown): void {
    this.#port?.post(message)
  }

  /** The peer broke the protocol: this connection is worth nothing any more. */
  drop(): void {
    this.#port?.close()
  }

  close(): void {
    this.#closed = true
    this.#cancelTimer()
    const port = this.#port
    this.#port = null
    port?.close()
  }

  #use(port: Port): void {
    this.#port = port
    this.#change('open')
    this.#hooks.opened()
    port.onClose(() => {
      if (this.#port !== port) return
      this.#port = null
      this.#lose()
    })
    port.onMessage((message) => {
      if (this.#port !== port) return
      // Only an answer proves the peer: one that accepts and hangs up at once must not be called every moment.
      this.#failures = 0
      this.#hooks.message(message)
    })
  }

  #lose(): void {
    if (this.#closed) return
    this.#change('lost')
    const timers = this.#options.timers
    this.#hooks.lost(timers === undefined)
    if (timers === undefined) return
    const { first, most } = this.#options.backoff ?? { first: 250, most: 8000 }
    const pause = Math.min(first * 2 ** this.#failures++, most)
    this.#timer = timers.set(() => void this.attempt(), pause)
  }

  #cancelTimer(): void {
    if (this.#timer !== null) this.#options.timers?.clear(this.#timer)
    this.#timer = null
  }

  #change(state: ConnectionState): void {
    if (this.#state === state) return
    this.#state = state
    this.#hooks.state(state)
  }
}
