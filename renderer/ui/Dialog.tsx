/** Owns: the question that must be answered before going on. Escape is always the harmless answer. */
import type { ReactNode } from 'react'
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
  return (
    <ModalOverlay
      className={styles.scrim ?? ''}
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable={role === 'dialog'}
    >
      <Modal className={cx(styles.modal, wide && styles.wide, wide === 'very' && styles.veryWide)}>
        <AriaDialog role={role} data-asks className={styles.dialog ?? ''}>
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
