/** Owns: a small labelled fact, with an icon or a way to remove it. Colour never stands without its word. */
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import styles from './Chip.module.css'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'

export type ChipTone = 'plain' | 'good' | 'warn' | 'bad' | 'open' | 'sealed' | 'accent'

export interface ChipProps {
  children: ReactNode
  tone?: ChipTone
  icon?: IconName
  /** Wire text. */
  mono?: boolean
  /** No ground and no edge. */
  bare?: boolean
  onRemove?: () => void
  /** Name of the remove button, as "Do not pause before MAIL". */
  removeLabel?: string
}

export function Chip({ children, tone = 'plain', icon, mono, bare, onRemove, removeLabel }: ChipProps) {
  const toneClass = tone === 'plain' ? undefined : styles[tone]
  return (
    <span className={cx(styles.chip, toneClass, mono && styles.mono, bare && styles.bare)}>
      {icon && <Icon name={icon} size="xs" />}
      <span className={styles.text}>{children}</span>
      {onRemove && (
        <Button className={styles.remove ?? ''} aria-label={removeLabel ?? 'Remove'} onPress={onRemove}>
          <Icon name="close" size="xs" />
        </Button>
      )}
    </span>
  )
}
