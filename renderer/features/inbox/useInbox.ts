/** Owns: reading the inbox store, and holding the list still while somebody points at it or has scrolled it. */
import { useMemo, useState, type PointerEvent, type UIEvent } from 'react'
import { useField } from '#renderer/flows/services.ts'
import { calmList } from '#renderer/model/inbox.ts'
import { isWhole, viewKey } from '#renderer/model/inboxView.ts'
import type { InboxStore } from '#renderer/stores/inbox.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'

export const useInbox = <T>(select: (inbox: InboxStore) => T): T => useField((stores) => stores.inbox, select)

export interface Listed {
  items: readonly MessageSummary[]
  total: number
  more: boolean
  /** A part of the box is looked at. */
  part: boolean
}

/** The rows to show: what was found while a part of the box is looked at, else all that are loaded. */
export function useListed(): Listed {
  const items = useInbox((inbox) => inbox.items)
  const total = useInbox((inbox) => inbox.total)
  const next = useInbox((inbox) => inbox.next)
  const found = useInbox((inbox) => inbox.found)
  const part = useInbox((inbox) => !isWhole(inbox))
  if (part && found) return { items: found.items, total: found.total, more: found.next !== undefined, part }
  return { items, total, more: !part && next !== undefined, part }
}

const idsOf = (items: readonly MessageSummary[]): ReadonlySet<string> => new Set(items.map(({ id }) => id))

/**
 * New rows wait while a pointer is over the list or it is scrolled, because they would move what is looked at. Another
 * search or order is what the person asked for: it is shown at once.
 */
export function useCalm(items: readonly MessageSummary[]) {
  const key = useInbox(viewKey)
  const arrived = useInbox((inbox) => inbox.found?.key)
  const view = `${key} ${arrived ?? ''}`
  const [pointed, setPointed] = useState(false)
  const [scrolled, setScrolled] = useState(false)
  const [held, setHeld] = useState<{ view: string; ids: ReadonlySet<string> } | null>(null)
  const holding = pointed || scrolled
  // Adjusted while drawing, so that no row moves for one frame (https://react.dev/reference/react/useState#storing-information-from-previous-renders).
  if (holding && held?.view !== view) setHeld({ view, ids: idsOf(items) })
  if (!holding && held !== null) setHeld(null)
  const ids = held?.view === view ? held.ids : null
  const calm = useMemo(() => calmList(items, ids), [items, ids])
  return {
    ...calm,
    /** Lets what waits in, and holds what is then shown. */
    letIn: () => setHeld({ view, ids: idsOf(items) }),
    still: {
      // A finger has no place where it rests.
      onPointerEnter: (event: PointerEvent) => {
        if (event.pointerType !== 'touch') setPointed(true)
      },
      onPointerLeave: () => setPointed(false),
      onScrollCapture: (event: UIEvent) => {
        if (event.target instanceof HTMLElement) setScrolled(event.target.scrollTop > 0)
      },
    },
  }
}
