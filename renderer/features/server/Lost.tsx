/** Owns: that a user or a token has lost its secret, which was in memory only. */
import type { ReactNode } from 'react'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Room.module.css'

export function Lost({ children }: { children: ReactNode }) {
  return (
    <span className={styles.lost}>
      <ToneIcon tone="warn" />
      {children}
    </span>
  )
}
