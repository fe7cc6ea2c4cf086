/** Owns: the small explanation of a control. Never the only place where something is said. */
import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { Key } from './Key.tsx'
import styles from './Tooltip.module.css'

export interface TooltipProps {
  text: string
  keyHint?: string | undefined
  /** A focusable control. */
  children: ReactElement
}

export function Tooltip({ text, keyHint, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      {children}
      <AriaTooltip offset={6} className={styles.tip ?? ''}>
        {text}
        {keyHint && <Key>{keyHint}</Key>}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
