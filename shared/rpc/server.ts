/**
 * Owns: serving the contract over one port. The peer may be hostile: every message is measured and read by schema, ids
 * and names are never trusted, and neither garbage nor a failing handler brings anything down but its own answer.
 */
import type { z } from 'zod'
import { RpcError, tellable } from './error.ts'
import { explain } from './explain.ts'
import { type AnyCall, type AnyStream, callEntries, handlersOf, streamEntries } from './registry.ts'
import { ServerStream } from './serverStream.ts'
import type { Handlers, Port } from './types.ts'
import { ToServer, wireLimits, wireVersion, withinLimits } from './wire.ts'

export interface ServeOptions {
  /** Told of what a handler threw without foreseeing it. Not sent to the peer. */
  onFault?: (name: string, error: unknown) => void
}

type Message<T extends ToServer['t']> = Extract<ToServer, { t: T }>
const parse = <S extends z.ZodType>(schema: S, input: unknown): z.output<S> => {
  const read = schema.safeParse(input)
  if (!read.success) throw new RpcError('bad-argument', explain(read.error, input))
  return read.data
}

const unknownName = (kind: string, name: string): RpcError =>
  new RpcError('unknown-name', `There is no ${kind} ${JSON.stringify(name)}.`)

class RpcServer {
  readonly #port: Port
  readonly #callHandlers: Map<string, AnyCall>
  readonly #streamHandlers: Map<string, AnyStream>
  readonly #onFault: (name: string, error: unknown) => void
  readonly #calls = new Map<number, AbortController>()
  readonly #streams = new Map<number, ServerStream>()
  #garbage = 0

  constructor(port: Port, handlers: Partial<Handlers>, options: ServeOptions) {
    this.#port = port
    const { calls, streams } = handlersOf(handlers)
    this.#callHandlers = calls
    this.#streamHandlers = streams
    this.#onFault = options.onFault ?? (() => {})
  }

  receive(raw: unknown): void {
    const read = withinLimits(raw) ? ToServer.safeParse(raw) : null
    if (!read?.success) {
      if (++this.#garbage >= wireLimits.garbage) this.#port.close()
      return
    }
    const message = read.data
    switch (message.t) {
      case 'call':
        return void this.#call(message)
      case 'cancel':
        return this.#cancel(message.id)
      case 'open':
        return void this.#open(message)
      case 'credit':
        return this.#streams.get(message.id)?.grant(message.batches)
      case 'close':
        return this.#forget(message.id)
    }
  }

  /** The client went away: what it asked for is cancelled. */
  stop(): void {
    for (const abort of this.#calls.values()) abort.abort()
    for (const stream of this.#streams.values()) stream.close()
    this.#calls.clear()
    this.#streams.clear()
  }

  async #call(message: Message<'call'>): Promise<void> {
    const { id, name } = message
    const abort = new AbortController()
    try {
      this.#admit(id, this.#calls.size, wireLimits.calls, 'calls at once')
      const entry = callEntries.get(name)
      const handler = this.#callHandlers.get(name)
      if (entry === undefined || handler === undefined) throw unknownName('call', name)
      const input = parse(entry.input, message.input)
      this.#calls.set(id, abort)
      // Parsed on the way out too: what the contract does not name never leaves.
      const value = entry.output.parse(await handler(input, abort.signal))
      if (this.#calls.get(id) === abort) this.#port.post({ v: wireVersion, t: 'result', id, value })
    } catch (error) {
      if (!abort.signal.aborted) this.#fail(id, name, error)
    } finally {
      if (this.#calls.get(id) === abort) this.#calls.delete(id)
    }
  }

  #cancel(id: number): void {
    const abort = this.#calls.get(id)
    this.#calls.delete(id)
    abort?.abort()
  }

  async #open(message: Message<'open'>): Promise<void> {
    const { id, name } = message
    const stream = new ServerStream(message.after, message.credit, {
      batch: (batch) => this.#port.post({ v: wireVersion, t: 'batch', id, ...batch }),
      failed: (error) => {
        this.#streams.delete(id)
        this.#fail(id, name, error)
      },
      ended: () => void this.#streams.delete(id),
    })
    try {
      this.#admit(id, this.#streams.size, wireLimits.streams, 'streams')
      const entry = streamEntries.get(name)
      const handler = this.#streamHandlers.get(name)
      if (entry === undefined || handler === undefined) throw unknownName('stream', name)
      const key = parse(entry.key, message.key)
      this.#streams.set(id, stream)
      stream.attach(await handler(key))
    } catch (error) {
      if (this.#streams.get(id) === stream) this.#streams.delete(id)
      stream.close()
      this.#fail(id, name, error)
    }
  }

  #forget(id: number): void {
    this.#streams.get(id)?.close()
    this.#streams.delete(id)
  }

  #admit(id: number, open: number, most: number, what: string): void {
    if (this.#calls.has(id) || this.#streams.has(id))
      throw new RpcError('bad-argument', `id ${id}: is in use; take a new one.`)
    if (open >= most) throw new RpcError('bad-argument', `More than ${most} ${what} on one connection.`)
  }

  #fail(id: number, name: string, error: unknown): void {
    if (!(error instanceof RpcError)) this.#onFault(name, error)
    this.#port.post({ v: wireVersion, t: 'error', id, ...tellable(error) })
  }
}

/** Serves `handlers` over `port` until the port closes. A name without a handler answers `unknown-name`. */
export function serveRpc(port: Port, handlers: Partial<Handlers>, options: ServeOptions = {}): void {
  const server = new RpcServer(port, handlers, options)
  port.onClose(() => server.stop())
  port.onMessage((message) => server.receive(message))
}
