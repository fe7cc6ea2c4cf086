/**
 * Owns: the API for test suites as a whole: its settings, its token (in the keychain, told once), its listening, its
 * webhooks. It runs when it is switched on, whether the local server takes mail or not: what was kept can still be read.
 */
import { randomBytes } from 'node:crypto'
import type { CallArguments, CallResult } from '#shared/rpc/contract.ts'
import type { Delivery, SuiteApiStatus } from '#shared/rpc/contract/suiteApi.ts'
import type { Handlers, StreamSource } from '#shared/rpc/types.ts'
import { SealedSecret } from '../httpApi/sealedSecret.ts'
import type { EnginePorts } from '../ports.ts'
import { Changes } from '../server/changes.ts'
import { listenProblem } from '../server/listenProblem.ts'
import type { Store } from '../store/types.ts'
import { Arrivals } from './arrivals.ts'
import { callsOf } from './calls.ts'
import type { Route } from './route.ts'
import { routesFor } from './routesFor.ts'
import { changed, type Change, defaults, loadSettings, saveSettings, type Settings, settingsProblems } from './settings.ts' // prettier-ignore
import { Slots } from './slots.ts'
import { SuiteServer } from './suiteServer.ts'
import type { Sessions } from './transcripts.ts'
import { Webhooks, type WebhooksDeps } from './webhooks.ts'

export interface SuiteApiDeps extends Pick<EnginePorts, 'clock' | 'log' | 'secrets' | 'version'> {
  store: Pick<Store, 'onMessages' | 'onSessions' | 'getSetting' | 'putSetting'>
  hub: Sessions
  /** Tests only. */
  delivery?: NonNullable<WebhooksDeps['delivery']>
}

type Configured = CallResult<'suiteApi.configure'>
type HookAnswer = CallResult<'suiteApi.removeWebhook'>

const secretKey = 'suiteApi.token'
/** 256 bits. */
const newToken = (): string => `rs_${randomBytes(32).toString('base64url')}`
/** Waits and event streams at once: together less than the connections that there may be. */
const most = { waits: 100, streams: 32 }

