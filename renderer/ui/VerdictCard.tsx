/** Owns: the one sentence that answers, how sure it is, its evidence, and the next step. */
import type { ReactNode } from 'react'
import { ConfidenceBars, type Confidence } from './ConfidenceBars.tsx'
import { cx } from './cx.ts'
import { ToneIcon } from './ToneIcon.tsx'
import styles from './VerdictCard.module.css'

export interface VerdictCardProps {
  tone: 'good' | 'warn' | 'bad' | 'neutral'
  /** A full sentence. */
  title: string
  children?: ReactNode
  confidence?: Confidence
  /** Links to evidence. */
  facts?: ReactNode
  actions?: ReactNode
  /** Announce when it appears. */
  live?: boolean
}

export function VerdictCard({ tone, title, children, confidence, facts, actions, live }: VerdictCardProps) {
  const toneClass = tone === 'neutral' ? undefined : styles[tone]
  return (
    <section className={cx(styles.card, toneClass)} {...(live ? { role: 'status' } : {})}>
      <span className={styles.glyph}>
        <ToneIcon tone={tone} size="l" spoken />
      </span>
      <div className={styles.words}>
        <h2 className={styles.title}>{title}</h2>
        {children && <div className={styles.text}>{children}</div>}
        {(confidence || facts) && (
          <div className={styles.facts}>
            {confidence && <ConfidenceBars confidence={confidence} />}
            {facts}
          </div>
        )}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </section>
  )
}
