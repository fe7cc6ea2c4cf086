/** Owns: telling by the system of mail that arrives while no window is in front, where that was chosen. */
import { Arrivals, type Notice, noticeOf } from '#shared/inbox/arrival.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { readStream } from './reading.ts'

/** Milliseconds that mail is gathered, so that a flood is one notice. */
const gatherMs = 400

export interface ArrivalOptions {
  handlers: Pick<Handlers, 'inbox.changes' | 'app.choices'>
  now: () => Date
  /** A window is in front: whoever looks at it needs no notice. */
  inFront: () => boolean
  show: (notice: Notice) => void
  gather?: number
}

/** Answers with the way to stop. */
export async function tellArrivals(options: ArrivalOptions): Promise<() => void> {
  const { handlers, now, inFront, show, gather = gatherMs } = options
  const arrivals = new Arrivals(now().toISOString())
  let waiting: MessageSummary[] = []
  let timer: NodeJS.Timeout | undefined
  const tell = async (): Promise<void> => {
    timer = undefined
    const notice = noticeOf(waiting)
    waiting = []
    if (notice === null || inFront()) return
    const { notify } = await handlers['app.choices']({}, AbortSignal.timeout(10_000))
    if (notify) show(notice)
  }
  const stop = readStream(await handlers['inbox.changes']({}), (changes) => {
    waiting.push(...arrivals.take(changes))
    // A store that is being closed answers no more; a notice is not worth a fault.
    if (waiting.length > 0) timer ??= setTimeout(() => void tell().catch(() => {}), gather)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}
