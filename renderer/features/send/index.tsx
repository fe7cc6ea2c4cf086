/** Owns: the Send room: the form, and beside it the proof. Where the window is narrow, one of the two at a time. */
import { useEffect, useState } from 'react'
import { send } from '#renderer/flows/send.ts'
import { useServices } from '#renderer/flows/services.ts'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { narrowQueries, useMedia } from '#renderer/ui/useMedia.ts'
import { ConsentDialog } from './ConsentDialog.tsx'
import { Proof } from './Proof.tsx'
import styles from './Room.module.css'
import { SendForm } from './SendForm.tsx'
import { useCompose } from './useDraft.ts'

type Side = 'form' | 'proof'

/** A dialog that fades away is over already. */
const covered = (): boolean =>
  [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].some(
    (dialog) => dialog.closest('[data-exiting]') === null,
  )

/** Ctrl Enter sends from anywhere in the room; Cmd Enter where Ctrl is Cmd. */
function useSendKey() {
  const services = useServices()
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
      // A question or the palette lies over the form: the key is not for this room.
      if (covered()) return
      const { run, starting } = services.stores.compose.getState()
      if (starting || (run !== null && run.result === null)) return
      event.preventDefault()
      // A button that has the focus would take the key for a press.
      event.stopPropagation()
      void send(services)
    }
    // Captured, because controls keep the keys that they are given to themselves.
    window.addEventListener('keydown', pressed, true)
    return () => window.removeEventListener('keydown', pressed, true)
  }, [services])
}

/** The proof comes to the front when a send begins, the form when something in it is wrong. */
function useSide(): [Side, (side: Side) => void] {
  const session = useCompose((compose) => compose.run?.session)
  const attempts = useCompose((compose) => compose.attempts)
  const wrong = useCompose((compose) => Object.keys(compose.problems).length > 0)
  const editing = useCompose((compose) => compose.editing)
  const [seen, setSeen] = useState({ session, attempts, editing })
  const [side, setSide] = useState<Side>('form')
  if (seen.session !== session || seen.attempts !== attempts || seen.editing !== editing) {
    setSeen({ session, attempts, editing })
    if (wrong || editing !== null) setSide('form')
    else if (seen.session !== session) setSide('proof')
  }
  return [side, setSide]
}

export default function SendRoom() {
  useSendKey()
  const narrow = useMedia(narrowQueries.sheetLeft)
  const [side, setSide] = useSide()
  const key = /mac|iphone|ipad/i.test(navigator.userAgent) ? 'Cmd' : 'Ctrl'
  return (
    <div className={styles.room}>
      {narrow && (
        <div className={styles.sides}>
          <Segmented<Side>
            label="Shown"
            hideLabel
            stretch
            value={side}
            options={[
              { value: 'form', label: 'Message' },
              { value: 'proof', label: 'Proof' },
            ]}
            onChange={setSide}
          />
        </div>
      )}
      {(!narrow || side === 'form') && (
        <div className={styles.form} data-pane="center">
          <SendForm commandKey={key} />
        </div>
      )}
      {narrow && side === 'proof' && <h1 className="visuallyHidden">Send a test message</h1>}
      {(!narrow || side === 'proof') && <Proof />}
      <ConsentDialog />
    </div>
  )
}
