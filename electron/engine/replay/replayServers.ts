/** Owns: the ports on which recordings are answered again: opening one, its sessions, closing it. Loopback only. */
import { randomUUID } from 'node:crypto'
import { createServer, isIPv6, type Server, type Socket } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { ReplayServer } from '#shared/rpc/contract/replay.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { ServerScript } from '#shared/smtp/machine/replay/types.ts'
import type { Certificates } from '../certs/certificates.ts'
import type { Log } from '../ports.ts'
import { Changes } from '../server/changes.ts'
import { isLoopback, listenAddress, listenProblem } from '../server/listenProblem.ts'
import { Wire } from '../server/wire.ts'
import type { Store } from '../store/types.ts'
import type { Hub } from '../transcripts/types.ts'
import type { Recording } from './recording.ts'
import { ReplaySession } from './serverSession.ts'

/** Ports at once, clients at once on each, and sessions that are named. */
const most = { ports: 20, clients: 200, latest: 20 }

export interface ReplayServersDeps {
  hub: Pick<Hub, 'begin'>
  store: Pick<Store, 'openContent'>
  certs: Pick<Certificates, 'server'>
  log: Log
}

export interface ReplayServerPlan {
  address: string
  port: number
  pace: 'fast' | 'recorded'
}

export type ReplayServerAnswer = { ok: true; replay: ReplayServer } | { ok: false; problems: FieldProblem[] }

interface Port {
  server: Server
  status: ReplayServer
  live: Set<ReplaySession>
}

const refusal = (field: string, value: string, message: string): ReplayServerAnswer => ({
  ok: false,
  problems: [{ field, value, message }],
})

export class ReplayServers {
  readonly #deps: ReplayServersDeps
  readonly #ports = new Map<string, Port>()
  readonly #changes = new Changes(() => ({ replays: this.list() }))

  constructor(deps: ReplayServersDeps) {
    this.#deps = deps
  }

  get changes(): StreamSource<{ replays: ReplayServer[] }> {
    return this.#changes.source
  }

  list(): ReplayServer[] {
    return [...this.#ports.values()].map(({ status, live }) => ({
      ...status,
      latest: [...status.latest],
      sessions: live.size,
    }))
  }

  /** Listens, or says what is wrong. Never rejects for what a person gave. */
  async open(recording: Recording, plan: ReplayServerPlan): Promise<ReplayServerAnswer> {
    const { head, server: script } = recording
    const address = listenAddress(plan.address)
    if (typeof script === 'string') return refusal('session', '', script)
    if (!isLoopback(address))
      return refusal(
        'listener.address',
        plan.address,
        `${plan.address} is not an address of this computer alone: write 127.0.0.1 or ::1.`,
      )
    if (this.#ports.size >= most.ports)
      return refusal('session', '', `${most.ports} recordings are replayed already; stop one first.`)
    const context = script.tls === 'none' ? null : await this.#context()
    if (typeof context === 'string') return refusal('session', '', context)
    const live = new Set<ReplaySession>()
    const title = `Replay of ${head.title ?? `${head.host}:${head.port}`}`
    const { tls, notes } = script
    const status: ReplayServer = { id: randomUUID(), session: head.id, title, address, port: plan.port, tls, pace: plan.pace, sessions: 0, total: 0, latest: [], notes } // prettier-ignore
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      this.#accept(socket, { server, status, live }, script, context),
    )
    const failure = await listen(server, address, plan.port)
    if (failure !== null) {
      const where = { address, port: plan.port, tls: 'plain', auth: 'off', authOnlyAfterTls: false, allowOutside: false } as const // prettier-ignore
      return refusal('listener.port', String(plan.port), listenProblem(failure, where))
    }
    const bound = server.address()
    if (typeof bound === 'object' && bound !== null) status.port = bound.port
    this.#ports.set(status.id, { server, status, live })
    this.#changes.now()
    return { ok: true, replay: { ...status } }
  }

  /** Closes the port and its sessions; false when there is none of that name. */
  async stop(id: string): Promise<boolean> {
    const port = this.#ports.get(id)
    if (port === undefined) return false
    this.#ports.delete(id)
    const closed = new Promise<void>((resolve) => port.server.close(() => resolve()))
    for (const session of port.live) session.stop()
    await closed
    this.#changes.now()
    return true
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#ports.keys()].map((id) => this.stop(id)))
  }

  async #context(): Promise<SecureContext | string> {
    try {
      const { cert, key } = await this.#deps.certs.server('localhost')
      return createSecureContext({ cert, key, minVersion: 'TLSv1.2' })
    } catch (error) {
      return `There is no certificate for TLS: ${error instanceof Error ? error.message : String(error)}.`
    }
  }

  #accept(socket: Socket, port: Port, script: ServerScript, context: SecureContext | null): void {
    const { status, live } = port
    const address = socket.remoteAddress
    if (address === undefined || live.size >= most.clients) return void socket.destroy()
    const tls = script.tls === 'starttls' ? 'opportunistic' : script.tls
    const recorder = this.#deps.hub.begin({ source: 'server', role: 'server', host: address, port: status.port, tls, title: status.title, replayOf: status.session }) // prettier-ignore
    recorder.write({
      kind: 'connect', phase: 'tcp', direction: 'none', address, port: socket.remotePort ?? 0, family: isIPv6(address) ? 6 : 4,
      local: { address: status.address, port: status.port }, took: 0, outcome: 'connected',
    }) // prettier-ignore
    const over = (): void => {
      live.delete(session)
      this.#changes.soon()
    }
    const defect = (error: unknown) =>
      this.#deps.log('error', 'A replayed session broke', { reason: String(error) })
    const session = new ReplaySession({ defect, script, waits: status.pace === 'recorded', recorder, store: this.#deps.store, context, over }) // prettier-ignore
    live.add(session)
    status.total++
    status.latest = [recorder.session, ...status.latest].slice(0, most.latest)
    this.#changes.soon()
    session.begin(new Wire(socket, session))
  }
}

/** Resolves with the system's error, or null. */
function listen(server: Server, host: string, port: number): Promise<unknown> {
  return new Promise((resolve) => {
    server.once('error', resolve)
    server.listen({ host, port }, () => {
      server.removeAllListeners('error')
      // Running out of descriptors while accepting: those clients wait, the port lives.
      server.on('error', () => {})
      resolve(null)
    })
  })
}
