/**
 * Owns: the HTTP API beside the local server: its settings (the key in the keychain, the rest in the store), and running
 * whenever the local server runs and it is wanted. A port that cannot be had is told in the status; the other one runs.
 */
import { z } from 'zod'
import type { CallArguments } from '#shared/rpc/contract.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { HttpApiStatus } from '#shared/rpc/contract/httpApi.ts'
import type { Certificates } from '../certs/certificates.ts'
import type { Secrets } from '../ports.ts'
import { listenProblem } from '../server/listenProblem.ts'
import type { Store } from '../store/types.ts'
import { ApiServer, type ApiServerDeps } from './apiServer.ts'
import { Bodies } from './body.ts'
import { Credentials } from './credentials.ts'
import { Rate } from './rate.ts'

const settingKey = 'httpApi.settings'
const secretKey = 'httpApi.key'
const Port = z.int().min(0).max(65535).nullable()
const Saved = z.object({ on: z.boolean(), http: Port, https: Port, perMinute: z.int().min(0) })
type Settings = z.infer<typeof Saved>
const defaults: Settings = { on: false, http: 8025, https: 8443, perMinute: 0 }
/** A key of printable ASCII without spaces goes into a header field as it is. */
const keyForm = /^[\x21-\x7e]{1,1000}$/

export interface HttpApiDeps extends Omit<
  ApiServerDeps,
  'credentials' | 'bodies' | 'rate' | 'kept' | 'store'
> {
  store: Pick<Store, 'openContent' | 'getSetting' | 'putSetting'>
  certs: Pick<Certificates, 'server'>
  secrets: Secrets
}

type Change = CallArguments<'httpApi.configure'>
type Side = 'http' | 'https'

export class HttpApi {
  readonly #deps: HttpApiDeps
  readonly #serverDeps: ApiServerDeps
  #settings: Settings = defaults
  #key = ''
  #credentials = new Credentials('')
  #loaded = false
  /** The local server runs. */
  #wanted = false
  readonly #running = new Map<Side, ApiServer>()
  readonly #problems = new Map<Side, string>()
  #messages = 0
  #requests = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: HttpApiDeps) {
    this.#deps = deps
    this.#serverDeps = {
      ...deps,
      credentials: () => this.#credentials,
      bodies: new Bodies(),
      rate: new Rate(
        () => this.#settings.perMinute,
        () => deps.clock.micros(),
      ),
      kept: () => this.#messages++,
    }
  }

  /** With the local server. Never rejects: what goes wrong stands in the status. */
  serverRuns(runs: boolean): Promise<void> {
    return this.#inTurn(async () => {
      this.#wanted = runs
      await this.#load()
      await this.#apply()
    })
  }

  status(): Promise<HttpApiStatus> {
    return this.#inTurn(async () => {
      await this.#load()
      return this.#status()
    })
  }

  configure(change: Change): Promise<{ status: HttpApiStatus; problems: FieldProblem[] }> {
    return this.#inTurn(() => this.#configure(change))
  }

  stop(): Promise<void> {
    return this.serverRuns(false)
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#last.then(task)
    this.#last = next.catch(() => undefined)
    return next
  }

  async #configure(change: Change): Promise<{ status: HttpApiStatus; problems: FieldProblem[] }> {
    await this.#load()
    const { key, ...rest } = change
    if (key !== undefined && key !== '' && !keyForm.test(key)) {
      const message =
        'has a space or another character that no header field can hold; use letters, digits and signs'
      return { status: this.#status(), problems: [{ field: 'key', value: '********', message }] }
    }
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    this.#settings = Saved.parse({ ...this.#settings, ...given })
    await this.#deps.store.putSetting(settingKey, JSON.stringify(this.#settings))
    if (key !== undefined) await this.#setKey(key)
    await this.#apply()
    return { status: this.#status(), problems: this.#fieldProblems() }
  }

  async #setKey(key: string): Promise<void> {
    if (key === '') await this.#deps.secrets.remove(secretKey)
    else await this.#deps.secrets.set(secretKey, key)
    this.#key = key
    this.#credentials = new Credentials(key)
  }

  #status(): HttpApiStatus {
    const side = (name: Side): HttpApiStatus['http'] => {
      const server = this.#running.get(name)
      const problem = this.#problems.get(name)
      return {
        port: this.#settings[name],
        ...(server === undefined ? {} : { actualPort: server.port }),
        ...(problem === undefined ? {} : { problem }),
      }
    }
    const { on, perMinute } = this.#settings
    const requests = [...this.#running.values()].reduce(
      (sum, server) => sum + server.requests,
      this.#requests,
    )
    return { on, perMinute, http: side('http'), https: side('https'), keyed: this.#key !== '', requests, messages: this.#messages } // prettier-ignore
  }

  #fieldProblems(): FieldProblem[] {
    return [...this.#problems].map(([field, message]) => ({ field, value: String(this.#settings[field] ?? ''), message })) // prettier-ignore
  }

  async #load(): Promise<void> {
    if (this.#loaded) return
    this.#loaded = true
    const { store, secrets, log } = this.#deps
    try {
      const text = await store.getSetting(settingKey)
      this.#settings = text === null ? defaults : Saved.parse(JSON.parse(text))
    } catch {
      log('warn', 'The saved settings of the HTTP API cannot be read; the defaults are used')
    }
    try {
      this.#key = (await secrets.get(secretKey)) ?? ''
    } catch {
      // Without its key the API would take any: it stays closed until it is set up anew.
      this.#settings = { ...this.#settings, on: false }
      log('warn', 'The key of the HTTP API cannot be had from the keychain: the API stays off')
    }
    this.#credentials = new Credentials(this.#key)
  }

  async #apply(): Promise<void> {
    await Promise.all((['http', 'https'] as const).map((side) => this.#applyOne(side)))
  }

  async #applyOne(side: Side): Promise<void> {
    const port = this.#settings[side]
    const wanted = this.#wanted && this.#settings.on && port !== null
    const running = this.#running.get(side)
    if (wanted && running !== undefined && (port === 0 || running.port === port)) return
    this.#problems.delete(side)
    if (running !== undefined) {
      this.#running.delete(side)
      this.#requests += running.requests
      await running.close()
    }
    if (wanted) await this.#open(side, port)
  }

  async #open(side: Side, port: number): Promise<void> {
    try {
      const identity = side === 'https' ? await this.#deps.certs.server('relayscope.localhost') : null
      const server = new ApiServer(
        this.#serverDeps,
        identity === null ? null : { cert: identity.cert, key: identity.key },
      )
      await server.listen(port)
      this.#running.set(side, server)
    } catch (error) {
      const config = { address: '127.0.0.1', port }
      this.#problems.set(side, listenProblem(error, config))
    }
  }
}
