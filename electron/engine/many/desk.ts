/**
 * Owns: which message goes when and on which connection: one number for each message, an idle connection before a new
 * one, the rate, pauses that the server asked for. No socket and no clock of its own: time is given in, so that a test
 * can play it.
 */
import { BackOff } from './backOff.ts'
import { TokenBucket } from './tokenBucket.ts'

export interface Job {
  /** From 1. */
  n: number
  /** How often it was begun before. */
  tries: number
}

export interface DeskPorts {
  /** Microseconds. */
  now(): number
  /** Calls `wake` once after so many microseconds; the answer calls that off. */
  after(micros: number, wake: () => void): () => void
  /** Opens a connection for this message. */
  open(job: Job): void
}

export interface DeskOptions {
  messages: number
  connections: number
  rate?: number | undefined
  /**
   * One connection at a time until the first is ready: where a password is wrong, hundreds of attempts at once would
   * lock its account.
   */
  scout?: boolean
}

/** Microseconds of the first pause after a connection that could not be made. */
const firstTrouble = 50_000

export class Desk {
  readonly #ports: DeskPorts
  readonly #options: DeskOptions
  readonly #bucket: TokenBucket | undefined
  readonly #asked = new BackOff()
  readonly #trouble = new BackOff(firstTrouble)
  readonly #again: Job[] = []
  readonly #idle: ((job: Job | null) => void)[] = []
  #issued = 0
  #open = 0
  #inRow = 0
  #stopped = false
  /** A connection has come as far as its first MAIL. */
  #proven: boolean
  #pumping = false
  #alarm: (() => void) | undefined

  constructor(options: DeskOptions, ports: DeskPorts) {
    this.#options = options
    this.#ports = ports
    this.#proven = options.scout !== true
    this.#bucket = options.rate === undefined ? undefined : new TokenBucket(options.rate, ports.now())
  }

  /** Connections that are open or being opened. */
  get open(): number {
    return this.#open
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /** Pauses that the server asked for. */
  get pauses(): number {
    return this.#asked.times
  }

  /** A pause that the server asked for runs now. */
  get pausing(): boolean {
    return !this.#stopped && this.#asked.left(this.#ports.now()) > 0
  }

  /** Messages that were never begun, or wait to be begun again. */
  get waiting(): number {
    return this.#options.messages - this.#issued + this.#again.length
  }

  begin(): void {
    this.#pump()
  }

  /** A connection is free: `give` is called once, with its next message, or null when it is not needed any more. */
  take(give: (job: Job | null) => void): void {
    this.#idle.push(give)
    this.#pump()
  }

  /** The connection that waited here has ended by itself. */
  leave(give: (job: Job | null) => void): void {
    const at = this.#idle.indexOf(give)
    if (at >= 0) this.#idle.splice(at, 1)
  }

  /** This message was not taken up by the server and is to be begun anew. */
  back(job: Job): void {
    this.#again.push({ n: job.n, tries: job.tries + 1 })
    this.#pump()
  }

  /** The first MAIL goes out on a connection. */
  ready(): void {
    if (this.#proven) return
    this.#proven = true
    this.#pump()
  }

  /** The server asks to be left alone for a while. */
  pause(): void {
    this.#asked.ask(this.#ports.now())
  }

  took(): void {
    this.#inRow = 0
    this.#asked.took()
    this.#trouble.took()
  }

  /** A connection is over. `made`: it came as far as SMTP. */
  closed(made: boolean): void {
    this.#open--
    if (made) this.#inRow = 0
    else {
      this.#inRow++
      this.#trouble.ask(this.#ports.now())
      // All that were dialled at once may fail at once; when the next ones do too, nobody is there.
      if (this.#inRow > this.#most + 4) this.stop()
    }
    this.#pump()
  }

  /** Nothing more is begun; idle connections are let go. */
  stop(): void {
    this.#stopped = true
    this.#alarm?.()
    this.#alarm = undefined
    this.#release()
  }

  #pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    while (!this.#stopped && this.waiting > 0 && this.#hasRoom() && this.#mayGo()) this.#issue()
    this.#pumping = false
    if (this.waiting === 0 || this.#stopped) this.#release()
  }

  /** Connections at once. */
  get #most(): number {
    return this.#proven ? this.#options.connections : 1
  }

  #hasRoom(): boolean {
    return this.#idle.length > 0 || this.#open < this.#most
  }

  /** Else the alarm is set for when it may. */
  #mayGo(): boolean {
    const now = this.#ports.now()
    const trouble = this.#idle.length > 0 ? 0 : this.#trouble.left(now)
    const wait = Math.max(this.#asked.left(now), trouble) || (this.#bucket?.take(now) ?? 0)
    if (wait === 0) return true
    this.#alarm?.()
    this.#alarm = this.#ports.after(wait, () => {
      this.#alarm = undefined
      this.#pump()
    })
    return false
  }

  #issue(): void {
    const job = this.#again.shift() ?? { n: ++this.#issued, tries: 0 }
    const give = this.#idle.shift()
    if (give) return give(job)
    this.#open++
    this.#ports.open(job)
  }

  /** A message that comes back opens a connection anew. */
  #release(): void {
    for (const give of this.#idle.splice(0)) give(null)
  }
}
