/**
 * Owns: calling the contract over one port at a time. A lost connection fails what was asked and not answered, then is
 * made again, and streams go on after the last event seen. Results are parsed on arrival, and so are events, unless the
 * engine is in this process.
 */
import { ClientStream } from './clientStream.ts'
import { Connection, type ConnectionOptions, type ConnectionState } from './connection.ts'
import type { CallInput, CallName, CallResult, StreamEvent, StreamKey, StreamName } from './contract.ts'
import { RpcError } from './error.ts'
import { callEntries, streamEntries } from './registry.ts'
import type { Port, RpcClient, RpcErrorCode, StreamListener, Subscription } from './types.ts'
import { ToClient, type ToServer, wireLimits, wireVersion } from './wire.ts'

export interface ClientOptions extends ConnectionOptions {
  /** Batches of a stream under way or in its listener's hands at once; default 2. */
  window?: number
  /** The engine is in this process and of this program: its events are not parsed anew, some microseconds for each message of a flood. */
  near?: boolean
}

/** An RpcClient whose connection can be watched. */
export interface ConnectedClient extends RpcClient {
  readonly state: ConnectionState
  /** Called on each change; answers with the way to stop. */
  onState(listener: (state: ConnectionState) => void): () => void
  /** Try again now instead of after the pause. */
  reconnect(): void
}

type Outcome = { value: unknown } | { error: RpcError }

interface PendingCall {
  message: ToServer
  sent: boolean
  settle: (outcome: Outcome) => void
}

const lostWords = 'The connection to the engine was lost before the answer came.'

const windowOf = (asked: number | undefined, usual: number): number =>
  Math.min(Math.max(asked ?? usual, 1), wireLimits.credit)

class Client implements ConnectedClient {
  readonly #connection: Connection
  readonly #calls = new Map<number, PendingCall>()
  /** Under the id of its `open` on this connection; detached ones wait for the next. */
  readonly #streams = new Map<number, ClientStream>()
  #detached = new Set<ClientStream>()
  readonly #watchers = new Set<(state: ConnectionState) => void>()
  readonly #window: number
  readonly #near: boolean
  #nextId = 1