export class SuiteApi {
  readonly #deps: SuiteApiDeps
  readonly #changes = new Changes(() => this.#status())
  readonly #arrivals: Arrivals
  readonly #webhooks: Webhooks
  readonly #waits = new Slots(most.waits, 'waits', () => this.#changes.soon())
  readonly #streams = new Slots(most.streams, 'event streams', () => this.#changes.soon())
  #routes: Route[] = []
  /** As it runs, and as it is kept: a change may be for this run only. */
  #settings: Settings = defaults
  #saved: Settings = defaults
  #token: SealedSecret | null = null
  #server: SuiteServer | null = null
  #problem: string | undefined
  #requests = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: SuiteApiDeps) {
    this.#deps = deps
    this.#arrivals = new Arrivals(deps.store)
    const hosts = () => this.#settings.allowedHosts
    this.#webhooks = new Webhooks({ ...deps, hosts, changed: () => this.#changes.soon() })
  }

  /** The rest of the contract, which the routes call. Before anything is switched on. */
  attach(handlers: Partial<Handlers>): void {
    const { hub: sessions, version } = this.#deps
    const [waits, streams, arrivals] = [this.#waits, this.#streams, this.#arrivals]
    this.#routes = routesFor({ client: callsOf(handlers), sessions, arrivals, waits, streams, version })
  }

  /** As a person left it. Never rejects: what goes wrong stands in the status, and the rest of the program opens. */
  startAsLeft(): Promise<void> {
    return this.#inTurn(async () => {
      const { store, log, secrets } = this.#deps
      this.#settings = this.#saved = await loadSettings(store, log)
      const token = await secrets.get(secretKey).catch(() => null)
      this.#token = token === null ? null : new SealedSecret(token)
      await this.#webhooks.load(this.#settings.webhooks)
      await this.#apply()
    })
  }

  get changes(): StreamSource<SuiteApiStatus> {
    return this.#changes.source
  }

  status(): Promise<SuiteApiStatus> {
    return this.#inTurn(() => Promise.resolve(this.#status()))
  }

  configure(change: Change): Promise<Configured> {
    return this.#inTurn(async () => {
      const next = changed(this.#settings, change)
      const problems = settingsProblems(next, change.token)
      if (problems.length > 0) return { status: this.#status(), problems }
      this.#settings = next
      if (change.save) await this.#save(changed(this.#saved, change))
      const token = change.token ?? (next.on && this.#token === null ? newToken() : undefined)
      if (token !== undefined) await this.#setToken(token, change.save)
      await this.#apply()
      this.#changes.now()
      const failed = next.on ? this.#problem : undefined
      const told = change.token === undefined && token !== undefined ? { token } : {}
      return { status: this.#status(), problems: failed === undefined ? [] : [{ field: 'port', value: String(next.port), message: failed }], ...told } // prettier-ignore
    })
  }

  renewToken(): Promise<CallResult<'suiteApi.renewToken'>> {
    return this.#inTurn(async () => {
      const token = newToken()
      await this.#setToken(token, true)
      this.#changes.now()
      return { status: this.#status(), token }
    })
  }

  addWebhook({ url, events, secret, save }: CallArguments<'suiteApi.addWebhook'>): Promise<CallResult<'suiteApi.addWebhook'>> {
    return this.#inTurn(async () => {
      const added = await this.#webhooks.add(url.trim(), events, secret)
      if (!added.ok) return { status: this.#status(), problems: [added.problem] }
      if (save) await this.#save({ ...this.#saved, webhooks: [...this.#saved.webhooks, added.rule] })
      this.#changes.now()
      return { status: this.#status(), problems: [], id: added.rule.id, ...(secret === undefined ? { secret: added.secret } : {}) }
    })
  } // prettier-ignore

  removeWebhook(id: string): Promise<HookAnswer> {
    return this.#inTurn(async () => {
      await this.#webhooks.remove(id)
      const webhooks = this.#saved.webhooks.filter((one) => one.id !== id)
      if (webhooks.length < this.#saved.webhooks.length) await this.#save({ ...this.#saved, webhooks })
      this.#changes.now()
      return { status: this.#status(), problems: [] }
    })
  }

  tryWebhook(id: string): Promise<HookAnswer> {
    return this.#inTurn(() => {
      this.#webhooks.try(id)
      return Promise.resolve({ status: this.#status(), problems: [] })
    })
  }

  deliveries(id?: string): Delivery[] {
    return this.#webhooks.deliveries(id)
  }

  /** Waits, streams and deliveries end at once. */
  stop(): Promise<void> {
    this.#webhooks.stop()
    return this.#inTurn(async () => {
      this.#settings = { ...this.#settings, on: false }
      await this.#apply()
    })
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#last.then(task)
    this.#last = next.catch(() => undefined)
    return next
  }

  async #save(settings: Settings): Promise<void> {
    this.#saved = settings
    await saveSettings(this.#deps.store, settings)
  }

  async #setToken(token: string, save: boolean): Promise<void> {
    if (save) await this.#deps.secrets.set(secretKey, token)
    this.#token = new SealedSecret(token)
    // Who came in by the old one has no business here any more.
    this.#server?.cutOff()
  }

  async #apply(): Promise<void> {
    const { on, port, address } = this.#settings
    const running = this.#server
    const same = running !== null && running.address === address && (port === 0 || running.port === port)
    if (on && same) return
    this.#problem = undefined
    if (running !== null) {
      this.#server = null
      this.#requests += running.requests
      await running.close()
    }
    if (!on) return
    const names = () => this.#settings.names
    const server = new SuiteServer({ routes: this.#routes, token: () => this.#token, names, log: this.#deps.log, asked: () => this.#changes.soon() }) // prettier-ignore
    try {
      await server.listen(port, address)
      this.#server = server
    } catch (error) {
      this.#problem = listenProblem(error, { address, port })
    }
  }

  #status(): SuiteApiStatus {
    const { webhooks: _, ...settings } = this.#settings
    return {
      ...settings,
      ...(this.#server === null ? {} : { actualPort: this.#server.port }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      tokened: this.#token !== null,
      tokenKept: this.#deps.secrets.kind,
      requests: this.#requests + (this.#server?.requests ?? 0),
      waiting: this.#waits.taken,
      streams: this.#streams.taken,
      webhooks: this.#webhooks.list,
    }
  }
}
