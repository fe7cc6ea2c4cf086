/** Owns: reading the inbox store, and holding the list still while a pointer is over it. */
import { useMemo, useState, type PointerEvent } from 'react'
import { useField } from '#renderer/flows/services.ts'
import { calmList } from '#renderer/model/inbox.ts'
import type { InboxStore } from '#renderer/stores/inbox.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'

export const useInbox = <T>(select: (inbox: InboxStore) => T): T => useField((stores) => stores.inbox, select)

/** The messages to show: those found while there is a search, else all that are loaded. */
export function useListed(): { items: readonly MessageSummary[]; total: number } {
  const items = useInbox((inbox) => inbox.items)
  const total = useInbox((inbox) => inbox.total)
  const found = useInbox((inbox) => (inbox.search.trim() === '' ? null : inbox.found))
  return found ? { items: found.items, total: found.total } : { items, total }
}

export function useCalm(items: readonly MessageSummary[]) {
  const [held, setHeld] = useState<ReadonlySet<string> | null>(null)
  const calm = useMemo(() => calmList(items, held), [items, held])
  const hold = () => setHeld(new Set(items.map(({ id }) => id)))
  return {
    ...calm,
    /** Lets what waits in, and holds what is then shown. */
    letIn: hold,
    pointer: {
      // A finger has no place where it rests.
      onPointerEnter: (event: PointerEvent) => {
        if (event.pointerType !== 'touch') hold()
      },
      onPointerLeave: () => setHeld(null),
    },
  }
}
