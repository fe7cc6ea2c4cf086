/** Owns: the button that is only an icon. It always has a name, which is also its tooltip. */
import type { Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './IconButton.module.css'
import { Tooltip } from './Tooltip.tsx'

export interface IconButtonProps extends Omit<
  AriaButtonProps,
  'className' | 'style' | 'children' | 'aria-label'
> {
  icon: IconName
  label: string
  /** Shown in the tooltip, as "F10". */
  keyHint?: string
  tone?: 'quiet' | 'framed' | 'active' | 'danger'
  /** 28 or 24 pixels. */
  size?: 'm' | 's'
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ icon, label, keyHint, tone = 'quiet', size = 'm', ...rest }: IconButtonProps) {
  const toneClass = tone === 'quiet' ? undefined : styles[tone]
  return (
    <Tooltip text={label} keyHint={keyHint}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={cx(styles.button, toneClass, size === 's' && styles.small)}
      >
        <Icon name={icon} size={size === 's' ? 's' : 'm'} />
      </AriaButton>
    </Tooltip>
  )
}
