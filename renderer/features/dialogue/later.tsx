/** Owns: parts of a dialogue that are drawn when there is time for it: what a person does in the ladder never waits for them. */
import { memo, startTransition, useEffect, useRef, useState, type ComponentType } from 'react'
import { afterFrame } from '#renderer/flows/frameTurn.ts'
import type { Session } from './useSession.ts'

interface Props {
  session: Session
}

/**
 * The same value, a frame later, and then in pieces. React alone would draw it in the very frame that shows the ladder
 * as soon as a piece of time is left, and the two together take longer than a frame has.
 */
export function useLater<T>(value: T): T {
  const [shown, show] = useState(value)
  const latest = useRef(value)
  const waiting = useRef<() => void>(undefined)
  useEffect(() => {
    latest.current = value
    // One that waits is not put off by the next: a lively dialogue would never be shown.
    if (shown === value) return
    waiting.current ??= afterFrame(() => {
      waiting.current = undefined
      startTransition(() => show(() => latest.current))
    })
  }, [value, shown])
  useEffect(
    () => () => {
      waiting.current?.()
      waiting.current = undefined
    },
    [],
  )
  return shown
}

/** The same part, drawn in pieces between two frames. It shows what was before until it shows all of what is now. */
export function later(Part: ComponentType<Props>): ComponentType<Props> {
  const Settled = memo(Part)
  return function Later({ session }: Props) {
    return <Settled session={useLater(session)} />
  }
}
