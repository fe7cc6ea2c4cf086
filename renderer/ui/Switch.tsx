/** Owns: a setting that acts at once, on or off. */
import type { ReactNode } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components'
import styles from './Toggle.module.css'

export interface ToggleProps {
  children: ReactNode
  selected: boolean
  onChange: (selected: boolean) => void
  hint?: ReactNode
  disabled?: boolean
}

export function Switch({ children, selected, onChange, hint, disabled }: ToggleProps) {
  return (
    <AriaSwitch
      className={styles.row ?? ''}
      isSelected={selected}
      onChange={onChange}
      isDisabled={disabled ?? false}
    >
      <span className={styles.track} />
      <span className={styles.words}>
        <span>{children}</span>
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
    </AriaSwitch>
  )
}
