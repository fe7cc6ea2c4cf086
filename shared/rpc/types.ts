/** Owns: the shapes that the two ends of rpc and their users agree on. No behaviour. */
import type {
  CallArguments,
  CallInput,
  CallName,
  CallResult,
  StreamEvent,
  StreamKey,
  StreamName,
} from './contract.ts'

/** All that a transport must supply. Messages are structured-clone and JSON safe. */
export interface Port {
  post(message: unknown): void
  /** One listener; messages that came before it are kept for it. */
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** RPC itself fails with these and nothing else; a refused mail port is a result, not an error. */
export type RpcErrorCode =
  'bad-argument' | 'unknown-name' | 'not-found' | 'internal' | 'cancelled' | 'disconnected'

/** A stretch of a stream. `first` is the number of `events[0]`; `lost` counts evicted events just before it. */
export interface Batch<E> {
  first: number
  events: E[]
  lost: number
  /** Nothing will follow after these. */
  ended: boolean
}

/** What a handler gives for a stream: the rpc server pulls from it as far as the reader's credit reaches. */
export interface StreamSource<E> {
  /** Events numbered above `after` (numbers start at 1), at most `max`; none when there is nothing yet. */
  read(after: number, max: number): Batch<E> | Promise<Batch<E>>
  /** `more` is called whenever `read` may have something new, or has ended. Answers with the way to stop. */
  watch(more: () => void): () => void
}

export type CallHandlers = {
  [N in CallName]: (args: CallArguments<N>, signal: AbortSignal) => CallResult<N> | Promise<CallResult<N>>
}
export type StreamHandlers = {
  [N in StreamName]: (
    key: StreamKey<N>,
  ) => StreamSource<StreamEvent<N>> | Promise<StreamSource<StreamEvent<N>>>
}
export type Handlers = CallHandlers & StreamHandlers

export interface StreamListener<E> {
  /** Called with each batch in order; more is asked for only when the returned promise (if any) is settled. */
  batch(batch: Batch<E>): void | Promise<void>
  /** The stream is over: `null` when it ended by itself. */
  closed(error: { code: RpcErrorCode; message: string } | null): void
}

export interface Subscription {
  close(): void
}

/** What flows and the command line use. */
export interface RpcClient {
  call<N extends CallName>(
    name: N,
    input: CallInput<N>,
    options?: { signal?: AbortSignal },
  ): Promise<CallResult<N>>
  /**
   * From `after` (default 0) on; survives a reconnect by resuming at the last number seen. `window`: batches under way
   * at once, when it should be others than the client's own.
   */
  stream<N extends StreamName>(
    name: N,
    key: StreamKey<N>,
    listener: StreamListener<StreamEvent<N>>,
    options?: { after?: number; window?: number },
  ): Subscription
  close(): void
}
