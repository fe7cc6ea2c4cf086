/**
 * Owns: from a name and a type to a result: aliases followed through one answer and, where the server does not follow
 * them, by further questions, with a bound. What an alias leads to is data; it never becomes the name to check against.
 */
import { ask, type Asked } from './ask.ts'
import { isAskable, printable, sameName, type Message } from './message.ts'
import { recordData, shownName } from './records.ts'
import { shownServer } from './server.ts'
import type { DnsResult, DnsServer, QueryOptions, RecordData, RecordType } from './types.ts'

/** As many as the common resolvers follow. */
const maxAliases = 12
/** Records of one answer that are kept. */
const maxRecords = 200

export interface Query<T extends RecordType> extends QueryOptions {
  servers: readonly DnsServer[]
  /** In A-labels; a dot at the end is dropped. */
  name: string
  type: T
}

/** Never rejects. */
export async function query<T extends RecordType>(options: Query<T>): Promise<DnsResult<T>> {
  const began = performance.now()
  const limit = new AbortController()
  const cancel = (): void => limit.abort('cancelled')
  const timer = setTimeout(() => limit.abort('timeout'), options.timeout)
  options.signal?.addEventListener('abort', cancel, { once: true })
  if (options.signal?.aborted) cancel()
  const found = await new Chase(options, limit.signal).run()
  clearTimeout(timer)
  options.signal?.removeEventListener('abort', cancel)
  const cancelled = limit.signal.reason === 'cancelled' && found.outcome === 'timeout'
  return {
    ...found,
    ...(cancelled ? { outcome: 'cancelled' as const } : {}),
    took: Math.round((performance.now() - began) * 1000),
  }
}

type Found<T extends RecordType> = Omit<DnsResult<T>, 'took'>

/** Where one message leads: data, an alias that it does not resolve itself, or an end. */
type Led<T extends RecordType> =
  | { to: 'records'; records: RecordData[T][]; ttl: number }
  | { to: 'alias' }
  | { to: 'nothing' }
  | { to: 'loop' }

class Chase<T extends RecordType> {
  readonly #options: Query<T>
  readonly #signal: AbortSignal
  readonly #aliases: string[] = []
  #sent = 0
  #authentic = true
  #signed = false

  constructor(options: Query<T>, signal: AbortSignal) {
    this.#options = options
    this.#signal = signal
  }

  async run(): Promise<Found<T>> {
    const name = this.#options.name.replace(/\.$/, '')
    if (!isAskable(name)) return this.#found('not-found', undefined, 'No name in DNS can look like this.')
    let target = name
    for (let steps = 0; steps <= maxAliases; steps++) {
      const asked = await this.#ask(target)
      if (asked.kind !== 'answer' || !asked.message) return this.#failed(asked)
      this.#authentic &&= asked.message.authentic
      const led = this.#follow(target, asked.message)
      if (led.to === 'records') return { ...this.#found('answers', asked), records: led.records, ttl: led.ttl }
      if (led.to === 'loop') return this.#found('server-failure', asked, loopWords)
      if (led.to === 'nothing') return this.#found(asked.message.rcode === 3 ? 'not-found' : 'no-data', asked)
      const next = this.#aliases.at(-1) ?? target
      // The server followed the alias as far as it goes, and found nothing there.
      if (asked.message.rcode === 3) return this.#found('not-found', asked)
      if (!isAskable(next)) return this.#found('server-failure', asked, 'It is an alias of what cannot be a name.')
      target = next
    }
    return this.#found('server-failure', undefined, loopWords)
  } // prettier-ignore

  async #ask(name: string): Promise<Asked> {
    const { servers, type, dnssec, unchecked, timeout, retries } = this.#options
    const question = { name, type, dnssec, unchecked, edns: true }
    const asked = await ask({ servers, question, timeout, retries, signal: this.#signal })
    this.#sent += asked.sent
    return asked
  }

  #follow(from: string, { answers }: Message): Led<T> {
    const { type } = this.#options
    this.#signed ||= answers.some((answer) => answer.type === 'RRSIG')
    let target = from
    let moved = false
    for (;;) {
      const here = answers.filter((answer) => sameName(answer.name, target))
      const records = here.flatMap((answer) => recordData(type, answer) ?? []).slice(0, maxRecords)
      const ttls = here.flatMap((answer) => (answer.type === type && 'ttl' in answer ? (answer.ttl ?? 0) : []))
      if (records.length > 0) return { to: 'records', records, ttl: Math.min(...ttls) }
      const alias = here.find((answer) => answer.type === 'CNAME')
      if (!alias || alias.type !== 'CNAME') return moved ? { to: 'alias' } : { to: 'nothing' }
      const next = shownName(alias.data)
      const known = [this.#options.name, ...this.#aliases].some((name) => sameName(name, next))
      if (known || this.#aliases.length >= maxAliases) return { to: 'loop' }
      this.#aliases.push(next)
      target = next
      moved = true
    }
  } // prettier-ignore

  #failed(asked: Asked): Found<T> {
    const { kind, message, code, transport } = asked
    const extended = message?.extended
    const more = extended ? ` (${extended.code}${extended.text === '' ? '' : `, ${extended.text}`})` : ''
    if (kind === 'timeout') return this.#found('timeout', asked)
    if (kind === 'unreachable') {
      if (!asked.server) return this.#found('unreachable', asked, 'This computer has no name server.')
      const over = transport === 'tcp' ? 'Its answer needs TCP, and there: ' : ''
      return this.#found('unreachable', asked, `${over}${code ?? 'no way there'}`)
    }
    if (kind === 'unreadable') return this.#found('server-failure', asked, 'What it answered cannot be read.')
    if (kind === 'refused') {
      const words = message?.referral ? 'It only names other servers.' : `It refuses to answer${more}.`
      return this.#found('refused', asked, words)
    }
    return this.#found('server-failure', asked, `It says ${rcodeName(message?.rcode)}${more}.`)
  }

  #found(outcome: DnsResult<T>['outcome'], asked: Asked | undefined, detail?: string): Found<T> {
    return {
      outcome,
      name: printable(this.#options.name.replace(/\.$/, '')).slice(0, 253),
      type: this.#options.type,
      records: [],
      aliases: this.#aliases,
      authentic: this.#authentic && asked?.kind === 'answer',
      signed: this.#signed,
      server: asked?.server ? shownServer(asked.server) : '',
      transport: asked?.transport ?? 'udp',
      sent: this.#sent,
      ...(detail === undefined ? {} : { detail }),
    }
  }
}

const loopWords = `Its aliases lead in a circle, or further than ${maxAliases} steps.`

const rcodeNames = new Map([[1, 'FORMERR'], [2, 'SERVFAIL'], [4, 'NOTIMP'], [16, 'BADVERS']]) // prettier-ignore
const rcodeName = (rcode = -1): string => rcodeNames.get(rcode) ?? `RCODE ${rcode}`
