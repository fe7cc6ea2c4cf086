/** Owns: one titled part of a detail, and the short sentence that stands where a part has nothing to show. */
import type { ReactNode } from 'react'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import { ToneIcon, type Tone } from '#renderer/ui/ToneIcon.tsx'
import styles from './Panel.module.css'

export interface PanelProps {
  title: string
  icon?: IconName
  /** A few words at the right of the title. */
  aside?: ReactNode
  children: ReactNode
}

export function Panel({ title, icon, aside, children }: PanelProps) {
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        {icon && <Icon name={icon} size="s" className={styles.icon} />}
        <h3>{title}</h3>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </div>
      {children}
    </div>
  )
}

export function Note({ tone = 'info', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <p className={styles.note}>
      <ToneIcon tone={tone} spoken={tone !== 'info'} />
      <span>{children}</span>
    </p>
  )
}

export interface FactRow {
  name: string
  value: ReactNode
  /** A glyph before the value; the value says the same in words. */
  tone?: Tone
  why?: string | undefined
}

export function Facts({ facts }: { facts: readonly FactRow[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value, tone, why }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span className={styles.value}>
              {tone && tone !== 'info' && <ToneIcon tone={tone} />}
              <span>{value}</span>
            </span>
            {why && <small>{why}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
