/**
 * Owns: the local server as its handlers see it: rules, starting, stopping, changing, status. It keeps what it is given
 * and has no code to pass anything on; what a listener relays, it hands to the relay.
 */
import type { TlsSupport } from '#shared/rpc/contract/certificates.ts'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { CallArguments } from '#shared/rpc/contract.ts'
import {
  type HoldRules,
  ServerConfig,
  type ServerConfigInput,
  type ServerStatus,
} from '#shared/rpc/contract/server.ts'
import { CertificateDesk } from './certificateDesk.ts'
import { Changes } from './changes.ts'
import type { Hold } from './hold.ts'
import { holdProblems } from './holdRules.ts'
import { Listeners } from './listeners.ts'
import { prepareAll, shortestTime } from './prepare.ts'
import { Sessions } from './sessions.ts'
import { allowedPlaces, changed, defaultRules, loadRules, lostUsers, missingPasswords, missingSecrets, missingTokens, rulesOf, rulesProblems, saveRules, tokensShown, withoutConsent, type Rules } from './settings.ts' // prettier-ignore
import { TlsContexts } from './tlsContexts.ts'
import type {
  CertificatesAnswer,
  ConfigChange,
  LocalServer,
  LocalServerOptions,
  ServerAnswer,
} from './types.ts'

export function createLocalServer(options: LocalServerOptions): LocalServer {
  const server = new Server(options)
  return {
    status: () => server.status(),
    loaded: () => server.inTurn(() => server.loaded()),
    changes: server.changes,
    start: (config) => server.inTurn(() => server.start(config)),
    stop: () => server.inTurn(() => server.stop()),
    configure: (change) => server.inTurn(() => server.configure(change)),
    relayChanged: () => server.inTurn(() => server.relayChanged()),
    hold: (rules) => server.hold(rules),
    gate: (session) => server.gate(session),
    certificates: () => server.desk.list(),
    addCertificate: (given) => server.inTurn(() => server.addCertificate(given)),
    removeCertificate: (name) => server.inTurn(() => server.removeCertificate(name)),
    issueClientCertificate: (wanted) => server.desk.issue(wanted),
    tlsSupport: () => server.tlsSupport(),
  }
}

class Server {
  readonly #options: LocalServerOptions
  readonly #sessions: Sessions
  readonly #listeners: Listeners
  readonly #changes: Changes<ServerStatus>
  readonly desk: CertificateDesk
  readonly #contexts = new TlsContexts()
  #rules: Rules = defaultRules()
  /** What the saved rules let other machines reach. */
  #allowed: ReadonlySet<string> = new Set()
  #loaded = false
  #running = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: LocalServerOptions) {
    this.#options = options
    const { hub, store, clock, log } = options
    this.desk = new CertificateDesk(options)
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
    const { name, limits, accounts, listeners } = this.#rules
    const lost = lostUsers(this.#rules)
    const tokens = tokensShown(this.#rules)
    const off = () => listeners.map((config) => ({ ...config, state: 'off' as const, sessions: 0, total: 0 }))
    return {
      running: this.#running,
      name,
      listeners: this.#running ? this.#listeners.list.map((listener) => listener.status()) : off(),
      users: accounts.map(({ user }) => user),
      ...(lost.length > 0 ? { lost } : {}),
      ...(tokens.length > 0 ? { tokens } : {}),
      limits,
      messages: this.#sessions.messages,
      hold: this.#sessions.holdRules,
      held: this.#sessions.held,
    }
  }

  async loaded(): Promise<ServerStatus> {
    await this.#load()
    return this.status()
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
    const missing = missingSecrets(this.#rules, rules, change)
    if (missing.length > 0) return { status: this.status(), problems: missing }
    return this.#adopt(rules, this.#running)
  }

  async relayChanged(): Promise<ServerAnswer> {
    if (this.#running) return this.#run(this.#rules, [])
    return { status: this.status(), problems: [] }
  }

  async stop(): Promise<ServerStatus> {
    if (!this.#running) return this.status()
    this.#listeners.close()
    await this.#sessions.stop()
    this.#running = false
    this.#changes.now()
    return this.status()
  }

  /** Listeners that show it take it at once; sessions that run keep what was agreed. */
  async addCertificate(given: CallArguments<'server.addCertificate'>): Promise<CertificatesAnswer> {
    await this.#load()
    const problems = await this.desk.add(given)
    if (problems.length === 0 && this.#running) await this.#run(this.#rules, [])
    return { certificates: await this.desk.list(), problems }
  }

  async removeCertificate(name: string): Promise<CertificatesAnswer> {
    await this.#load()
    const problems = await this.desk.remove(name, this.#rules.listeners)
    return { certificates: await this.desk.list(), problems }
  }

  async tlsSupport(): Promise<TlsSupport> {
    const identity = await this.desk.identity({}, this.#rules.name)
    if (typeof identity === 'string') throw new Error(identity)
    return this.#contexts.support(identity)
  }

  async #load(): Promise<void> {
    if (this.#loaded) return
    const { store, secrets, log } = this.#options
    this.#rules = (await loadRules(store, secrets, log)) ?? this.#rules
    this.#allowed = allowedPlaces(this.#rules)
    this.#loaded = true
  }

  async #adopt(rules: Rules, run: boolean): Promise<ServerAnswer> {
    const problems = rulesProblems(rules, await this.desk.names())
    if (problems.length > 0) return { status: this.status(), problems }
    const { store, secrets, consentForRun = false } = this.#options
    await saveRules(consentForRun ? withoutConsent(rules, this.#allowed) : rules, store, secrets)
    this.#rules = rules
    if (run) return this.#run(rules, [])
    this.#changes.now()
    return { status: this.status(), problems: [] }
  }

  async #run(rules: Rules, problems: FieldProblem[]): Promise<ServerAnswer> {
    const { hashes, clock, relaying } = this.#options
    const ready = await prepareAll(rules, {
      desk: this.desk,
      contexts: this.#contexts,
      hashes,
      now: () => clock.now(),
      relaying,
    })
    this.#sessions.limit(rules.limits, shortestTime(rules))
    await this.#listeners.apply(rules.listeners, (config) => ready.get(config) ?? 'It has no rules.')
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
}
