/**
 * Owns: a long list that is drawn some at a time: the first ones, and a press for the next. A thousand rows at once hold the
 * page for a second.
 */
import { useState, type ReactNode } from 'react'
import { LinkButton } from './LinkButton.tsx'

/** The items that are drawn, and the press for `step` more; null when all are. `what` names them, as "parts". */
export function useFirst<T>(
  items: readonly T[],
  step: number,
  what: string,
): { drawn: readonly T[]; more: ReactNode } {
  const [most, setMost] = useState(step)
  const left = items.length - most
  if (left <= 0) return { drawn: items, more: null }
  const next = Math.min(step, left)
  const words = `Show ${next} more of ${items.length.toLocaleString('en-US')} ${what}`
  return {
    drawn: items.slice(0, most),
    more: <LinkButton onPress={() => setMost(most + step)}>{words}</LinkButton>,
  }
}
