/** Owns: drawing one icon. Icons are always beside a word or inside a named control, so they are hidden from readers. */
import { cx } from './cx.ts'
import styles from './Icon.module.css'
import { shapes, type IconName } from './shapes.tsx'

export type { IconName } from './shapes.tsx'

export interface IconProps {
  name: IconName
  /** 12, 14, 16 or 20 pixels. */
  size?: 'xs' | 's' | 'm' | 'l'
  className?: string | undefined
}

export function Icon({ name, size = 'm', className }: IconProps) {
  return (
    <svg className={cx(styles.icon, styles[size], className)} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  )
}
