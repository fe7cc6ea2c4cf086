/** Owns: an act that reads like a link inside a sentence: going to the event that proves it, unfolding a list. */
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { Icon, type IconName } from './Icon.tsx'
import styles from './LinkButton.module.css'

export interface LinkButtonProps {
  children: ReactNode
  icon?: IconName
  /** The whole name, when the shown words say too little by themselves; it holds them. */
  label?: string
  expanded?: boolean
  onPress: () => void
}

export function LinkButton({ children, icon, label, expanded, onPress }: LinkButtonProps) {
  return (
    <Button
      className={styles.link ?? ''}
      onPress={onPress}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
    >
      {icon && <Icon name={icon} size="s" className={styles.icon} />}
      <span className={styles.words}>{children}</span>
    </Button>
  )
}
