/** Owns: telling by the browser of mail that arrives while this window is not in front, where that was chosen. */
import { Arrivals, noticeOf } from '#shared/inbox/arrival.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { goTo } from './route.ts'
import type { Services } from './services.ts'

/** Milliseconds that mail is gathered, so that a flood is one notice. */
const gatherMs = 400

function tell(messages: readonly MessageSummary[]): void {
  const notice = noticeOf(messages)
  if (notice === null || document.hasFocus() || Notification.permission !== 'granted') return
  try {
    const shown = new Notification(notice.title, { body: notice.body, tag: notice.tag })
    shown.addEventListener('click', () => {
      window.focus()
      goTo({ room: 'inbox', id: notice.id ?? '' })
      shown.close()
    })
  } catch {
    // Some browsers have the name and no way to tell from a page; then nothing is told.
  }
}

function follow({ client }: Services): () => void {
  const arrivals = new Arrivals(new Date().toISOString())
  let waiting: MessageSummary[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const changes = client.stream('inbox.changes', {}, {
    batch: ({ events }) => {
      waiting.push(...arrivals.take(events))
      if (waiting.length === 0) return
      timer ??= setTimeout(() => {
        timer = undefined
        tell(waiting)
        waiting = []
      }, gatherMs)
    },
    closed: () => {},
  }) // prettier-ignore
  return () => {
    clearTimeout(timer)
    changes.close()
  }
}

/** Follows the box only while notices are wanted and the page is who tells. Answers with the way to stop. */
export function followArrivals(services: Services): () => void {
  let stop: (() => void) | null = null
  const decide = () => {
    const { choices } = services.stores.choices.getState()
    const wanted = choices?.notify === true && choices.notifiedBy === 'page' && 'Notification' in window
    if (wanted && stop === null) stop = follow(services)
    else if (!wanted && stop !== null) {
      stop()
      stop = null
    }
  }
  decide()
  const leave = services.stores.choices.subscribe(decide)
  return () => {
    leave()
    stop?.()
  }
}
