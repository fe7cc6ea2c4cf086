/** Owns: one named part of the form: its name at the left, its fields at the right. */
import { useId, type ReactNode } from 'react'
import { cx } from '#renderer/ui/cx.ts'
import styles from './Form.module.css'

export interface GroupProps {
  name: string
  children: ReactNode
  /** Under the name, beside it where there is little room. */
  beside?: ReactNode
  /** Takes the height that is left. */
  grow?: boolean
}

export function Group({ name, beside, children, grow }: GroupProps) {
  const id = useId()
  return (
    <section className={cx(styles.group, grow && styles.grow)} aria-labelledby={id}>
      <div className={styles.groupHead}>
        <h2 id={id} className={styles.groupName}>
          {name}
        </h2>
        {beside}
      </div>
      <div className={cx(styles.fields, grow && styles.growFields)}>{children}</div>
    </section>
  )
}
