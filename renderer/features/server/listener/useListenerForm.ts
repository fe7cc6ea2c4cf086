/** Owns: a listener while it is edited: its draft, what is wrong with it, and saving it among the others. */
import { useState } from 'react'
import { saveListeners } from '#renderer/flows/server.ts'
import { useServices } from '#renderer/flows/services.ts'
import {
  checkListener,
  configOf,
  draftOf,
  newListener,
  type DraftProblems,
  type ListenerDraft,
} from '#renderer/model/listenerDraft.ts'
import { ruleOf, type ListenerStatus } from '#renderer/model/server.ts'
import type { Absent, PartProps } from './part.ts'

/** Problems of the page's own checks follow what is typed; those of the engine go when their field changes. */
const laid = (own: DraftProblems, told: DraftProblems): DraftProblems => ({ ...told, ...own })

export interface ListenerForm {
  part: PartProps
  /** What was refused and is about no field here. */
  elsewhere: readonly string[]
  /** Counts attempts, so that each one moves the focus to what is wrong. */
  attempts: number
  save: () => Promise<boolean>
}

export function useListenerForm(
  listener: ListenerStatus | null,
  all: readonly ListenerStatus[],
  /** A new one hands on by the relay's rules. */
  relay = false,
): ListenerForm {
  const services = useServices()
  const [draft, set] = useState<ListenerDraft>(() => (listener ? draftOf(listener) : newListener(relay)))
  // The place at which it was opened: what others change meanwhile replaces the objects, not the order.
  const [place] = useState(() => (listener ? all.indexOf(listener) : -1))
  const [attempts, setAttempts] = useState(0)
  const [told, setTold] = useState<DraftProblems>({})
  const [elsewhere, setElsewhere] = useState<readonly string[]>([])
  const others = all.filter((_one, at) => at !== place).map(ruleOf)
  const own = checkListener(draft, others)
  const forget = (fields: readonly string[]) =>
    setTold(({ ...left }) => {
      for (const name of Object.keys(left))
        // A change of the limits is one of each of them.
        if (fields.some((field) => name === field || name.startsWith(`${field}.`)))
          Reflect.deleteProperty(left, name)
      return left
    })
  const change = (next: Partial<ListenerDraft>) => {
    set((before) => ({ ...before, ...next }))
    forget(Object.keys(next))
  }
  const drop = (field: Absent) => {
    set(({ ...left }) => {
      Reflect.deleteProperty(left, field)
      return left
    })
    forget([field])
  }
  const save = async () => {
    setElsewhere([])
    setAttempts(attempts + 1)
    if (Object.keys(own).length > 0) return false
    const config = configOf(draft)
    const listeners =
      place < 0 ? [...others, config] : all.map((one, at) => (at === place ? config : ruleOf(one)))
    const answer = await saveListeners(services, listeners, place < 0 ? others.length : place)
    setTold(answer.fields)
    setElsewhere(answer.elsewhere)
    // What came back has to be shown and focused as well.
    if (!answer.saved) setAttempts(attempts + 2)
    return answer.saved
  }
  return {
    part: { draft, change, drop, problems: attempts > 0 ? laid(own, told) : {} },
    elsewhere,
    attempts,
    save,
  }
}
