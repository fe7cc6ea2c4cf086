/** Owns: the keys of a dialogue: F10, F5, Shift F5, and the single letters E, B, C, X. */
import { useLayoutEffect, useRef } from 'react'
import { act } from '#renderer/flows/dialogue.ts'
import { useServices, type Services } from '#renderer/flows/services.ts'
import { copyForTicket } from '#renderer/flows/share.ts'
import { inField, isAsked, isChoosing } from '#renderer/ui/keyTargets.ts'
import { canMove, isPaused, move, type Move } from './moves.ts'
import type { Session } from './useSession.ts'

/**
 * A click without a pointer is taken for a screen reader's, and the focus moves into what it opens only when nothing on the
 * page moves any more, which in a live dialogue may be never. So a menu is opened as its own key opens it.
 */
function open(button: HTMLElement): void {
  button.focus()
  if (!button.hasAttribute('aria-haspopup')) button.click()
  else button.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true })) // prettier-ignore
}

/** Presses or focuses the control with this name, when it is there. */
function reach(name: string): boolean {
  const found = document.querySelector<HTMLElement>(`[data-key="${name}"] :is(input, button)`)
  if (!found) return false
  if (found instanceof HTMLInputElement) found.focus()
  else open(found)
  return true
}

function moveOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): Move | undefined {
  if (ctrlKey || metaKey || altKey) return undefined
  if (key === 'F9') return shiftKey ? 'first' : 'back'
  if (key === 'F5') return shiftKey ? 'stop' : 'run'
  return key === 'F10' && !shiftKey ? 'step' : undefined
}

/** Answers whether the key was one of a dialogue's. */
export function dialogueKey(event: KeyboardEvent, session: Session, services: Services): boolean {
  const { gate, id } = session
  if (isAsked()) return false
  const send = (action: Parameters<typeof act>[2]) => {
    void act(services, id, action)
    return true
  }
  const asked = moveOf(event)
  if (asked) {
    // F5 would load the page anew, in the middle of a dialogue.
    if (!canMove(session, asked)) return gate !== undefined
    void move(services, session, asked)
    return true
  }
  const { settings } = services.stores
  const letters = settings.getState().singleKeys && !event.ctrlKey && !event.metaKey && !event.altKey
  if (!letters || inField(event.target) || isChoosing()) return false
  if (event.key === 'e') return reach('edit')
  if (event.key === 's' && isPaused(session)) return send({ type: 'skip' })
  if (event.key === 'a' && gate) return send({ type: 'repeat' })
  if (event.key === 'b') return reach('breakpoint')
  if (event.key === 'c') {
    void copyForTicket(services, id)
    return true
  }
  if (event.key !== 'x') return false
  settings.getState().change({ bytes: settings.getState().bytes === 'hex' ? 'text' : 'hex' })
  return true
}

/** Keys act on what is on screen: the session is taken over in the commit that shows it, not some time after its paint. */
export function useDialogueKeys(session: Session): void {
  const services = useServices()
  const shown = useRef(session)
  useLayoutEffect(() => {
    shown.current = session
  })
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && dialogueKey(event, shown.current, services)) event.preventDefault()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [services])
}
