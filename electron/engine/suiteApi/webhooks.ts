/**
 * Owns: the webhooks: which there are, what each is told of, its secret in the keychain, its queue. A payload has what the
 * list shows of a message or session and nothing that is secret; the secret of the signature is in no status, log or
 * setting.
 */
import { randomUUID } from 'node:crypto'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import {
  type Delivery,
  type Webhook,
  type WebhookEvent,
  webhookLimits,
} from '#shared/rpc/contract/suiteApi.ts'
import { notFound } from '#shared/rpc/error.ts'
import type { Clock, Log, Secrets } from '../ports.ts'
import type { Store } from '../store/types.ts'
import { urlProblem } from './allowed.ts'
import { shortened } from './arrivals.ts'
import { deliver, type Delivered, type DeliverDeps } from './deliver.ts'
import { keyOf, newSecret, signatureFields } from './sign.ts'
import { WebhookQueue } from './webhookQueue.ts'

/** As it is kept: without the secret. */
export interface HookRule {
  id: string
  url: string
  events: WebhookEvent[]
}

export interface WebhooksDeps {
  store: Pick<Store, 'onMessages' | 'onSessions'>
  clock: Clock
  log: Log
  secrets: Secrets
  version: string
  hosts: () => readonly string[]
  changed: () => void
  /** Tests only. */
  delivery?: Pick<DeliverDeps, 'resolve' | 'ca' | 'timeout'> & { pauses?: readonly number[] }
}

export const secretName = (id: string): string => `suiteApi.webhook.${id}`

type Hook = HookRule & { key: Buffer | null; queue: WebhookQueue }

export type Added = { ok: true; rule: HookRule; secret: string } | { ok: false; problem: FieldProblem }

const no = (field: string, value: string, message: string): Added => ({ ok: false, problem: { field, value, message } }) // prettier-ignore

export class Webhooks {
  readonly #deps: WebhooksDeps
  readonly #hooks = new Map<string, Hook>()

  constructor(deps: WebhooksDeps) {
    this.#deps = deps
    deps.store.onMessages((messages) => this.#tell('message', messages))
    deps.store.onSessions((sessions) => this.#tell('session', sessions))
  }

  get rules(): HookRule[] {
    return [...this.#hooks.values()].map(({ id, url, events }) => ({ id, url, events }))
  }

  get list(): Webhook[] {
    return [...this.#hooks.values()].map(({ id, url, events, queue }) => {
      const last = queue.deliveries[0]
      const { pending, dropped } = queue
      return { id, url, events, pending, dropped, ...(last === undefined ? {} : { last: { ...last } }) }
    })
  }

  /** Newest first; of all when no one is named. */
  deliveries(id?: string): Delivery[] {
    const hooks = id === undefined ? [...this.#hooks.values()] : [this.#of(id)]
    return hooks
      .flatMap(({ queue }) => queue.deliveries.map((one) => ({ ...one })))
      .toSorted((a, b) => (a.queuedAt < b.queuedAt ? 1 : -1))
      .slice(0, webhookLimits.results)
  }

  /** Those that were saved. One whose secret is gone is kept, and says so when it has something to send. */
  async load(rules: readonly HookRule[]): Promise<void> {
    for (const rule of rules) {
      const secret = await this.#deps.secrets.get(secretName(rule.id)).catch(() => null)
      this.#put(rule, keyOf(secret ?? ''))
    }
  }

  /** Made with a secret of its own unless one is given. */
  async add(url: string, events: readonly WebhookEvent[], given?: string): Promise<Added> {
    if (this.#hooks.size >= webhookLimits.hooks) return no('url', shownUrl(url), `is one too many: ${webhookLimits.hooks} webhooks are the most; remove one`) // prettier-ignore
    const problem = urlProblem(url, this.#deps.hosts())
    if (problem !== null) return no('url', shownUrl(url), problem)
    const secret = given ?? newSecret()
    const key = keyOf(secret)
    if (key === null) return no('secret', '********', 'is no secret of a webhook; write whsec_ and 24 to 64 octets in base64') // prettier-ignore
    const rule = { id: randomUUID(), url, events: [...new Set(events)] }
    await this.#deps.secrets.set(secretName(rule.id), secret)
    this.#put(rule, key)
    return { ok: true, rule, secret }
  }

  async remove(id: string): Promise<void> {
    const { queue } = this.#of(id)
    queue.stop()
    this.#hooks.delete(id)
    await this.#deps.secrets.remove(secretName(id))
  }

  try(id: string): void {
    this.#of(id).queue.add({ event: 'try', about: '', data: { words: 'This webhook works.' } })
  }

  stop(): void {
    for (const { queue } of this.#hooks.values()) queue.stop()
  }

  #of(id: string): Hook {
    const hook = this.#hooks.get(id)
    if (hook === undefined) throw notFound('Webhook', id)
    return hook
  }

  #tell(event: WebhookEvent, summaries: readonly MessageSummary[]): void {
    for (const { events, queue } of this.#hooks.values()) {
      if (!events.includes(event)) continue
      for (const summary of summaries) queue.add({ event, about: summary.id, data: shortened(summary) })
    }
  }

  #put(rule: HookRule, key: Buffer | null): void {
    const { clock, changed, delivery } = this.#deps
    const queue = new WebhookQueue(rule.id, {
      clock,
      newId: () => `msg_${randomUUID()}`,
      changed,
      send: (one, data, signal) => this.#send(rule, key, one, data, signal),
      ...(delivery?.pauses === undefined ? {} : { pauses: delivery.pauses }),
    })
    this.#hooks.set(rule.id, { ...rule, key, queue })
  }

  async #send(
    { url }: HookRule,
    key: Buffer | null,
    { id, event, queuedAt }: Delivery,
    data: unknown,
    signal: AbortSignal,
  ): Promise<Delivered> {
    if (key === null) return { ok: false, again: false, words: 'Its secret is gone with the program that made it; remove the webhook and add it again.' } // prettier-ignore
    const { clock, hosts, version, delivery, log } = this.#deps
    const body = JSON.stringify({ type: types[event], timestamp: queuedAt, data })
    const seconds = Math.floor(clock.now().getTime() / 1000)
    const headers = {
      'Content-Type': 'application/json',
      'User-Agent': `Relayscope/${version}`,
      ...signatureFields(key, id, seconds, body),
    }
    const result = await deliver({ url, body, headers }, { hosts: hosts(), signal, ...delivery })
    if (!result.ok) log('debug', 'A webhook was not delivered', { host: URL.parse(url)?.host ?? '', words: result.words }) // prettier-ignore
    return result
  }
}

const types = { message: 'message.received', session: 'session.ended', try: 'webhook.try' } as const

/** Without what a query may hold: people put keys there. */
export function shownUrl(text: string): string {
  const url = URL.parse(text)
  return url === null ? text.slice(0, 100) : `${url.protocol}//${url.host}${url.pathname}`.slice(0, 200)
}
