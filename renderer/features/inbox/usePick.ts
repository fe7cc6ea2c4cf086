/** Owns: picking several rows of the list by Ctrl and Shift with the pointer or the keys, and saying how many they are. */
import { type KeyboardEvent, type MouseEvent, useEffect } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { type Pick, pickAll, pickedWords, pickStep, pickTo, pickToggle, stillPicked } from '#renderer/model/inboxPick.ts' // prettier-ignore
import { viewKey } from '#renderer/model/inboxView.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { useInbox } from './useInbox.ts'

export interface Picking {
  pick: Pick | null
  onChord: (event: KeyboardEvent) => boolean
  /** True when the click was for picking alone. */
  onPick: (event: MouseEvent, id: string) => boolean
  /** All that the view finds, loaded or not. */
  everything: () => void
  drop: () => void
}

export function usePick(rows: readonly MessageSummary[], open: string, total: number): Picking {
  const { stores } = useServices()
  const view = useInbox(viewKey)
  const state = useInbox((inbox) => inbox.pick)
  const setState = (next: Pick | null) => stores.inbox.getState().set({ pick: next })
  const pick = stillPicked(state, view, rows)
  const at = { view, rows, open, pick }
  const words = pick === null ? '' : pickedWords(pick, total)
  useEffect(() => {
    if (words !== '') stores.view.getState().set({ announcement: words })
  }, [stores, words])
  const byKey = (event: KeyboardEvent): Pick | null | undefined => {
    const command = event.ctrlKey || event.metaKey
    if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'a') return pickAll(at)
    if (!command && event.shiftKey && event.key === 'ArrowDown') return pickStep(at, 1)
    if (!command && event.shiftKey && event.key === 'ArrowUp') return pickStep(at, -1)
    return event.key === 'Escape' && pick !== null ? null : undefined
  }
  return {
    pick,
    onChord: (event) => {
      const next = byKey(event)
      if (next === undefined) return false
      setState(next)
      return true
    },
    onPick: (event, id) => {
      const toggles = event.ctrlKey || event.metaKey
      setState(toggles ? pickToggle(at, id) : event.shiftKey ? pickTo(at, id) : null)
      return toggles || event.shiftKey
    },
    everything: () => pick && setState({ ...pick, everything: true }),
    drop: () => setState(null),
  }
}
