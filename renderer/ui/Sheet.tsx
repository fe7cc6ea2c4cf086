/** Owns: a pane that slides over the view from one side, where the window is too narrow to show it beside. */
import type { CSSProperties, ReactNode } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './Sheet.module.css'

export interface SheetProps {
  open: boolean
  label: string
  side: 'left' | 'right'
  onClose: () => void
  children: ReactNode
  /** Pixels; never more than 92 % of the window. */
  width?: number
}

export function Sheet({ open, label, side, onClose, children, width = 368 }: SheetProps) {
  const size: CSSProperties & Record<string, string> = { '--sheet-width': `${width}px` }
  return (
    <ModalOverlay
      className={styles.scrim ?? ''}
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable
    >
      <Modal className={cx(styles.modal, styles[side])} style={size}>
        <Dialog aria-label={label} className={styles.dialog ?? ''}>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
