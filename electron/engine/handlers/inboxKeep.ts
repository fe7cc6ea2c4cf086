/** Owns: the keep rules of the Inbox as calls, what they removed as changes of both lists, and which messages are being read. */
import type { InboxChange } from '#shared/rpc/contract/inbox.ts'
import type { EventLog } from '#shared/rpc/eventLog.ts'
import type { Handlers, StreamSource } from '#shared/rpc/types.ts'
import type { Store } from '../store/types.ts'
import type { Hub } from '../transcripts/types.ts'

type Names = 'inbox.keep' | 'inbox.keepPreview' | 'inbox.setKeep' | 'inbox.reading'

/** Messages that somebody has open, each as often as it is open. */
class Reading {
  readonly #store: Pick<Store, 'holdMessages'>
  readonly #open = new Map<string, number>()

  constructor(store: Pick<Store, 'holdMessages'>) {
    this.#store = store
  }

  /** Never says anything; what counts is that it is open. */
  source(id: string): StreamSource<Record<string, never>> {
    return {
      read: (after) => ({ first: after + 1, events: [], lost: 0, ended: false }),
      watch: () => {
        this.#count(id, 1)
        let open = true
        return () => {
          if (open) this.#count(id, -1)
          open = false
        }
      },
    }
  }

  #count(id: string, change: 1 | -1): void {
    const count = (this.#open.get(id) ?? 0) + change
    if (count > 0) this.#open.set(id, count)
    else this.#open.delete(id)
    // A store that is closed removes nothing any more.
    this.#store.holdMessages([...this.#open.keys()]).catch(() => {})
  }
}

export function inboxKeepHandlers(
  store: Store,
  hub: Pick<Hub, 'gone'>,
  changes: EventLog<InboxChange>,
): Pick<Handlers, Names> {
  const reading = new Reading(store)
  store.onRemoved((ids, dialogues) => {
    if (ids.length > 0) changes.append({ type: 'gone', ids })
    hub.gone(dialogues)
  })
  return {
    'inbox.keep': () => store.getKeep(),
    'inbox.keepPreview': ({ rules }) => store.previewKeep(rules),
    'inbox.setKeep': async ({ rules }) => {
      await store.setKeep(rules)
      return {}
    },
    'inbox.reading': ({ id }) => reading.source(id),
  }
}
