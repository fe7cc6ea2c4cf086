/** Owns: a queue in tests: a store that survives it, a router that says where each domain's mail goes, messages in few words. */
import { createQueue } from '#engine/relay/queue/index.ts'
import type { QueueDeps, RelayQueue } from '#engine/relay/queue/types.ts'
import type {
  Hop,
  Leg,
  LegRecipient,
  NewQueued,
  QueuedMessage,
  RelayRulesNow,
  RelayStore,
  Route,
  TlsDemand,
} from '#engine/relay/types.ts'
import type { ContentWriter, NewMessage } from '#engine/store/types.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { outboundRules, type OutboundRules } from '#shared/relay/outbound.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { clock } from '../dialogue/start.ts'
import { memoryHub, type MemoryHub } from '../dialogue/memoryHub.ts'

export const body = 'From: a@shop.example\r\nSubject: hi\r\n\r\nhello\r\n'

const over = (leg: Leg): boolean => leg.state !== 'waiting' && leg.state !== 'held'
const none = async () => ({ items: [] })

/** What is on the disk: objects cross as JSON, so that what the queue changes later is not in it. */
export class DiskStore {
  readonly legs = new Map<string, string>()
  readonly contents = new Map<string, Uint8Array>()
  readonly inbox: { id: string; message: NewMessage; text: string }[] = []
  readonly added: QueuedMessage[] = []
  /** Thrown by every write. */
  fault: Error | null = null
  /** Nothing is written any more, and nobody is told: the program was killed. */
  killed = false
  puts = 0
  readonly #watchers = new Set<() => void>()

  all(): Leg[] {
    return [...this.legs.values()].map((json): Leg => JSON.parse(json))
  }

  leg(id: string): Leg {
    return JSON.parse(this.legs.get(id) ?? 'null')
  }

  put(leg: Leg): void {
    this.legs.set(leg.id, JSON.stringify(leg))
  }

  /** Resolves when it is so; it is looked after each write. */
  when(fits: (store: DiskStore) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!fits(this)) return
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
      look()
    })
  }

  /** Of this leg, once it fits. */
  async whenLeg(id: string, fits: (leg: Leg) => boolean): Promise<Leg> {
    await this.when((store) => store.legs.has(id) && fits(store.leg(id)))
    return this.leg(id)
  }

  async write(change: () => void): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    if (this.killed) return new Promise(() => {})
    if (this.fault) throw this.fault
    change()
    for (const look of this.#watchers) look()
  }

  get relay(): RelayStore {
    return {
      openLegs: async (after, max) =>
        this.all()
          .filter((leg) => !over(leg) && (after === null || leg.id > after))
          .toSorted((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, max),
      putLegs: (legs) => {
        const copies = legs.map((leg) => JSON.stringify(leg))
        return this.write(() => {
          this.puts++
          legs.forEach(({ id }, i) => this.legs.set(id, copies[i]!))
        })
      },
      addMessage: (of, legs, content) => {
        const copies = legs.map((leg): Leg => JSON.parse(JSON.stringify(leg)))
        return this.write(() => {
          this.added.push(of)
          this.contents.set(`${of.session}.${of.body}`, content)
          for (const leg of copies) this.put(leg)
        })
      },
      leg: async (id) => (this.legs.has(id) ? this.leg(id) : null),
      overLegs: async ({ state, limit }) => {
        const items = this.all().filter((leg) => over(leg) && (state === undefined || leg.state === state))
        return { items: items.slice(0, limit), total: items.length }
      },
      overCounts: async () => {
        const count = (state: string): number => this.all().filter((leg) => leg.state === state).length
        return { delivered: count('delivered'), bounced: count('bounced'), dropped: count('dropped') }
      },
      findLegs: async () => [],
      queueAttempts: () => {},
      attempts: none,
      putReport: async () => {},
      reports: none,
    }
  }

  readContent = async (session: string, number: number, from: number, size: number) => {
    const bytes = this.contents.get(`${session}.${number}`)
    return bytes ? { bytes: bytes.slice(from, from + size), total: bytes.length } : null
  }

  openContent = (session: string, number: number): ContentWriter => {
    const id = `${session}.${number}`
    const parts: Uint8Array[] = []
    return {
      id,
      append: (bytes) => (parts.push(bytes.slice()), true),
      drain: async () => {},
      keep: async () => {},
      queue: async () => {},
      commit: (of) =>
        this.write(() => {
          const whole = Buffer.concat(parts)
          this.contents.set(id, whole)
          this.inbox.push({ id, message: of, text: whole.toString('latin1') })
        }),
      discard: () => {},
    }
  }
}

