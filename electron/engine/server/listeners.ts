/** Owns: the set of listeners, and bringing it to new rules without losing a session that runs. */
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { listenAddress, ruleProblem } from './listenProblem.ts'
import { Listener, type OnConnection } from './listener.ts'
import type { SessionRules } from './rules.ts'

/** Rules for sessions of a listener, or why it can have none. */
export type RulesFor = (config: ListenerConfig) => SessionRules | string

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
      listener.config = config
      const twice = config.port !== 0 && taken.has(place(config))
      taken.add(place(config))
      const rules = twice
        ? `Port ${config.port} on ${config.address} stands twice in the list. Remove one of the two.`
        : (ruleProblem(config) ?? rulesFor(config))
      listener.rules = typeof rules === 'string' ? null : rules
      listener.problem = typeof rules === 'string' ? rules : undefined
      return listener
    })
    // Free ports first: a new listener may want one.
    for (const gone of before) gone.close()
    for (const listener of this.#list) if (listener.rules === null) listener.close()
    const ready = this.#list.filter((listener) => listener.rules !== null)
    await Promise.all(ready.map((listener) => listener.open()))
  }

  /** Takes no more connections; the list stays for the status. */
  close(): void {
    for (const listener of this.#list) {
      listener.close()
      listener.problem = undefined
    }
  }
}

const place = ({ address, port }: ListenerConfig): string => `${listenAddress(address)} ${port}`
