/** Owns: the keys that work everywhere. Single letters stay out of fields and can be switched off (WCAG 2.1.4). */
import { useEffect } from 'react'
import { goTo } from '../flows/route.ts'
import { useServices, type Services } from '../flows/services.ts'
import { inField, isAsked } from '../ui/keyTargets.ts'
import { rooms } from './rooms.tsx'

/** Panes in the order of the document; the next after the one that holds the focus. */
export function nextPane(
  panes: readonly HTMLElement[],
  focused: Element | null,
  back: boolean,
): HTMLElement | undefined {
  const at = panes.findIndex((pane) => pane.contains(focused))
  const step = back ? -1 : 1
  return panes[(at + step + panes.length) % panes.length]
}

/** Where a pane is entered, the best place first. */
const entries = [
  '[role=listbox]',
  '[aria-current=page]',
  ':is(input, button):enabled, a[href], [tabindex="0"]',
]
const entryOf = (pane: HTMLElement | undefined) =>
  entries.map((entry) => pane?.querySelector<HTMLElement>(entry)).find((found) => found)

function focusPane(back: boolean): void {
  // A pane that holds others is no stop of its own, and one with nothing to act on is none either.
  const all = [...document.querySelectorAll<HTMLElement>('[data-pane]')]
  const panes = all.filter((pane) => pane.querySelector('[data-pane]') === null && entryOf(pane))
  entryOf(nextPane(panes, document.activeElement, back))?.focus()
}

/** Answers whether the key was one of ours. */
export function globalKey(event: KeyboardEvent, { stores }: Services): boolean {
  const view = stores.view.getState()
  const command = event.ctrlKey || event.metaKey
  if (command && event.key.toLowerCase() === 'k') {
    view.set({ paletteOpen: !view.paletteOpen })
    return true
  }
  if (isAsked()) return false
  if (command && !event.altKey && /^[1-9]$/.test(event.key)) {
    const room = rooms[Number(event.key) - 1]
    if (room) goTo({ room: room.id, id: '' })
    return room !== undefined
  }
  if (event.key === 'F6') {
    focusPane(event.shiftKey)
    return true
  }
  if (command || event.altKey || inField(event.target) || !stores.settings.getState().singleKeys) return false
  if (event.key === '?') {
    view.set({ keysOpen: true })
    return true
  }
  if (event.key === '/') {
    const filter = document.querySelector<HTMLElement>('[data-filter] input')
    filter?.focus()
    return Boolean(filter)
  }
  return false
}

export function useGlobalKeys(): void {
  const services = useServices()
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && globalKey(event, services)) event.preventDefault()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [services])
}
