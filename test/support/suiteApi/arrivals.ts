/** Owns: a store that only tells of arrivals, when a test says so. */
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'

type Listener = (summaries: MessageSummary[]) => void

export function arrivalStore() {
  const messages: Listener[] = []
  const sessions: Listener[] = []
  return {
    onMessages: (listener: Listener) => void messages.push(listener),
    onSessions: (listener: Listener) => void sessions.push(listener),
    arrive: (...summaries: MessageSummary[]) => messages.forEach((listener) => listener(summaries)),
    refuse: (...summaries: MessageSummary[]) => sessions.forEach((listener) => listener(summaries)),
  }
}
