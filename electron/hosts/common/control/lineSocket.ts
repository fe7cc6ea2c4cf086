/** Owns: lines over a socket of this computer, one JSON text in each; bounded in both directions. What is over is told once. */
import type { Socket } from 'node:net'
import { Inlet } from '#shared/rpc/port.ts'
import type { Port } from '#shared/rpc/types.ts'

export interface LineLimits {
  /** Characters of a line that comes in. */
  line: number
  /** Octets that may wait for a peer that does not read. */
  waiting: number
}

/** What comes in, as it is read: no JSON becomes `undefined`. */
function decode(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** A port whose first messages may be taken one by one before anybody listens. Errors of the socket end it. */
export class LineSocket implements Port {
  readonly #socket: Socket
  readonly #limits: LineLimits
  readonly #inlet = new Inlet()
  /** Who waits for the next message, before there is a listener. */
  #next: ((message: unknown) => void) | null = null
  readonly #early: unknown[] = []
  #listening = false
  #rest = ''

  constructor(socket: Socket, limits: LineLimits) {
    this.#socket = socket
    this.#limits = limits
    socket.setEncoding('utf8')
    socket.on('data', (text: unknown) => this.#read(String(text)))
    // `close` follows.
    socket.on('error', () => {})
    socket.on('close', () => this.#end())
  }

  /** The next message; null when it is over. One at a time, and only before `onMessage`. */
  next(): Promise<unknown> {
    if (this.#early.length > 0) return Promise.resolve(this.#early.shift())
    if (this.#inlet.closed) return Promise.resolve(null)
    return new Promise((resolve) => (this.#next = resolve))
  }

  post(message: unknown): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return
    this.#socket.write(`${JSON.stringify(message)}\n`)
    if (this.#socket.writableLength > this.#limits.waiting) this.#socket.destroy()
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listening = true
    for (const message of this.#early.splice(0)) this.#inlet.push(message)
    this.#inlet.onMessage(listener)
  }

  onClose(listener: () => void): void {
    this.#inlet.onClose(listener)
  }

  close(): void {
    this.#end()
    this.#socket.end()
  }

  /** At once, whatever is under way. */
  destroy(): void {
    this.#socket.destroy()
  }

  #read(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n')
    this.#rest = lines.pop() ?? ''
    if ([...lines, this.#rest].some(({ length }) => length > this.#limits.line)) return this.destroy()
    for (const line of lines) this.#take(decode(line))
  }

  #take(message: unknown): void {
    if (this.#listening) return this.#inlet.push(message)
    const next = this.#next
    this.#next = null
    if (next !== null) return next(message)
    this.#early.push(message)
    // Nobody asks two questions before the first is answered.
    if (this.#early.length > 8) this.destroy()
  }

  #end(): void {
    this.#next?.(null)
    this.#next = null
    this.#inlet.end()
  }
}
