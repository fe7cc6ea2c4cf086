/**
 * Owns: waiting for what a search asks for. The waiter stands at a place of the arrivals before it looks at anything, so
 * that nothing can come between looking and waiting. What has only just come is judged by its summary and its octets,
 * not by the index, which is filled later.
 */
import { parseQuery, type QueryTerm } from '#shared/inbox/query.ts'
import { matchSummary, matchText } from '#shared/inbox/match.ts'
import type { MessageDetail, MessageSummary, Shown } from '#shared/rpc/contract/inbox.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { type Arrivals, recipientsKept } from './arrivals.ts'
import { within } from './within.ts'

export interface WaitFor {
  query: string
  show: Shown
  /** Number after which it must have come; null: whatever is in the box will do as well. */
  after: number | null
  /** Milliseconds. */
  timeout: number
}

export type Waited =
  | { found: true; summary: MessageSummary; after: number }
  /** `others`: the last of those that came meanwhile and are not it. */
  | { found: false; after: number; seen: number; others: MessageSummary[] }

const atOnce = 100
const othersTold = 5

export interface WaitDeps {
  client: Pick<RpcClient, 'call'>
  detail: (id: string) => Promise<MessageDetail>
  arrivals: Arrivals
}

/** Rejects with RpcError `bad-argument` for a query that cannot be read, and with the signal's reason. */
export async function waitFor(asked: WaitFor, deps: WaitDeps, signal: AbortSignal): Promise<Waited> {
  const parsed = parseQuery(asked.query)
  if (!parsed.ok) throw new RpcError('bad-argument', parsed.problems.join(' '))
  const looking = new Looking(parsed.terms, asked, deps)
  return within(asked.timeout, signal, async (end) => {
    for (;;) {
      const summary = await looking.go(signal, end)
      if (summary !== null) return { found: true, summary, after: looking.behind }
      signal.throwIfAborted()
      if (end.aborted) return { found: false, after: looking.at, seen: looking.seen, others: looking.others }
      await deps.arrivals.more(looking.at, end)
    }
  })
}

class Looking {
  readonly #terms: readonly QueryTerm[]
  readonly #asked: WaitFor
  readonly #deps: WaitDeps
  /** Number up to which everything has been looked at. */
  at: number
  /** What came and is not it. */
  seen = 0
  others: MessageSummary[] = []
  #box: boolean
  #fromBox = false
  /** Number of the last one when the question came. */
  readonly #asof: number
  /** Number of the last one when its time was over. */
  #stop: number | null = null

  constructor(terms: readonly QueryTerm[], asked: WaitFor, deps: WaitDeps) {
    this.#terms = terms
    this.#asked = asked
    this.#deps = deps
    this.#box = asked.after === null
    this.#asof = asked.after ?? deps.arrivals.last
    // The index may not know the newest yet: they are looked at one by one, and the box for what is older.
    this.at = asked.after ?? Math.max(0, deps.arrivals.last - atOnce)
  }

  /** Where the next one may stand that has not been looked at; behind what was in the box when the question came. */
  get behind(): number {
    return this.#fromBox ? this.#asof : this.at
  }

  /**
   * Null when nothing fits so far. What came within its time is looked at, however long that takes; mail that goes on
   * coming faster than it can be looked at does not keep a wait whose time is over.
   */
  async go(signal: AbortSignal, end: AbortSignal): Promise<MessageSummary | null> {
    if (this.#box) {
      this.#box = false
      const found = await this.#inBox()
      this.#fromBox = found !== null
      if (found !== null) return found
    }
    for (;;) {
      const { first, events } = this.#deps.arrivals.read(this.at, atOnce)
      if (events.length === 0) return null
      for (const [i, row] of events.entries()) {
        signal.throwIfAborted()
        if (end.aborted && this.at >= (this.#stop ??= this.#deps.arrivals.last)) return null
        this.at = first + i
        const summary = await this.#look(row)
        if (summary !== null) return summary
      }
    }
  }

  async #inBox(): Promise<MessageSummary | null> {
    const { query, show } = this.#asked
    const { items } = await this.#deps.client.call('inbox.list', { text: query, show, limit: 10 })
    // What the index does not know yet has no words for it, so that it would pass for one without them.
    if (!this.#terms.some((term) => term.kind === 'words' && term.not)) return items[0] ?? null
    for (const row of items) {
      const now = await this.#now(row)
      if (now !== null) return now
    }
    return null
  }

  async #look(row: MessageSummary): Promise<MessageSummary | null> {
    const { show } = this.#asked
    // Without what a person can change since it came: that is asked of the row as it is now.
    const lasting = this.#terms.filter((term) => term.kind !== 'is')
    // One with very many recipients is shortened here, so that a name that is missing says nothing.
    if (row.rcptTo.length >= recipientsKept || matchSummary(lasting, show, row) !== 'no') {
      const now = await this.#now(row)
      if (now !== null) return now
    }
    if (this.at <= this.#asof) return null
    this.seen++
    this.others = [...this.others, row].slice(-othersTold)
    return null
  }

  /** The row as it is in the box now, if it fits; it may be gone. */
  async #now({ id }: MessageSummary): Promise<MessageSummary | null> {
    try {
      const { headers: _headers, text, textNote: _note, html: _html, parts, problems: _problems, ...row } =
        await this.#deps.detail(id) // prettier-ignore
      const all = `${parts.map(({ name }) => name).join(' ')} ${text}`
      return matchText(this.#terms, this.#asked.show, row, all) ? row : null
    } catch (error) {
      if (error instanceof RpcError && error.code === 'not-found') return null
      throw error
    }
  }
}
