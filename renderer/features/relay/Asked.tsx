/** Owns: the forms and questions over the room; one at a time. */
import { useEffect, useRef } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import type { RelayAsks } from '#renderer/stores/relay.ts'
import { ApplyDialog } from './ApplyDialog.tsx'
import { AskAct } from './AskAct.tsx'
import { AskAllow } from './AskAllow.tsx'
import { DeliveryDialog } from './DeliveryDialog.tsx'
import { EntryDialog } from './EntryDialog.tsx'
import { ItemDialog } from './ItemDialog.tsx'
import { ReportsDialog } from './ReportsDialog.tsx'
import { TextDialog } from './TextDialog.tsx'
import { useRelay } from './useRelay.ts'

/** Frames in which a dialog gives the focus back, if it still can. */
const dialogFrames = 3

/** What had the focus may be gone by the answer: the room as it was empty, the acts of an entry that is over. */
function useFocusBack(asks: RelayAsks | null): void {
  const before = useRef(asks)
  useEffect(() => {
    const last = before.current
    before.current = asks
    if (last === null || asks !== null) return undefined
    let frame = 0
    const later = (left: number): number =>
      requestAnimationFrame(() => {
        if (left > 0) frame = later(left - 1)
        else if (document.activeElement === document.body) {
          const queue = last.what === 'act' || last.what === 'allow' ? document.querySelector<HTMLElement>('[role=listbox][aria-label=Queue]') : null
          const place = queue ?? document.querySelector<HTMLElement>('#main')
          place?.focus({ preventScroll: true })
        }
      })
    frame = later(dialogFrames)
    return () => cancelAnimationFrame(frame)
  }, [asks])
} // prettier-ignore

export function Asked() {
  const { stores } = useServices()
  const asks = useRelay((relay) => relay.asks)
  useFocusBack(asks)
  const onClose = () => stores.relay.getState().set({ asks: null })
  if (asks === null) return null
  switch (asks.what) {
    case 'text':
      return <TextDialog onClose={onClose} />
    case 'entry':
      return <EntryDialog key={`${asks.at.kind} ${asks.at.place}`} at={asks.at} onClose={onClose} />
    case 'apply':
      return <ApplyDialog asked={asks} onClose={onClose} />
    case 'delivery':
      return <DeliveryDialog onClose={onClose} />
    case 'reports':
      return <ReportsDialog onClose={onClose} />
    case 'item':
      return <ItemDialog onClose={onClose} />
    case 'allow':
      return <AskAllow asked={asks} onClose={onClose} />
    case 'act':
      return <AskAct asked={asks} onClose={onClose} />
    default:
      return null
  }
}
