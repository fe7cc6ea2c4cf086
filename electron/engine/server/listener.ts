/**
 * Owns: one listening socket, its rules and its counts. Rules may change while sessions run; they keep theirs. Where the
 * system does not permit the port, the mapped one is listened on, and the status says so.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { mappedPortOf, portRemedies } from '#shared/knowledge/lowPorts.ts'
import type { ListenerConfig, ServerStatus } from '#shared/rpc/contract/server.ts'
import { Admission } from './admission.ts'
import { isForbidden, listenAddress, listenProblem, mappedWords, errorCode } from './listenProblem.ts'
import { portHolder } from './portHolder.ts'
import type { SessionRules } from './rules.ts'

/** Connections the system may hold for us until we take them; it cuts the number to its own limit. */
const backlog = 4096

type Status = ServerStatus['listeners'][number]

export type OnConnection = (socket: Socket, listener: Listener) => void
/** Listens, or rejects with what the system says. */
export type Listen = (server: Server, address: string, port: number) => Promise<void>

export class Listener {
  config: ListenerConfig
  /** Null while it cannot serve; new sessions take the rules that stand here. */
  rules: SessionRules | null = null
  problem: string | undefined
  /** It can serve, and this is worth knowing. */
  notices: readonly string[] = []
  /** TLS versions that it speaks in fact. */
  versions: Status['versions']
  authImpossible = false
  sessions = 0
  total = 0
  /** Counts the connections of this listener alone; no limit unless its rules name one. */
  readonly admission = new Admission(unlimited)
  #server: Server | null = null
  #mapped: Status['mapped']
  readonly #onConnection: OnConnection
  readonly #listen: Listen

  constructor(config: ListenerConfig, onConnection: OnConnection, listen: Listen = listenOn) {
    this.config = config
    this.#onConnection = onConnection
    this.#listen = listen
  }

  get listening(): boolean {
    return this.#server?.listening === true
  }

  /** Another port than its own is listened on. */
  get mapped(): boolean {
    return this.#mapped !== undefined
  }

  get actualPort(): number | undefined {
    const address = this.#server?.address()
    return typeof address === 'object' && address !== null ? address.port : undefined
  }

  /** Limits on connections of this listener, for those that come from now on. */
  limit({ limits = {} }: ListenerConfig): void {
    const { connections, connectionsPerAddress } = { ...unlimited, ...limits }
    this.admission.limits = {
      connections: connections ?? unlimited.connections,
      connectionsPerAddress: connectionsPerAddress ?? unlimited.connectionsPerAddress,
    }
  }

  /** Listens, or says in `problem` why not. Never rejects. */
  async open(): Promise<void> {
    if (this.listening) return
    this.#mapped = undefined
    const { port } = this.config
    const failure = await this.#try(port)
    const mapped = this.config.mappedPort ?? mappedPortOf(port)
    if (isForbidden(failure) && mapped > 0) await this.#openMapped(mapped)
    else this.problem = failure === null ? undefined : await this.#problemOf(failure, port)
  }

  /** Takes no more connections; those that are open go on. */
  close(): void {
    this.#server?.close()
    this.#server = null
    this.#mapped = undefined
  }

  status(): Status {
    const { config, problem, sessions, total, actualPort, notices, versions, authImpossible } = this
    const state = this.listening ? 'listening' : problem === undefined ? 'off' : 'failed'
    return {
      ...config,
      state,
      sessions,
      total,
      ...(actualPort === undefined ? {} : { actualPort }),
      ...(this.#mapped === undefined ? {} : { mapped: this.#mapped }),
      ...(problem === undefined ? {} : { problem }),
      ...(notices.length === 0 ? {} : { notices: [...notices] }),
      ...(versions === undefined ? {} : { versions }),
      ...(authImpossible ? { authImpossible } : {}),
    }
  }

  async #openMapped(mapped: number): Promise<void> {
    const { address, port } = this.config
    const failure = await this.#try(mapped)
    if (failure === null) {
      const refused = { port, mapped, address: listenAddress(address), program: process.execPath }
      const remedies = portRemedies(refused, process.platform)
      this.#mapped = { port: mapped, why: mappedWords(this.config, mapped), remedies }
      this.problem = undefined
      return
    }
    const low = listenProblem(Object.assign(new Error('forbidden'), { code: 'EACCES' }), this.config)
    this.problem = `${low} Its mapped port does not do either: ${await this.#problemOf(failure, mapped)}`
  }

  async #problemOf(failure: unknown, port: number): Promise<string> {
    const holder =
      errorCode(failure) === 'EADDRINUSE' ? await portHolder(port, listenAddress(this.config.address)) : null
    return listenProblem(failure, { ...this.config, port }, holder)
  }

  /** Null when it listens, else what the system said. */
  async #try(port: number): Promise<unknown> {
    // Half-open: a client may send everything, close its side and still read the replies.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      this.#onConnection(socket, this),
    )
    try {
      await this.#listen(server, listenAddress(this.config.address), port)
    } catch (error) {
      return error ?? new Error('unknown')
    }
    // Running out of descriptors while accepting: those clients wait in the backlog; the listener lives.
    server.on('error', () => {})
    this.#server = server
    return null
  }
}

const unlimited = { connections: Number.MAX_SAFE_INTEGER, connectionsPerAddress: Number.MAX_SAFE_INTEGER }

async function listenOn(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog }, () => resolve())
  })
  server.removeAllListeners('error')
}
