/** Owns: the question that must be answered before going on. Escape is always the harmless answer. */
import { useEffect, useRef, type ReactNode } from 'react'
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

/** A button that was pressed and is off while it works has lost the focus: Escape and Tab would then do nothing here. */
function useFocusInside() {
  const inside = useRef<HTMLElement>(null)
  // After each drawing: what was switched off or taken out is known by then, and a frame later who has the focus.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) inside.current?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  })
  return inside
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
  const inside = useFocusInside()
  return (
    <ModalOverlay
      className={styles.scrim ?? ''}
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable={role === 'dialog'}
    >
      <Modal className={cx(styles.modal, wide && styles.wide, wide === 'very' && styles.veryWide)}>
        <AriaDialog ref={inside} role={role} data-asks className={styles.dialog ?? ''}>
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
