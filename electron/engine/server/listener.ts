/** Owns: one listening socket, its rules and its counts. Rules may change while sessions run; they keep theirs. */
import { createServer, type Server, type Socket } from 'node:net'
import type { ListenerConfig, ServerStatus } from '#shared/rpc/contract/server.ts'
import { listenAddress, listenProblem } from './listenProblem.ts'
import type { SessionRules } from './rules.ts'

/** Connections the system may hold for us until we take them; it cuts the number to its own limit. */
const backlog = 4096

export type OnConnection = (socket: Socket, listener: Listener) => void

export class Listener {
  config: ListenerConfig
  /** Null while it cannot serve; new sessions take the rules that stand here. */
  rules: SessionRules | null = null
  problem: string | undefined
  sessions = 0
  total = 0
  #server: Server | null = null
  readonly #onConnection: OnConnection

  constructor(config: ListenerConfig, onConnection: OnConnection) {
    this.config = config
    this.#onConnection = onConnection
  }

  get listening(): boolean {
    return this.#server?.listening === true
  }

  get actualPort(): number | undefined {
    const address = this.#server?.address()
    return typeof address === 'object' && address !== null ? address.port : undefined
  }

  /** Listens, or says in `problem` why not. Never rejects. */
  async open(): Promise<void> {
    if (this.listening) return
    // Half-open: a client may send everything, close its side and still read the replies.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      this.#onConnection(socket, this),
    )
    const { address, port } = this.config
    const failure = await new Promise<unknown>((resolve) => {
      server.once('error', resolve)
      server.listen({ host: listenAddress(address), port, backlog }, () => resolve(null))
    })
    server.removeAllListeners('error')
    // Running out of descriptors while accepting: those clients wait in the backlog; the listener lives.
    server.on('error', () => {})
    this.problem = failure === null ? undefined : listenProblem(failure, this.config)
    this.#server = failure === null ? server : null
  }

  /** Takes no more connections; those that are open go on. */
  close(): void {
    this.#server?.close()
    this.#server = null
  }

  status(): ServerStatus['listeners'][number] {
    const { config, problem, sessions, total, actualPort } = this
    const state = this.listening ? 'listening' : problem === undefined ? 'off' : 'failed'
    return {
      ...config,
      state,
      sessions,
      total,
      ...(actualPort === undefined ? {} : { actualPort }),
      ...(problem === undefined ? {} : { problem }),
    }
  }
}
