/**
 * Owns: one question brought to an answer: tries one after the other over one or more servers, each heard until the time
 * is over, so that a slow answer to the first try still counts; TCP when an answer is cut; no EDNS for who does not know it.
 */
import type { Exchange, Exchanged } from './exchangeTypes.ts'
import type { Message, Question } from './message.ts'
import { askOverTcp } from './tcp.ts'
import type { DnsServer } from './types.ts'
import { askOverUdp } from './udp.ts'

export interface Asked {
  /** `failed`: the server said that it cannot (SERVFAIL and what else no name has to do with). */
  kind: 'answer' | 'failed' | 'refused' | 'unreadable' | 'unreachable' | 'timeout'
  /** With `answer`, `failed` and `refused`. */
  message?: Message | undefined
  /** The operating system's code, with `unreachable`. */
  code?: string | undefined
  /** Absent when there was no server to ask. */
  server?: DnsServer | undefined
  transport: 'udp' | 'tcp'
  sent: number
}

export interface AskOptions {
  servers: readonly DnsServer[]
  question: Question
  /** Milliseconds until the last try has had its share; `signal` is to abort then. */
  timeout: number
  retries: number
  signal: AbortSignal
}

const rcodes = { noError: 0, formatError: 1, nameError: 3, notImplemented: 4, refused: 5 }

/** Never rejects. The first answer about the name wins; without one, the most telling failure. */
export function ask(options: AskOptions): Promise<Asked> {
  return new Promise((resolve) => {
    if (options.signal.aborted) return resolve({ kind: 'timeout', transport: 'udp', sent: 0 })
    if (options.servers.length === 0) return resolve({ kind: 'unreachable', transport: 'udp', sent: 0 })
    new Asking(options, resolve).begin()
  })
}

/** The more is known, the earlier. */
const telling: readonly Asked['kind'][] = ['failed', 'refused', 'unreadable', 'unreachable', 'timeout']

class Asking {
  readonly #options: AskOptions
  readonly #resolve: (asked: Asked) => void
  readonly #abort = new AbortController()
  readonly #tries: DnsServer[]
  readonly #failures: Omit<Asked, 'sent'>[] = []
  readonly #givenUp = new Set<DnsServer>()
  #running = 0
  #sent = 0
  #next: ReturnType<typeof setTimeout> | undefined
  #over = false

  constructor(options: AskOptions, resolve: (asked: Asked) => void) {
    this.#options = options
    this.#resolve = resolve
    const { servers, retries } = options
    const count = Math.max(retries + 1, servers.length)
    this.#tries = Array.from({ length: count }, (_, i) => servers[i % servers.length]!)
  }

  begin(): void {
    this.#options.signal.addEventListener('abort', this.#stop, { once: true })
    this.#step(this.#options.timeout / this.#tries.length)
  }

  readonly #stop = (): void => this.#end()

  /** Begins the next try; `share` milliseconds later the one after it, or at once when this one fails. */
  #step(share: number): void {
    clearTimeout(this.#next)
    if (this.#over) return
    let server = this.#tries.shift()
    // A server that has said no says it again.
    while (server && this.#givenUp.has(server)) server = this.#tries.shift()
    if (!server) {
      if (this.#running === 0) this.#end()
      return
    }
    if (this.#tries.length > 0) this.#next = setTimeout(() => this.#step(share), share)
    this.#running += 1
    void this.#run(server, share)
  }

  async #run(server: DnsServer, share: number): Promise<void> {
    const result = await this.#try(server)
    this.#running -= 1
    this.#judge(result, share)
  }

  #judge(result: Omit<Asked, 'sent'>, share: number): void {
    if (this.#over) return
    if (result.kind === 'answer') return this.#end(result)
    this.#failures.push(result)
    if (result.server) this.#givenUp.add(result.server)
    this.#step(share)
  }

  async #try(server: DnsServer): Promise<Omit<Asked, 'sent'>> {
    const first = await this.#exchange(server, this.#options.question)
    const code = first.exchanged.kind === 'answer' ? first.exchanged.message.rcode : rcodes.noError
    const plain = code === rcodes.formatError || code === rcodes.notImplemented
    const last = plain
      ? await this.#exchange(server, { ...this.#options.question, edns: false, dnssec: false })
      : first
    return { ...verdict(last.exchanged), server, transport: last.transport }
  }

  async #exchange(
    server: DnsServer,
    question: Question,
  ): Promise<{ exchanged: Exchanged; transport: 'udp' | 'tcp' }> {
    const exchange: Exchange = { server, question, signal: this.#abort.signal }
    this.#sent += 1
    const exchanged = await askOverUdp(exchange)
    if (exchanged.kind !== 'too-large') return { exchanged, transport: 'udp' }
    this.#sent += 1
    return { exchanged: await askOverTcp(exchange), transport: 'tcp' }
  }

  #end(result?: Omit<Asked, 'sent'>): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#next)
    this.#options.signal.removeEventListener('abort', this.#stop)
    this.#abort.abort()
    const failures = telling.flatMap((kind) => this.#failures.filter((failure) => failure.kind === kind))
    const silent = { kind: 'timeout', server: this.#options.servers[0], transport: 'udp' } as const
    this.#resolve({ ...(result ?? failures[0] ?? silent), sent: this.#sent })
  }
}

function verdict(exchanged: Exchanged): Pick<Asked, 'kind' | 'message' | 'code'> {
  if (exchanged.kind === 'unreachable') return exchanged
  if (exchanged.kind === 'over') return { kind: 'timeout' }
  if (exchanged.kind !== 'answer') return { kind: 'unreadable' }
  const { message } = exchanged
  if (message.rcode === rcodes.noError || message.rcode === rcodes.nameError)
    return { kind: message.referral ? 'refused' : 'answer', message }
  return { kind: message.rcode === rcodes.refused ? 'refused' : 'failed', message }
}