export const rulesNow = (change: Partial<RelayRulesNow> = {}): RelayRulesNow => ({
  policy: emptyPolicy(),
  secrets: new Map(),
  settings: { delivery: { to: 'allowed' }, paused: false },
  allowed: [],
  name: 'relay.example',
  ...change,
})

const tlsOf = (level: TlsDemand['level']): TlsDemand => ({ level, implicit: false, from: 'default' })

export const hopTo = (port: number, change: Partial<Hop> & { level?: TlsDemand['level'] } = {}): Hop => {
  const { level = 'off', ...more } = change
  return { host: 'mx.test.example', port, addresses: ['127.0.0.1'], tls: tlsOf(level), ...more }
}

export const smtp = (hops: readonly Hop[], rules: Partial<OutboundRules> = {}, more: Partial<Extract<Route, { kind: 'smtp' }>> = {}): Route => ({
  kind: 'smtp',
  key: hops.map(({ host, port }) => `${host}:${port}`).join(' '),
  hops,
  ehloName: 'relay.example',
  rules: { ...outboundRules(emptyPolicy(), undefined, 'x.example'), ...rules },
  remarks: ['Found by the test.'],
  ...more,
}) // prettier-ignore

let number = 0

/** A message with one leg for each domain, durable already. */
export function message(to: readonly (string | LegRecipient)[], change: Partial<QueuedMessage> = {}, content = body): { queued: NewQueued; bytes: Uint8Array } {
  const session = `s${String(++number).padStart(6, '0')}`
  const bytes = utf8(content)
  const whole: QueuedMessage = {
    id: `${session}.1`,
    session,
    body: 1,
    receivedAt: Date.now(),
    sender: 'a@shop.example',
    size: bytes.length,
    client: '127.0.0.1',
    because: 'no rule names a virtual MTA',
    prefix: '',
    cuts: [],
    eightBit: false,
    utf8: false,
    requireTls: false,
    ...change,
  }
  const recipients = to.map((one): LegRecipient => (typeof one === 'string' ? { address: one, state: 'open' } : one))
  const byDomain = Object.groupBy(recipients, ({ address }) => address.split('@')[1]!)
  const legs = Object.entries(byDomain).map(([domain, own], i): Leg => ({
    id: `${whole.id}/${i + 1}`,
    message: whole,
    domain,
    recipients: own!,
    state: 'waiting',
    nextAt: whole.receivedAt,
    tries: 0,
    history: [],
  }))
  return { queued: { message: whole, legs }, bytes }
} // prettier-ignore

export interface Kit {
  queue: RelayQueue
  store: DiskStore
  hub: MemoryHub
  told: { kind: string; to: string[]; words: string[] }[]
  logged: string[]
  /** Stores a message and gives it to the queue. */
  send(to: readonly (string | LegRecipient)[], change?: Partial<QueuedMessage>, content?: string): NewQueued
}

export interface KitParts {
  route: (leg: Leg) => Route | Promise<Route>
  store?: DiskStore
  deps?: Partial<QueueDeps>
  /** Whether the queue is loaded; it is unless said. */
  load?: boolean
}

export async function startQueue({
  route,
  store = new DiskStore(),
  deps = {},
  load = true,
}: KitParts): Promise<Kit> {
  const hub = memoryHub()
  const told: Kit['told'] = []
  const logged: string[] = []
  const queue = createQueue({
    store,
    router: { plan: async (leg) => route(leg) },
    hub,
    clock,
    log: (level, text) => void logged.push(`${level} ${text}`),
    rules: rulesNow(),
    random: () => 0,
    report: async (kind, { recipients }) => {
      told.push({
        kind,
        to: recipients.map(({ address }) => address),
        words: recipients.map(({ words }) => words),
      })
      return null
    },
    ...deps,
    timing: { connect: 5000, reply: 5000, idle: 50, politely: 200, storeRetry: 10, ...deps.timing },
  })
  if (load) await queue.load()
  const send: Kit['send'] = (to, change, content) => {
    const { queued, bytes } = message(to, change, content)
    store.contents.set(queued.message.id, bytes)
    for (const leg of queued.legs) store.put(leg)
    queue.added(queued, bytes)
    return queued
  }
  return { queue, store, hub, told, logged, send }
}

/** Resolves when it is so; it is looked after each change of the queue. */
export function whenQueue(queue: RelayQueue, fits: () => boolean | Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = async (): Promise<void> => {
      if (!(await fits())) return
      off()
      resolve()
    }
    const off = queue.onChange(() => void look().catch(reject))
    look().catch(reject)
  })
}
