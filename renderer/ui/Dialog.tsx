/** Owns: the question that must be answered before going on. Escape is always the harmless answer. */
import { useEffect, useState, type ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './Dialog.module.css'
import { ToneIcon, type Tone } from './ToneIcon.tsx'

export interface DialogProps {
  open: boolean
  title: string
  onClose: () => void
  children: ReactNode
  /** Buttons; the safe one takes focus by `autoFocus`. */
  actions?: ReactNode
  tone?: Tone
  /** `alertdialog` for a question about something that cannot be taken back. */
  role?: 'dialog' | 'alertdialog'
  /** Room for a form; `very`: for a form and what it makes. */
  wide?: boolean | 'very'
}

/**
 * A button that was pressed and is off while it works has lost the focus: Escape and Tab would then do nothing here. No event
 * tells of it, and a form inside draws itself without the dialog: what was switched off or taken out is watched for, and a
 * frame later it is known who has the focus.
 */
function useFocusInside() {
  const [inside, setInside] = useState<HTMLElement | null>(null)
  useEffect(() => {
    if (inside === null) return undefined
    let frame = 0
    const look = (): void => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        // What is off keeps it until the page is laid out, which comes after this.
        const { activeElement: has } = document
        if (has === null || has === document.body || has.matches(':disabled'))
          inside.focus({ preventScroll: true })
      })
    }
    const watch = new MutationObserver(look)
    watch.observe(inside, { subtree: true, childList: true, attributeFilter: ['disabled'] })
    look()
    return () => {
      watch.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [inside])
  return setInside
}

export function Dialog({
  open,
  title,
  onClose,
  children,
  actions,
  tone,
  role = 'dialog',
  wide,
}: DialogProps) {
  const setInside = useFocusInside()
  return (
    <ModalOverlay
      className={styles.scrim ?? ''}
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable={role === 'dialog'}
    >
      <Modal className={cx(styles.modal, wide && styles.wide, wide === 'very' && styles.veryWide)}>
        <AriaDialog ref={setInside} role={role} data-asks className={styles.dialog ?? ''}>
          <div className={styles.head}>
            {tone && <ToneIcon tone={tone} size="l" />}
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
          </div>
          <div className={styles.body}>{children}</div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
