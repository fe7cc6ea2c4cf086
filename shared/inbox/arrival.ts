/** Owns: which changes of the Inbox are mail that arrived, and what a notice says of it. Pure; page and desktop share it. */
import type { InboxChange, MessageSummary } from '../rpc/contract/inbox.ts'

export interface Notice {
  title: string
  body: string
  /** The message to go to; absent: to the list. */
  id?: string
  /** A later notice of the same tag takes the place of the earlier one. */
  tag: string
}

/** Ids that were told are kept so long; what is read, starred or tagged afterwards is told as `put` again. */
const keptIds = 2000

/** Remembers what was told, so that each message is told once. `since`: ISO time; what came before it is no news. */
export class Arrivals {
  readonly #since: string
  readonly #told = new Set<string>()

  constructor(since: string) {
    this.#since = since
  }

  /** The new ones among these changes, oldest first. Sessions that left no message are none. */
  take(changes: readonly InboxChange[]): MessageSummary[] {
    const fresh: MessageSummary[] = []
    for (const change of changes) {
      if (change.type !== 'put' || this.#told.has(change.summary.id)) continue
      const { id, unread, receivedAt } = change.summary
      if (!unread || receivedAt < this.#since) continue
      this.#told.add(id)
      fresh.push(change.summary)
    }
    for (const id of this.#told) {
      if (this.#told.size <= keptIds) break
      this.#told.delete(id)
    }
    return fresh
  }
}

/** Control characters and changes of writing direction would let a subject look like something else. */
const shown = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, ' ')
    .trim()
    .slice(0, 120)
    .toWellFormed()

/** Of one message its subject and author, of several the number. Null when there is nothing to tell. */
export function noticeOf(messages: readonly MessageSummary[]): Notice | null {
  const [first] = messages
  if (first === undefined) return null
  if (messages.length > 1) {
    const title = `${messages.length.toLocaleString('en-US')} messages arrived`
    return { title, body: 'They are in the Inbox.', tag: 'many' }
  }
  const { id, subject, from } = first
  return { title: shown(subject) || '(no subject)', body: `From ${shown(from) || 'nobody'}`, id, tag: id }
}
