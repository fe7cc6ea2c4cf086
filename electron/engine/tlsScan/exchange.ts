/**
 * Owns: one connection of a TLS scan: connect, for STARTTLS the few lines that lead to it (RFC 3207 §4), one ClientHello
 * of ours, the server's answer in clear, and away. It never makes keys, and it has nothing secret to say.
 */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { fromByteString, toByteString } from '#shared/bytes/bytes.ts'
import { clientHello } from '#shared/tls/clientHello.ts'
import { ServerAnswerReader } from '#shared/tls/serverAnswer.ts'
import type { Answer, Ask } from '#shared/tls/scan/types.ts'
import { firstLine, Prelude, type PreludeStep } from './prelude.ts'

export interface ScanTarget {
  address: string
  port: number
  mode: 'starttls' | 'implicit'
  ehloName: string
  /** Milliseconds for the connection, and again for each wait. */
  timeout: number
}

/** The ClientHello was never answered because it was never reached. */
export interface NotReached {
  kind: 'not-reached'
  step: 'connect' | PreludeStep
  why: 'refused' | 'unreachable' | 'closed' | 'reset' | 'timeout' | 'rejected' | 'cancelled'
  /** What the server said, where it said no: its code and first line. */
  reply?: string | undefined
}

export type Exchanged = { kind: 'answered'; answer: Answer } | NotReached

/** A fatal alert, user_canceled (RFC 8446 §6.1): the server knows that nobody will go on, and need not wait. */
const goodbye = new Uint8Array([21, 3, 1, 0, 2, 2, 90])

/** Never rejects. */
export function exchange(target: ScanTarget, ask: Ask, signal?: AbortSignal): Promise<Exchanged> {
  return new Promise((resolve) => new Exchange(target, ask, signal, resolve))
}

class Exchange {
  readonly #target: ScanTarget
  readonly #ask: Ask
  readonly #resolve: (result: Exchanged) => void
  readonly #signal: AbortSignal | undefined
  readonly #socket: Socket
  readonly #prelude: Prelude
  readonly #reader = new ServerAnswerReader({ wholeFlight: true })
  readonly #abort = (): void => this.#fail('cancelled')
  #step: 'connect' | PreludeStep | 'hello' = 'connect'
  #over = false

  constructor(
    target: ScanTarget,
    ask: Ask,
    signal: AbortSignal | undefined,
    resolve: (result: Exchanged) => void,
  ) {
    this.#target = target
    this.#ask = ask
    this.#resolve = resolve
    this.#signal = signal
    this.#prelude = new Prelude(target.ehloName)
    this.#socket = connect({ host: target.address, port: target.port, noDelay: true })
    this.#socket.setTimeout(target.timeout, () => this.#fail('timeout'))
    this.#socket.on('connect', () => this.#connected())
    this.#socket.on('data', (bytes: Buffer) => this.#received(bytes))
    this.#socket.on('end', () => this.#fail('closed'))
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(whyOf(error.code)))
    this.#socket.on('close', () => this.#fail('closed'))
    signal?.addEventListener('abort', this.#abort, { once: true })
    if (signal?.aborted) this.#abort()
  }

  #connected(): void {
    if (this.#target.mode === 'implicit') this.#sendHello()
    else this.#step = 'banner'
  }

  #received(bytes: Uint8Array): void {
    if (this.#over) return
    if (this.#step === 'hello') return this.#answered(bytes)
    const next = this.#prelude.received(bytes)
    this.#step = this.#prelude.step
    if (next.type === 'say') this.#socket.write(fromByteString(next.text))
    else if (next.type === 'rejected') this.#finish({ ...this.#notReached('rejected'), reply: next.reply })
    // What came behind the 220 in clear is dropped, as RFC 3207 §6 asks; the answer to our hello comes after it.
    else if (next.type === 'ready') this.#sendHello()
  }

  #sendHello(): void {
    this.#step = 'hello'
    this.#socket.write(clientHello({ ...this.#ask, random: randomBytes(32) }))
  }

  #answered(bytes: Uint8Array): void {
    const answer = this.#reader.push(bytes)
    if (!answer) return
    const refusal = answer.kind === 'other' ? refusalInClear(answer.bytes) : undefined
    if (refusal !== undefined) return this.#finish({ ...this.#notReached('rejected'), reply: refusal })
    if (answer.kind === 'hello') this.#socket.write(goodbye)
    this.#finish({ kind: 'answered', answer })
  }

  #fail(why: NotReached['why']): void {
    if (this.#over) return
    if (this.#step !== 'hello' || why === 'cancelled') return this.#finish(this.#notReached(why))
    const said = this.#reader.end()
    const silence = why === 'timeout' ? 'silent' : why === 'reset' ? 'reset' : 'closed'
    this.#finish({ kind: 'answered', answer: said ?? { kind: silence } })
  }

  #notReached(why: NotReached['why']): NotReached {
    const said = why === 'rejected' ? 'banner' : 'connect'
    return { kind: 'not-reached', step: this.#step === 'hello' ? said : this.#step, why }
  }

  #finish(result: Exchanged): void {
    if (this.#over) return
    this.#over = true
    this.#signal?.removeEventListener('abort', this.#abort)
    this.#socket.setTimeout(0)
    // What is still to be written leaves first; nothing is read any more, and a deaf server holds nothing here.
    this.#socket.removeAllListeners('data')
    this.#socket.destroySoon()
    this.#resolve(result)
  }
}

/**
 * A server that has enough of us says so before TLS, in clear: Exim on a port with implicit TLS does. That is no answer to
 * the hello, and no word about what TLS it speaks.
 */
function refusalInClear(bytes: Uint8Array): string | undefined {
  const said = toByteString(bytes)
  return /^[45]\d\d[ -]/.test(said) ? firstLine(said) : undefined
}

function whyOf(code: string | undefined): NotReached['why'] {
  if (code === 'ECONNREFUSED') return 'refused'
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') return 'reset'
  return code === 'ETIMEDOUT' ? 'timeout' : 'unreachable'
}
