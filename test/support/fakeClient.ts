/**
 * Owns: an rpc client for component and flow tests that talks to nobody. Arguments, results and events are parsed with
 * the real contract, so a test cannot agree with something that the engine would refuse.
 */
import type { ConnectedClient } from '#shared/rpc/client.ts'
import { contract } from '#shared/rpc/contract.ts'
import type {
  CallArguments,
  CallInput,
  CallName,
  CallResult,
  StreamEvent,
  StreamKey,
  StreamName,
} from '#shared/rpc/contract.ts'
import type { ConnectionState } from '#shared/rpc/connection.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { StreamListener, Subscription } from '#shared/rpc/types.ts'

type Answer<N extends CallName> = (args: CallArguments<N>) => CallResult<N> | Promise<CallResult<N>>

interface OpenStream {
  name: StreamName
  key: unknown
  sent: number
  deliver: (events: unknown[], ended: boolean, lost: number) => void
  fail: (error: RpcError) => void
}

const sameKey = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

export class FakeClient implements ConnectedClient {
  readonly calls: { name: CallName; input: unknown }[] = []
  state: ConnectionState = 'open'
  readonly #answers = new Map<CallName, (args: never) => unknown>()
  #streams: OpenStream[] = []

  /** How the call is answered from now on. A call without an answer fails with `internal`. */
  on<N extends CallName>(name: N, answer: Answer<N>): this {
    this.#answers.set(name, answer)
    return this
  }

  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResult<N>> {
    const entry = contract[name]
    const args = entry.input.parse(input)
    this.calls.push({ name, input: args })
    const answer = this.#answers.get(name)
    if (!answer) throw new RpcError('internal', `The test gives no answer to ${name}.`)
    await Promise.resolve()
    return entry.output.parse(await answer(args as never)) as CallResult<N>
  }

  stream<N extends StreamName>(
    name: N,
    key: StreamKey<N>,
    listener: StreamListener<StreamEvent<N>>,
  ): Subscription {
    const event = contract[name].event as { parse(x: unknown): unknown }
    const open: OpenStream = {
      name,
      key,
      sent: 0,
      deliver: (events, ended, lost) => {
        const parsed = events.map((one) => event.parse(one) as StreamEvent<N>)
        void listener.batch({ first: open.sent + lost + 1, events: parsed, lost, ended })
        open.sent += lost + parsed.length
        if (ended) listener.closed(null)
      },
      fail: (error) => listener.closed({ code: error.code, message: error.message }),
    }
    this.#streams.push(open)
    return { close: () => (this.#streams = this.#streams.filter((one) => one !== open)) }
  }

  /** Gives events to whoever follows this stream now; with `key`, only to followers of that key. */
  push<N extends StreamName>(
    name: N,
    events: StreamEvent<N>[],
    options: { key?: StreamKey<N>; ended?: boolean; lost?: number } = {},
  ): void {
    for (const open of this.following(name, options.key))
      open.deliver(events, options.ended ?? false, options.lost ?? 0)
  }

  /** Ends the stream for its followers with an error. */
  fail(name: StreamName, error = new RpcError('disconnected', 'The connection was lost.')): void {
    for (const open of this.following(name)) open.fail(error)
  }

  following(name: StreamName, key?: unknown): OpenStream[] {
    return this.#streams.filter((open) => open.name === name && (key === undefined || sameKey(open.key, key)))
  }

  /** Arguments of every call of this name, oldest first. */
  asked<N extends CallName>(name: N): CallArguments<N>[] {
    const inputs = this.calls.filter((call) => call.name === name).map((call) => call.input)
    return inputs as CallArguments<N>[]
  }

  onState(): () => void {
    return () => {}
  }
  reconnect(): void {}
  close(): void {
    this.#streams = []
  }
}
