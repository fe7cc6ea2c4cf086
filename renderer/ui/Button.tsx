/** Owns: the button with words. Exactly one primary button belongs in a view. */
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import styles from './Button.module.css'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  children: ReactNode
  tone?: 'default' | 'primary' | 'quiet' | 'danger'
  /** 28 or 34 pixels high. */
  size?: 'm' | 'l'
  icon?: IconName
  /** Shown key, as "Enter". The key itself is handled by whoever owns the view. */
  keyHint?: string
  /** Take the whole width. */
  wide?: boolean
  className?: string | undefined
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  children,
  tone = 'default',
  size = 'm',
  icon,
  keyHint,
  wide,
  className,
  ...rest
}: ButtonProps) {
  const toneClass = tone === 'default' ? undefined : styles[tone]
  return (
    <AriaButton
      {...rest}
      className={cx(styles.button, toneClass, size === 'l' && styles.large, wide && styles.wide, className)}
    >
      {icon && <Icon name={icon} size="s" />}
      {children}
      {keyHint && (
        <span className={styles.key} aria-hidden="true">
          {keyHint}
        </span>
      )}
    </AriaButton>
  )
}
