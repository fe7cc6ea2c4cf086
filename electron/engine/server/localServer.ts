/**
 * Owns: the local server as its handlers see it: rules, starting, stopping, changing, status. It keeps what it is given
 * and has no code to pass anything on.
 */
import { createSecureContext, type SecureContext } from 'node:tls'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import {
  type HoldRules,
  type ListenerConfig,
  ServerConfig,
  type ServerConfigInput,
  type ServerStatus,
} from '#shared/rpc/contract/server.ts'
import { createAccounts } from './accounts.ts'
import { Changes } from './changes.ts'
import type { Hold } from './hold.ts'
import { holdProblems } from './holdRules.ts'
import { Listeners } from './listeners.ts'
import { sessionRules } from './rules.ts'
import { Sessions } from './sessions.ts'
import { changed, defaultRules, loadRules, missingPasswords, missingTokens, rulesOf, rulesProblems, saveRules, withoutSecret, type Rules } from './settings.ts' // prettier-ignore
import type { ConfigChange, LocalServer, LocalServerOptions, ServerAnswer } from './types.ts'

export function createLocalServer(options: LocalServerOptions): LocalServer {
  const server = new Server(options)
  return {
    status: () => server.status(),
    changes: server.changes,
    start: (config) => server.inTurn(() => server.start(config)),
    stop: () => server.inTurn(() => server.stop()),
    configure: (change) => server.inTurn(() => server.configure(change)),
    hold: (rules) => server.hold(rules),
    gate: (session) => server.gate(session),
  }
}

class Server {
  readonly #options: LocalServerOptions
  readonly #sessions: Sessions
  readonly #listeners: Listeners
  readonly #changes: Changes<ServerStatus>
  #rules: Rules = defaultRules()
  #loaded = false
  #running = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: LocalServerOptions) {
    this.#options = options
    const { hub, store, clock, log } = options
    this.#changes = new Changes(() => this.status())
    const touched = () => this.#changes.soon()
    this.#sessions = new Sessions({ hub, store, clock, log, changed: touched }, this.#rules.limits)
    this.#listeners = new Listeners((socket, listener) => this.#sessions.accept(socket, listener))
  }

  get changes() {
    return this.#changes.source
  }

  /** One after another: two changes at once must not leave a mixture. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#last.then(task)
    this.#last = next.catch(() => undefined)
    return next
  }

  status(): ServerStatus {
    const { name, limits, accounts, listeners, tokens = [] } = this.#rules
    const off = () => listeners.map((config) => ({ ...config, state: 'off' as const, sessions: 0, total: 0 }))
    return {
      running: this.#running,
      name,
      listeners: this.#running ? this.#listeners.list.map((listener) => listener.status()) : off(),
      users: accounts.map(({ user }) => user),
      ...(tokens.length > 0 ? { tokens: tokens.map(withoutSecret) } : {}),
      limits,
      messages: this.#sessions.messages,
      hold: this.#sessions.holdRules,
      held: this.#sessions.held,
    }
  }

  hold(rules: HoldRules): ServerAnswer {
    const problems = holdProblems(rules)
    if (problems.length === 0) {
      this.#sessions.holdRules = rules
      this.#changes.now()
    }
    return { status: this.status(), problems }
  }

  gate(session: string): Hold | null {
    return this.#sessions.gate(session)
  }

  async start(config?: ServerConfig | ServerConfigInput): Promise<ServerAnswer> {
    await this.#load()
    if (config === undefined)
      return this.#run(this.#rules, [...missingPasswords(this.#rules), ...missingTokens(this.#rules)])
    return this.#adopt(rulesOf(ServerConfig.parse(config)), true)
  }

  async configure(change: ConfigChange): Promise<ServerAnswer> {
    await this.#load()
    const rules = changed(this.#rules, change)
    const missing = [
      ...(change.users === undefined ? [] : missingPasswords(rules)),
      ...(change.tokens === undefined ? [] : missingTokens(rules)),
    ]
    if (missing.length > 0) return { status: this.status(), problems: missing }
    return this.#adopt(rules, this.#running)
  }

  async stop(): Promise<ServerStatus> {
    if (!this.#running) return this.status()
    this.#listeners.close()
    await this.#sessions.stop()
    this.#running = false
    this.#changes.now()
    return this.status()
  }

  async #load(): Promise<void> {
    if (this.#loaded) return
    const { store, secrets, log } = this.#options
    this.#rules = (await loadRules(store, secrets, log)) ?? this.#rules
    this.#loaded = true
  }

  async #adopt(rules: Rules, run: boolean): Promise<ServerAnswer> {
    const problems = rulesProblems(rules)
    if (problems.length > 0) return { status: this.status(), problems }
    await saveRules(rules, this.#options.store, this.#options.secrets)
    this.#rules = rules
    if (run) return this.#run(rules, [])
    this.#changes.now()
    return { status: this.status(), problems: [] }
  }

  async #run(rules: Rules, problems: FieldProblem[]): Promise<ServerAnswer> {
    const { hashes, clock } = this.#options
    const tokens = rules.tokens ?? []
    const accounts = createAccounts(rules.accounts, hashes, { tokens, now: () => clock.now() })
    const contextFor = await this.#secureContext(rules)
    this.#sessions.limit(rules.limits)
    await this.#listeners.apply(rules.listeners, (config) => {
      if (config.tls === 'plain') return sessionRules(config, rules, accounts, null)
      if (typeof contextFor === 'string') return contextFor
      return sessionRules(config, rules, accounts, contextFor(config))
    })
    this.#running = true
    this.#changes.now()
    return { status: this.status(), problems: [...problems, ...this.#listenerProblems()] }
  }

  #listenerProblems(): FieldProblem[] {
    return this.#listeners.list.flatMap(({ problem, config }, i) =>
      problem === undefined
        ? []
        : [{ field: `listeners[${i}]`, value: `${config.address}:${config.port}`, message: problem }],
    )
  }

  /** Or why there is no certificate, in words: listeners without TLS run all the same. */
  async #secureContext({
    name,
    listeners,
  }: Rules): Promise<((config: ListenerConfig) => SecureContext) | string> {
    if (listeners.every(({ tls }) => tls === 'plain')) return ''
    try {
      const { cert, key, ca } = await this.#options.certs.server(name)
      const common = createSecureContext({ cert, key, minVersion: 'TLSv1.2' })
      return ({ clientCertificate = 'off', clientCa = ca }) =>
        clientCertificate === 'off'
          ? common
          : createSecureContext({ cert, key, minVersion: 'TLSv1.2', ca: clientCa })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#options.log('error', "The local server's certificate could not be made", { reason })
      return `There is no certificate for TLS: ${reason}. Make the data folder writable, or use a listener without TLS.`
    }
  }
}
