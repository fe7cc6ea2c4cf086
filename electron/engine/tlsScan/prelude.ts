/** Owns: the lines before a ClientHello on a STARTTLS port: greeting, EHLO, STARTTLS (RFC 3207 §4). Bounded by its reader. */
import { ReplyReader } from '#shared/smtp/grammar/replyReader.ts'
import { toByteString } from '#shared/bytes/bytes.ts'

export type PreludeStep = 'banner' | 'ehlo' | 'starttls'

export type PreludeMove =
  { type: 'wait' } | { type: 'say'; text: string } | { type: 'ready' } | { type: 'rejected'; reply: string }

const expected: Record<PreludeStep, number> = { banner: 220, ehlo: 250, starttls: 220 }

export class Prelude {
  readonly #reader = new ReplyReader()
  readonly #ehloName: string
  step: PreludeStep = 'banner'

  constructor(ehloName: string) {
    this.#ehloName = ehloName
  }

  /** What to do after these octets. */
  received(bytes: Uint8Array): PreludeMove {
    this.#reader.push(bytes)
    const reply = this.#reader.next()
    if (!reply) return { type: 'wait' }
    if (reply.reply?.code !== expected[this.step])
      return { type: 'rejected', reply: firstLine(toByteString(reply.raw)) }
    if (this.step === 'starttls') return { type: 'ready' }
    const text = this.step === 'banner' ? `EHLO ${this.#ehloName}\r\n` : 'STARTTLS\r\n'
    this.step = this.step === 'banner' ? 'ehlo' : 'starttls'
    return { type: 'say', text }
  }
}

/** First line of what a server said, cut to what fits a sentence. */
export const firstLine = (said: string): string =>
  (said.slice(0, 400).split(/\r?\n/)[0] ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, 200)
