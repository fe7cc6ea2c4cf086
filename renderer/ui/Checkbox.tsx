/** Owns: a choice that counts when a form is sent. */
import { Checkbox as AriaCheckbox } from 'react-aria-components'
import { Icon } from './Icon.tsx'
import type { ToggleProps } from './Switch.tsx'
import styles from './Toggle.module.css'

export function Checkbox({ children, selected, onChange, hint, disabled }: ToggleProps) {
  return (
    <AriaCheckbox
      className={styles.row ?? ''}
      isSelected={selected}
      onChange={onChange}
      isDisabled={disabled ?? false}
    >
      <span className={styles.box}>
        <Icon name="check" size="xs" />
      </span>
      <span className={styles.words}>
        <span>{children}</span>
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
    </AriaCheckbox>
  )
}
