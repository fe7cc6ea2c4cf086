/**
 * Owns: carrying out a TLS scan: few connections at once, fewer when the server does not like it, an end when it does
 * not let us in any more. A server's limit is told as a limit and never read as "not supported".
 */
import { setTimeout as pause } from 'node:timers/promises'
import { TlsScanner, type Question } from '#shared/tls/scan/scan.ts'
import type { TlsFacts } from '#shared/tls/scan/types.ts'
import type { TlsVersion } from '#shared/tls/versions.ts'
import { exchange, type NotReached, type ScanTarget } from './exchange.ts'

export interface ScanOptions {
  target: ScanTarget
  /** For SNI; undefined for an address. */
  serverName: string | undefined
  versions?: readonly TlsVersion[] | undefined
  /** Connections at once, at most. */
  width?: number | undefined
  signal?: AbortSignal | undefined
  /** Milliseconds before a connection that was turned away is tried again, one after the other. */
  pauses?: readonly number[] | undefined
  /** Told after each answer. */
  onProgress?: ((facts: TlsFacts) => void) | undefined
}

export interface TlsScan {
  facts: TlsFacts
  /** Connections that were made or tried. */
  connections: number
  /** Microseconds. */
  took: number
  /** The server turned connections away (in its words, where it had any), and was asked more slowly. */
  limited?: NotReached | undefined
  /** Why the scan could not be ended; what the facts hold is true, what they lack is unknown. */
  stopped?: NotReached | undefined
}

/** Servers count connections per client: Postfix allows 50 at once, others 10 or fewer. */
const defaultWidth = 4
/** Rates are counted by the minute mostly; longer than this nobody waits in front of a screen. */
const defaultPauses = [200, 1000, 3000]
/** Far more than any server has suites and groups; a hostile one that says yes to all ends here. */
const mostConnections = 600

/** Never rejects. */
export async function scanTls(options: ScanOptions): Promise<TlsScan> {
  return new Running(options).run()
}

class Running {
  readonly #options: ScanOptions
  readonly #scanner: TlsScanner
  #width: number
  #active = 0
  #answered = false
  #connections = 0
  #limited: NotReached | undefined
  #stopped: NotReached | undefined
  #finish: () => void = () => {}

  constructor(options: ScanOptions) {
    this.#options = options
    this.#scanner = new TlsScanner({ serverName: options.serverName, versions: options.versions })
    this.#width = options.width ?? defaultWidth
  }

  async run(): Promise<TlsScan> {
    const began = performance.now()
    await new Promise<void>((resolve) => {
      this.#finish = resolve
      this.#goOn()
    })
    return {
      facts: this.#scanner.facts(),
      connections: this.#connections,
      took: Math.round((performance.now() - began) * 1000),
      limited: this.#limited,
      stopped: this.#stopped,
    }
  }

  #goOn(): void {
    while (!this.#stopped && this.#active < this.#width) {
      const question = this.#scanner.take()
      if (!question) break
      this.#active++
      void this.#put(question)
    }
    if (this.#active === 0) this.#finish()
  }

  async #put(question: Question): Promise<void> {
    const { target, signal, onProgress, pauses = defaultPauses } = this.#options
    for (const wait of [...pauses, 0]) {
      if (this.#stopped) break
      if (++this.#connections > mostConnections) {
        this.#stopped = { kind: 'not-reached', step: 'connect', why: 'cancelled' }
        break
      }
      const result = await exchange(target, question.ask, signal)
      if (result.kind === 'answered') {
        this.#answered = true
        this.#scanner.give(question, result.answer)
        onProgress?.(this.#scanner.facts())
        break
      }
      if (wait === 0 || !this.#mayTryAgain(result)) this.#stopped ??= result
      else await pause(wait, undefined, signal ? { signal } : {}).catch(() => {})
    }
    this.#active--
    this.#goOn()
  }

  /** A server that has answered before and now does not let us in has had enough of us: on, one at a time. */
  #mayTryAgain(result: NotReached): boolean {
    if (result.why === 'cancelled' || !this.#answered) return false
    this.#limited ??= result
    this.#width = 1
    return true
  }
}
