/** Owns: the set of listeners, and bringing it to new rules without losing a session that runs. */
import type { ListenerConfig, TlsVersion } from '#shared/rpc/contract/server.ts'
import { listenAddress, ruleProblem } from './listenProblem.ts'
import { Listener, type OnConnection } from './listener.ts'
import type { SessionRules } from './rules.ts'

/** What a listener works by. */
export interface Prepared {
  rules: SessionRules
  notices: readonly string[]
  /** TLS versions that it speaks in fact; absent without TLS. */
  versions?: TlsVersion[] | undefined
  /** AUTH is on, and nothing of it can be offered. */
  authImpossible?: boolean
}

/** Rules for sessions of a listener, or why it can have none. */
export type RulesFor = (config: ListenerConfig) => Prepared | string

export class Listeners {
  #list: Listener[] = []
  readonly #onConnection: OnConnection

  constructor(onConnection: OnConnection) {
    this.#onConnection = onConnection
  }

  get list(): readonly Listener[] {
    return this.#list
  }

  /** A listener whose address and port stay keeps its socket and takes its new rules; the others close or open. */
  async apply(configs: readonly ListenerConfig[], rulesFor: RulesFor): Promise<void> {
    const before = [...this.#list]
    const taken = new Set<string>()
    this.#list = configs.map((config) => {
      const at = before.findIndex((one) => place(one.config) === place(config))
      const listener = at < 0 ? new Listener(config, this.#onConnection) : before.splice(at, 1)[0]!
      take(listener, config, taken, rulesFor)
      return listener
    })
    // Free ports first: a new listener may want one.
    for (const gone of before) gone.close()
    for (const listener of this.#list) if (listener.rules === null) listener.close()
    const ready = this.#list.filter((listener) => listener.rules !== null)
    // One's own ports before those that others are mapped to.
    for (const listener of ready.toSorted((a, b) => rank(a) - rank(b))) await listener.open()
  }

  /** Takes no more connections; the list stays for the status. */
  close(): void {
    for (const listener of this.#list) {
      listener.close()
      listener.problem = undefined
    }
  }
}

/** Gives a listener its new rules; one that is off, or cannot have any, has none. */
function take(listener: Listener, config: ListenerConfig, taken: Set<string>, rulesFor: RulesFor): void {
  // It listens where it was mapped to; where that changes, it has to begin anew.
  if (listener.mapped && listener.config.mappedPort !== config.mappedPort) listener.close()
  listener.config = config
  listener.limit(config)
  const off = config.enabled === false
  const made = off ? null : preparedFor(config, taken, rulesFor)
  const prepared = typeof made === 'string' ? null : made
  listener.rules = prepared?.rules ?? null
  listener.notices = prepared?.notices ?? []
  listener.versions = prepared?.versions
  listener.authImpossible = prepared?.authImpossible ?? false
  listener.problem = typeof made === 'string' ? made : undefined
}

function preparedFor(config: ListenerConfig, taken: Set<string>, rulesFor: RulesFor): Prepared | string {
  const twice = config.port !== 0 && taken.has(place(config))
  taken.add(place(config))
  if (twice)
    return `Port ${config.port} on ${config.address} stands twice in the list. Remove one of the two.`
  return ruleProblem(config) ?? rulesFor(config)
}

/** 0 goes last: the system must not give it a port that stands in the list. */
const rank = ({ config: { port } }: Listener): number => (port === 0 ? 2 : port < 1024 ? 1 : 0)

const place = ({ address, port }: ListenerConfig): string => `${listenAddress(address)} ${port}`
