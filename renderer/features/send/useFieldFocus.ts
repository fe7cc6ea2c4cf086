/** Owns: moving the focus to a field by its name: the first that is wrong after an attempt, or one that was asked for. */
import { useEffect, useRef } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { firstProblem, type FormField } from '#renderer/model/composeFields.ts'
import { useCompose } from './useDraft.ts'

function focusField(within: HTMLElement | null, field: FormField | undefined): boolean {
  const place = field && within?.querySelector(`[data-field="${field}"]`)
  const target =
    place?.querySelector<HTMLElement>('input:not([type=radio], [type=checkbox], [type=file]), textarea') ??
    place?.querySelector<HTMLElement>('input:checked') ??
    // The input of a file button is not drawn: it takes no focus.
    place?.querySelector<HTMLElement>('input:not([type=file]), button')
  target?.focus()
  return Boolean(target)
}

/** Give the answer to the element that has the fields. `late`: it opened because of the attempt, which it has not seen. */
export function useFieldFocus(late = false) {
  const within = useRef<HTMLDivElement>(null)
  const { stores } = useServices()
  const attempts = useCompose((compose) => compose.attempts)
  const editing = useCompose((compose) => compose.editing)
  // What comes to the front with problems in it is an attempt that was not answered yet.
  const seen = useRef(late || firstProblem(stores.compose.getState().problems) ? -1 : attempts)
  useEffect(() => {
    if (seen.current === attempts) return
    seen.current = attempts
    focusField(within.current, firstProblem(stores.compose.getState().problems))
  }, [attempts, stores])
  useEffect(() => {
    // A field of a sheet is found there, as soon as that is open.
    if (editing !== null && focusField(within.current, editing))
      stores.compose.getState().set({ editing: null })
  }, [editing, stores])
  return within
}
