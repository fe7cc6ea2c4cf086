/** Owns: reading a request's body into memory, bounded for one request and for all of them together. */
import type { IncomingMessage } from 'node:http'
import type { Refusal } from './answers.ts'

/** Octets of one body; a message of 20 MiB in base64 fits. */
export const mostBody = 32 << 20
/** Octets of all bodies that are being read. */
const mostTogether = 256 << 20

export type ReadBody = { ok: true; body: Buffer } | { ok: false; refusal: Refusal | null }

const tooLarge = (most: number): Refusal => ({
  status: 413,
  message: `The request is larger than ${most} octets, the most that this server takes.`,
})

/** What is known to be too large before any of it is read; null when it may come. */
export function declaredTooLarge(request: IncomingMessage, most = mostBody): Refusal | null {
  return Number(request.headers['content-length'] ?? 0) > most ? tooLarge(most) : null
}

/** Shared by all requests of one server. */
export class Bodies {
  readonly #most: number
  #together = 0

  constructor(most = mostBody) {
    this.#most = most
  }

  /** `refusal` null: the client left before the end. Never rejects. */
  async read(request: IncomingMessage): Promise<ReadBody> {
    const chunks: Buffer[] = []
    let size = 0
    try {
      for await (const chunk of request) {
        if (!Buffer.isBuffer(chunk)) continue
        size += chunk.length
        this.#together += chunk.length
        if (size > this.#most) return { ok: false, refusal: tooLarge(this.#most) }
        if (this.#together > mostTogether) return { ok: false, refusal: crowded }
        chunks.push(chunk)
      }
      return request.complete ? { ok: true, body: Buffer.concat(chunks) } : { ok: false, refusal: null }
    } catch {
      return { ok: false, refusal: null }
    } finally {
      this.#together -= size
    }
  }
}

const crowded: Refusal = {
  status: 429,
  message: 'Too many requests are being read at once; try again in a moment.',
  headers: { 'Retry-After': '1' },
}
