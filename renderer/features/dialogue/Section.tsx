/** Owns: one titled part of the inspector. */
import type { ReactNode } from 'react'
import styles from './Inspector.module.css'

export function Section({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles.section}>
      <div className={styles.title}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
