/** Owns: one sentence about the state of things, with at most one act. */
import type { ReactNode } from 'react'
import styles from './Banner.module.css'
import { cx } from './cx.ts'
import { ToneIcon } from './ToneIcon.tsx'

export interface BannerProps {
  tone: 'info' | 'good' | 'warn' | 'bad' | 'open' | 'sealed'
  title?: string
  children?: ReactNode
  action?: ReactNode
  /** Edge to edge, under the title bar. */
  flush?: boolean
  /** Say it at once (`alert`), when it is quiet (`status`), or not by itself. */
  live?: 'alert' | 'status'
}

export function Banner({ tone, title, children, action, flush, live }: BannerProps) {
  const toneClass = tone === 'info' ? undefined : styles[tone]
  return (
    <div className={cx(styles.banner, toneClass, flush && styles.flush)} role={live}>
      <span className={styles.glyph}>
        <ToneIcon tone={tone} />
      </span>
      <div className={styles.words}>
        {title && <b>{title} </b>}
        {children}
      </div>
      {action}
    </div>
  )
}
