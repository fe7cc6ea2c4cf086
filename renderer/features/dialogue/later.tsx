/** Owns: parts of a dialogue that are drawn when there is time for it: what a person does in the ladder never waits for them. */
import { memo, useDeferredValue, type ComponentType } from 'react'
import type { Session } from './useSession.ts'

interface Props {
  session: Session
}

/** The same part, drawn in pieces between two frames. It shows what was before until it shows all of what is now. */
export function later(Part: ComponentType<Props>): ComponentType<Props> {
  const Settled = memo(Part)
  return function Later({ session }: Props) {
    return <Settled session={useDeferredValue(session)} />
  }
}
