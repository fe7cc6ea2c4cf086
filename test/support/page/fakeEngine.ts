/**
 * Owns: an engine for component tests and pictures: the real rpc over an in-process pair, answered from built
 * transcripts. Never part of the product.
 */
import { inboxPage } from '../mail.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { createRpcClient, type ConnectedClient } from '#shared/rpc/client.ts'
import type { GateAction, GateState } from '#shared/rpc/contract/dialogue.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import type { TranscriptChange } from '#shared/rpc/contract/transcript.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import { createPortPair } from '#shared/rpc/port.ts'
import { serveRpc } from '#shared/rpc/server.ts'
import type { Handlers, Port } from '#shared/rpc/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import type { Built } from './builder.ts'

const limits = {
  messageSize: 64_000_000,
  recipients: 1000,
  connections: 20_000,
  connectionsPerAddress: 20_000,
  idle: 300_000,
  session: 3_600_000,
}

const listener = (port: number) => ({ address: '127.0.0.1', port, tls: 'starttls', auth: 'optional', authOnlyAfterTls: false, allowOutside: false, state: 'listening', actualPort: port, sessions: 0, total: 3 }) as const // prettier-ignore

const serverStatus = (ports: number[]): ServerStatus => ({
  running: ports.length > 0,
  name: 'relayscope.localhost',
  listeners: ports.map(listener),
  users: [],
  limits,
  messages: 0,
})

export interface FakeOptions {
  sessions?: Built[]
  gates?: Record<string, GateState>
  ports?: number[]
  /** Further or other handlers. */
  handlers?: Partial<Handlers>
}

interface Reading {
  events: number
  share: number
  done: boolean
}

export class FakeEngine {
  readonly client: ConnectedClient
  readonly changes = new EventLog<TranscriptChange>(10_000)
  readonly acted: { session: string; action: GateAction }[] = []
  /** Text of the parts that were sent. */
  imported = ''
  /** What readImport answers, one after the other; while there is any, what is sent is read when it is whole. */
  reading: (Reading | Promise<Reading>)[] = []
  readonly removed: string[] = []
  readonly #sessions = new Map<string, Built>()
  readonly #logs = new Map<string, EventLog<TranscriptEvent>>()
  readonly #gates = new Map<string, EventLog<GateState>>()
  readonly #status: EventLog<ServerStatus> = new EventLog(100)
  readonly close: () => void

  constructor({ sessions = [], gates = {}, ports = [2525, 2587, 2465], handlers = {} }: FakeOptions = {}) {
    for (const session of sessions) this.#keep(session)
    for (const [session, gate] of Object.entries(gates)) this.setGate(session, gate)
    this.#status.append(serverStatus(ports))
    const far: Port[] = []
    this.client = createRpcClient(() => {
      const [near, other] = createPortPair()
      serveRpc(other, { ...this.#handlers(serverStatus(ports)), ...handlers })
      far.push(other)
      return near
    })
    this.close = () => far.forEach((port) => port.close())
  }

  #keep(built: Built): EventLog<TranscriptEvent> {
    const log = new EventLog<TranscriptEvent>(Math.max(100_000, built.events.length))
    for (const event of built.events) log.append(event)
    if (built.events.at(-1)?.kind === 'end') log.end()
    this.#sessions.set(built.summary.id, built)
    this.#logs.set(built.summary.id, log)
    return log
  }

  /** A session appears, or its summary changes. */
  put(built: Built): void {
    if (!this.#logs.has(built.summary.id)) this.#keep(built)
    this.changes.append({ type: 'put', summary: built.summary })
  }

  /** An event is recorded in a live session. */
  push(event: TranscriptEvent): void {
    this.#logs.get(event.session)!.append(event)
  }

  setGate(session: string, gate: GateState): void {
    const log = this.#gates.get(session) ?? new EventLog<GateState>(100)
    this.#gates.set(session, log)
    log.append(gate)
  }

  #find(session: string): Built {
    const found = this.#sessions.get(session)
    if (!found) throw new RpcError('not-found', `There is no session ${session}.`)
    return found
  }

  #handlers(status: ServerStatus): Partial<Handlers> {
    const newest = () => [...this.#sessions.values()].map(({ summary }) => summary).toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)) // prettier-ignore
    return {
      'app.info': () => ({ version: '0.1.0', host: 'test', platform: 'test', dataFolder: '/data', caFile: '/data/ca.pem', runtime: 'test' }), // prettier-ignore
      'transcript.list': ({ text }) => {
        const items = newest().filter(({ id }) => !text || JSON.stringify(this.#find(id)).includes(text))
        return { items, total: items.length }
      },
      'transcript.get': ({ session }) => this.#find(session).summary,
      'transcript.events': ({ session }) => {
        this.#find(session)
        return this.#logs.get(session)!
      },
      'transcript.changes': () => this.changes,
      'transcript.body': ({ from, size }) => {
        const content = utf8('Subject: Order 4312\r\nFrom: orders@shop.example\r\n\r\nYour parcel is on its way.\r\n'.repeat(400)) // prettier-ignore
        return { base64: toBase64(content.slice(from, from + size)), total: content.length }
      },
      'transcript.remove': ({ sessions }) => {
        this.removed.push(...sessions)
        return { removed: sessions.length }
      },
      'transcript.export': ({ session }) => ({ name: `${session}.relayscope.json`, text: '{}', notes: [] }),
      'transcript.share': ({ session, format }) => ({ name: `${session}.txt`, mime: 'text/plain', text: `${format} of ${session}\n`, replaced: { addresses: 2, names: 3, bodies: 1 }, notes: [] }), // prettier-ignore
      'transcript.import': () => ({ sessions: [], problems: ['Line 1 is not a case file.'], form: null }),
      'transcript.beginImport': () => ({ import: 1 }),
      'transcript.importPart': ({ text }) => ({
        events: (this.imported += text).length,
        readLast: this.reading.length > 0,
      }),
      'transcript.readImport': () =>
        this.reading.shift() ?? { events: this.imported.length, share: 1, done: true },
      'transcript.endImport': ({ cancel }) => ({ sessions: [], problems: cancel ? [] : ['Line 1 is not a case file.'], form: null }), // prettier-ignore
      'dialogue.gate': ({ session }) => {
        const gate = this.#gates.get(session)
        if (!gate) throw new RpcError('not-found', `No driver holds ${session}.`)
        return gate
      },
      'dialogue.act': ({ session, action }) => {
        this.acted.push({ session, action })
        return { ok: true }
      },
      'server.status': () => status,
      'server.changes': () => this.#status,
      'server.start': () => ({ status, problems: [] }),
      'probe.start': ({ host }) => host.includes(' ') ? { ok: false, problems: [{ field: 'host', value: host, message: `“${host}” is not a host name.` }] } : { ok: true, id: 'p1' }, // prettier-ignore
      'inbox.list': () => inboxPage(),
    }
  }
}
