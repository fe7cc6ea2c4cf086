/**
 * Owns: one leg on one connection: its recipients in one or more transactions, each with what became of it, until none is
 * left or the connection is.
 */
import type { ClientResult } from '#shared/smtp/machine/options.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'
import { has } from '#shared/smtp/grammar/capabilities.ts'
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import type { Order } from '../../dialogue/driverParts.ts'
import type { Store } from '../../store/types.ts'
import type { LegRecipient, RecipientOutcome } from '../types.ts'
import { type GoingSource, openContent } from './content.ts'
import type { Entry } from './entry.ts'
import { type Offer, recipientsAtOnce, refusalBy, type Refusal, transactionFor } from './offer.ts'
import { judgeTransaction } from './outcomes.ts'
import { openOf, tryOf } from './settle.ts'
import { oneLineWords } from './words.ts'

/** A server that takes one recipient at a time is not indulged for ever: the rest waits for the next try. */
const mostTransactions = 50

const contentGone: Refusal = {
  words: '554 5.3.0 The content of the message is no longer in the store',
  code: 554,
  enhanced: '5.3.0',
}

export class Course {
  readonly entry: Entry
  readonly #host: string
  readonly #at: Date
  readonly #seq: number
  readonly #outcomes: RecipientOutcome[] = []
  /** Not decided yet. */
  #left: LegRecipient[]
  #source: GoingSource | null = null
  #dsn = false
  #said = false
  #dotSent = false
  #transactions = 0
  #closing = false

  /** `seq`: of the event that this message begins with. */
  constructor(entry: Entry, host: string, at: Date, seq: number) {
    this.entry = entry
    this.#host = host
    this.#at = at
    this.#seq = seq
    this.#left = openOf(entry.leg)
  }

  /** The next transaction; null where the message cannot go this way, and then all is decided. Rejects with a StoreError. */
  open(store: Pick<Store, 'readContent'>, offer: Offer): Order | null | Promise<Order | null> {
    const source = openContent(this.entry.leg.message, this.entry.bytes, store)
    return source instanceof Promise
      ? source.then((opened) => this.#order(opened, offer))
      : this.#order(source, offer)
  }

  #order(source: GoingSource | null, offer: Offer): Order | null {
    const { message } = this.entry.leg
    const refusal = source === null ? contentGone : refusalBy(offer, message, source, this.#left)
    if (source === null || refusal !== null) {
      this.#decideRest('failed', refusal ?? contentGone)
      return null
    }
    const most = recipientsAtOnce(offer)
    const named = this.#left.length > most ? this.#left.slice(0, most) : this.#left
    this.#source = source
    this.#dsn = has(offer.capabilities, 'DSN')
    this.#said = this.#dotSent = false
    this.#transactions++
    return { content: source, transaction: transactionFor(offer, message, source, named) }
  }

  /** A line is on the wire. Until MAIL is, the machine's result speaks of the message before this one. */
  sent({ verb, kind }: Outgoing): void {
    if (verb === 'MAIL') this.#said = true
    else if (kind === 'body-end') this.#dotSent = true
  }

  /** The transaction is over. True: another is to follow for those that are left. */
  answered(result: ClientResult): boolean {
    const decided = this.#judge(result, null)
    if (this.#left.length === 0) return false
    if (decided > 0 && this.#transactions < mostTransactions) return true
    this.#decideRest('again', {
      words: '452 4.5.3 The server takes fewer recipients at once',
      enhanced: '4.5.3',
    })
    return false
  }

  /** The connection broke. True when the server had said 421. */
  broken(result: ClientResult, words: string): boolean {
    this.#judge(result, words)
    this.#decideRest('again', { words, enhanced: '4.4.2' }, this.#host)
    return this.#closing
  }

  /** The content could not be read. */
  unreadable(error: unknown): void {
    this.#decideRest('again', {
      words: oneLineWords(`The message could not be read: ${String(error)}`),
      enhanced: '4.3.0',
    })
  }

  /** The server has not taken it up: it said nothing, or 421 to the very MAIL. */
  untouched({ mail, recipients }: ClientResult): boolean {
    const silent = mail === null && recipients.every(({ reply }) => reply === null)
    return this.#outcomes.length === 0 && !this.#dotSent && (!this.#said || silent || mail?.code === 421)
  }

  end(more: Pick<LegTry, 'session' | 'sealed'>): { outcomes: readonly RecipientOutcome[]; tried: LegTry } {
    const at = this.#at.toISOString()
    const tried = tryOf(this.#outcomes, { at, ...more, seq: this.#seq, host: this.#host })
    return { outcomes: this.#outcomes, tried }
  }

  /** What is happening now. */
  words({ recipients, final }: ClientResult, how: string): string {
    const { given = 0, size = 0 } = this.#source ?? {}
    if (given > 0 && final === null)
      return given < size ? `Sending the body, ${Math.floor((100 * given) / size)}%` : 'Waiting for the server to take it' // prettier-ignore
    const all = this.#outcomes.length + this.#left.length
    const replied = this.#said ? recipients.filter(({ reply }) => reply !== null).length : 0
    const done = this.#outcomes.length + replied
    return all > 1 ? `Delivering ${how}, ${Math.min(done, all)} of ${all}` : `Delivering ${how}`
  }

  #judge(result: ClientResult, ended: string | null): number {
    if (!this.#said) return 0
    const facts = { host: this.#host, dsn: this.#dsn, dotSent: this.#dotSent, ended }
    const { outcomes, closing } = judgeTransaction(result, facts)
    this.#closing ||= closing
    for (const outcome of outcomes) this.#outcomes.push(outcome)
    if (outcomes.length === this.#left.length) this.#left = []
    else {
      const decided = new Set(outcomes.map(({ address }) => address))
      this.#left = this.#left.filter(({ address }) => !decided.has(address))
    }
    return outcomes.length
  }

  /** `host`: of the server that is behind it; absent: the relay itself decides, and no server has said it. */
  #decideRest(outcome: 'again' | 'failed', refusal: Refusal, host?: string): void {
    const said = host === undefined ? refusal : { ...refusal, host }
    for (const { address } of this.#left) this.#outcomes.push({ address, outcome, ...said })
    this.#left = []
  }
}
