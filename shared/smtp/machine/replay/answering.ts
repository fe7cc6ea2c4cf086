/**
 * Owns: the recorded exchange that is being answered: which of its replies are still to be said, and what follows when all
 * are. Saying them is the machine's business.
 */
import { answerSignIn, type SignIn } from './signIn.ts'
import type { Cut, Exchange, RecordedReply } from './types.ts'

/** What comes after the last reply of an exchange. */
export type Next = { cut: Cut } | 'quit' | 'content' | 'secure' | 'go-on'

export class Answering {
  #exchange: Exchange | null = null
  #replies: RecordedReply[] = []
  /** The next of them. */
  #at = 0

  /** `signIn`: what an AUTH asks for. Gives why the answer is another than the recorded one, as a sentence. */
  begin(exchange: Exchange, signIn?: SignIn): string | undefined {
    this.#exchange = exchange
    this.#at = 0
    const answer = exchange.verb === 'AUTH' && signIn ? answerSignIn(exchange, signIn) : exchange
    this.#replies = answer.replies
    return 'differs' in answer ? answer.differs : undefined
  }

  /** The client gave an exchange up with a lone asterisk (RFC 4954 §4). */
  cancel(): void {
    this.#replies = [cancelled]
    this.#at = 0
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
