/**
 * Owns: the recorded exchange that is being answered: which of its replies are still to be said, and what follows when all
 * are. Saying them is the machine's business.
 */
import type { Asked } from './match.ts'
import { answerSignIn, type SignIn } from './signIn.ts'
import type { Cut, Exchange, RecordedReply } from './types.ts'

/** What comes after the last reply of an exchange. */
export type Next = { cut: Cut } | 'quit' | 'content' | 'secure' | 'go-on'

export class Answering {
  #exchange: Exchange | null = null
  #replies: RecordedReply[] = []
  /** The next of them. */
  #at = 0
  /** A recorded sign-in that no client has carried out yet, although one began it. */
  #unspent: Exchange | null = null

  /** `signIn`: what an AUTH asks for. Gives why the answer is another than the recorded one, as a sentence. */
  begin(exchange: Exchange, signIn?: SignIn): string | undefined {
    this.#exchange = exchange
    this.#at = 0
    this.#replies = exchange.replies
    if (exchange.verb !== 'AUTH' || signIn === undefined) return undefined
    const { replies, differs, unspent } = answerSignIn(exchange, signIn)
    this.#replies = replies
    this.#unspent = unspent ? exchange : null
    return differs
  }

  /** What the next AUTH is answered from, where the one before came to nothing: a client tries one mechanism after the other. */
  unspentFor({ verb }: Asked): Exchange | null {
    return verb === 'AUTH' ? this.#unspent : null
  }

  /** The client gave an exchange up with a lone asterisk (RFC 4954 §4). */
  cancel(): void {
    this.#replies = [cancelled]
    this.#at = 0
    // The recorded client gave up too.
    if (this.#exchange?.replies.at(-1)?.code !== cancelled.code) this.#unspent = this.#exchange
  }

  /** The reply to be said now, once; undefined when all are said. */
  take(): RecordedReply | undefined {
    return this.#replies[this.#at++]
  }

  get verb(): string | undefined {
    return this.#exchange?.verb
  }

  /** After this reply, which was said, the client's response is awaited. */
  awaits({ code }: RecordedReply): boolean {
    return code === 334 && this.verb === 'AUTH' && this.#at < this.#replies.length
  }

  next(): Next {
    const { verb, cut, cutAt, replies } = this.#exchange ?? none
    const code = replies.at(-1)?.code
    if (this.#unspent !== null && this.#unspent === this.#exchange) return 'go-on'
    if (cut !== undefined && cutAt === undefined) return { cut }
    if (verb === 'QUIT' && code !== undefined) return 'quit'
    if (verb === 'DATA' && code === 354) return 'content'
    return verb === 'STARTTLS' && code === 220 ? 'secure' : 'go-on'
  }
}

const none: Exchange = { verb: '', sealed: false, replies: [] }

const own = (text: string, code: number): RecordedReply => ({
  bytes: Uint8Array.from(`${text}\r\n`, (char) => char.charCodeAt(0)),
  code,
  wait: 0,
})
const cancelled = own('501 5.7.0 Cancelled', 501)
