/** Owns: what a command of the terminal sees in unit tests: an Io that keeps what is written, an rpc client that answers as told. */
import type { CallInput, CallName, CallResult, StreamEvent, StreamName } from '#shared/rpc/contract.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { Io, WithEngine } from '../../../electron/hosts/terminal/io.ts'

export interface KeptIo extends Io {
  written: string
  /** One entry per line of words. */
  said: string[]
  /** The first Ctrl+C. */
  interrupt(): void
}

export function keptIo(env: Record<string, string> = {}): KeptIo {
  const abort = new AbortController()
  const io: KeptIo = {
    written: '',
    said: [],
    out: (result) =>
      void (io.written += typeof result === 'string' ? result : Buffer.from(result).toString('utf8')),
    terminal: false,
    taken: () => Promise.resolve(),
    say: (text) => void io.said.push(...text.split('\n')),
    password: { env, interactive: false, prompt: () => Promise.reject(new Error('must not ask')) },
    cancel: abort.signal,
    interrupt: () => abort.abort(),
  }
  return io
}

type Answers = { [N in CallName]?: (input: CallInput<N>) => CallResult<N> | Promise<CallResult<N>> }
type Feeds = { [N in StreamName]?: (feed: Feed<StreamEvent<N>>) => void }

export interface Feed<E> {
  event(event: E): void
  end(error?: string): void
}

export interface FakeClient extends RpcClient {
  /** `name` and input of each call, in order. */
  calls: [name: CallName, input: unknown][]
  /** Names of the streams that were closed by their reader. */
  closed: StreamName[]
}

/** What is not told how to answer rejects by name. */
export function fakeClient(answers: Answers, feeds: Feeds = {}): FakeClient {
  const client: FakeClient = {
    calls: [],
    closed: [],
    async call(name, input) {
      client.calls.push([name, input])
      const answer = answers[name]
      if (answer === undefined) throw new Error(`${name} was not expected`)
      return answer(input)
    },
    stream(name, _key, listener) {
      const begin = feeds[name]
      if (begin === undefined) throw new Error(`${name} was not expected`)
      let first = 1
      begin({
        event: (event) => void listener.batch({ first: first++, events: [event], lost: 0, ended: false }),
        end: (error) => listener.closed(error === undefined ? null : { code: 'internal', message: error }),
      })
      return { close: () => void client.closed.push(name) }
    },
    close: () => {},
  }
  return client
}

/** Keeps the data folder that was asked for. */
export function engineOf(client: RpcClient): { withEngine: WithEngine; folders: (string | null)[] } {
  const folders: (string | null)[] = []
  const withEngine: WithEngine = (folder, run) => {
    folders.push(folder)
    return run(client)
  }
  return { withEngine, folders }
}