  constructor(connect: () => Port | Promise<Port>, options: ClientOptions) {
    this.#window = windowOf(options.window, 2)
    this.#near = options.near ?? false
    this.#connection = new Connection(connect, options, {
      opened: () => this.#opened(),
      message: (message) => this.#receive(message),
      lost: (final) => this.#lost(final),
      state: (state) => this.#watchers.forEach((tell) => tell(state)),
    })
    void this.#connection.attempt()
  }

  get state(): ConnectionState {
    return this.#connection.state
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    const watcher = (state: ConnectionState): void => listener(state)
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  reconnect(): void {
    void this.#connection.attempt()
  }

  call<N extends CallName>(
    name: N,
    input: CallInput<N>,
    options: { signal?: AbortSignal } = {},
  ): Promise<CallResult<N>> {
    return new Promise((resolve, reject) => {
      this.#ask(name, input, options.signal, (outcome) => {
        if ('error' in outcome) return reject(outcome.error)
        const read = callEntries.get(name)?.output.safeParse(outcome.value)
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very name parsed it
        if (read?.success) resolve(read.data as CallResult<N>)
        else reject(new RpcError('internal', `The answer to ${name} does not keep to the contract.`))
      })
    })
  }

  stream<N extends StreamName>(
    name: N,
    key: StreamKey<N>,
    listener: StreamListener<StreamEvent<N>>,
    options: { after?: number; window?: number } = {},
  ): Subscription {
    const entry = streamEntries.get(name)
    if (entry === undefined) throw new RpcError('unknown-name', `There is no stream ${name}.`)
    const about = {
      entry,
      name,
      key,
      after: options.after ?? 0,
      window: windowOf(options.window, this.#window),
      near: this.#near,
    }
    const stream = new ClientStream(about, listener, {
      grant: (batches) => {
        const id = this.#idOf(stream)
        if (id !== null) this.#connection.post({ v: wireVersion, t: 'credit', id, batches })
      },
      done: () => this.#forget(stream),
    })
    if (this.#connection.final) stream.fail({ code: 'disconnected', message: lostWords })
    else if (this.state === 'open') this.#attach(stream)
    else this.#detached.add(stream)
    return {
      close: () => {
        stream.stop()
        this.#forget(stream)
      },
    }
  }

  /** Ends everything: unanswered calls fail as disconnected, streams fall silent. */
  close(): void {
    this.#connection.close()
    for (const stream of [...this.#streams.values(), ...this.#detached]) stream.stop()
    this.#streams.clear()
    this.#detached.clear()
    this.#failCalls()
  }

  #ask(
    name: string,
    input: unknown,
    signal: AbortSignal | undefined,
    answer: (outcome: Outcome) => void,
  ): void {
    if (signal?.aborted === true) return answer({ error: new RpcError('cancelled', 'Cancelled.') })
    if (this.#connection.final || this.state === 'lost')
      return answer({ error: new RpcError('disconnected', 'There is no connection to the engine.') })
    const id = this.#nextId++
    const onAbort = (): void => {
      this.#connection.post({ v: wireVersion, t: 'cancel', id })
      this.#settle(id, { error: new RpcError('cancelled', 'Cancelled.') })
    }
    const settle = (outcome: Outcome): void => {
      signal?.removeEventListener('abort', onAbort)
      answer(outcome)
    }
    const call: PendingCall = { message: { v: wireVersion, t: 'call', id, name, input }, sent: false, settle }
    this.#calls.set(id, call)
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#send(call)
  }

  #settle(id: number, outcome: Outcome): void {
    const call = this.#calls.get(id)
    this.#calls.delete(id)
    call?.settle(outcome)
  }

  #forget(stream: ClientStream): void {
    this.#detached.delete(stream)
    const id = this.#idOf(stream)
    if (id === null) return
    this.#streams.delete(id)
    this.#connection.post({ v: wireVersion, t: 'close', id })
  }

  #idOf(stream: ClientStream): number | null {
    for (const [id, one] of this.#streams) if (one === stream) return id
    return null
  }

  #attach(stream: ClientStream): void {
    const id = this.#nextId++
    this.#streams.set(id, stream)
    this.#connection.post(stream.opening(id))
  }

  #send(call: PendingCall): void {
    if (this.state !== 'open') return
    call.sent = true
    this.#connection.post(call.message)
  }

  #opened(): void {
    for (const call of this.#calls.values()) if (!call.sent) this.#send(call)
    const waiting = this.#detached
    this.#detached = new Set()
    for (const stream of waiting) this.#attach(stream)
  }

  #lost(final: boolean): void {
    this.#failCalls()
    const streams = [...this.#streams.values()]
    this.#streams.clear()
    for (const stream of streams) this.#detached.add(stream)
    if (!final) return
    for (const stream of this.#detached) stream.fail({ code: 'disconnected', message: lostWords })
  }

  #failCalls(): void {
    for (const id of this.#calls.keys()) this.#settle(id, { error: new RpcError('disconnected', lostWords) })
  }

  #receive(raw: unknown): void {
    const read = ToClient.safeParse(raw)
    // An engine of another version, or none of ours: nothing that it says can be used.
    if (!read.success) return this.#connection.drop()
    const message = read.data
    if (message.t === 'result') return this.#settle(message.id, { value: message.value })
    if (message.t === 'batch') return this.#streams.get(message.id)?.receive(message)
    this.#failOne(message.id, message.code, message.message)
  }

  #failOne(id: number, code: RpcErrorCode, words: string): void {
    this.#settle(id, { error: new RpcError(code, words) })
    const stream = this.#streams.get(id)
    this.#streams.delete(id)
    stream?.fail({ code, message: words })
  }
}

/** Connects at once. Calls made while it connects wait; while it is lost they fail as `disconnected`. */
export function createRpcClient(
  connect: () => Port | Promise<Port>,
  options: ClientOptions = {},
): ConnectedClient {
  return new Client(connect, options)
}
