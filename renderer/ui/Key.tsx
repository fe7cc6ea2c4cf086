/** Owns: the picture of a key. */
import type { ReactNode } from 'react'
import styles from './Key.module.css'

export function Key({ children }: { children: ReactNode }) {
  return <kbd className={styles.key}>{children}</kbd>
}
