/** Owns: the Send form's values for its fields: reading one, changing one, and its problem. */
import { useField, useServices } from '#renderer/flows/services.ts'
import type { Draft } from '#renderer/model/compose.ts'
import type { FormField } from '#renderer/model/composeFields.ts'
import type { ComposeStore } from '#renderer/stores/compose.ts'

export const useCompose = <T>(select: (compose: ComposeStore) => T): T =>
  useField((stores) => stores.compose, select)

/** The draft, and a way to change some of it; `fields` lose what was wrong with them. */
export function useDraft() {
  const { stores } = useServices()
  const draft = useCompose((compose) => compose.draft)
  const change = (next: Partial<Draft>, ...fields: FormField[]) => {
    const compose = stores.compose.getState()
    compose.change({ ...compose.draft, ...next })
    for (const field of fields) compose.forgetProblem(field)
  }
  return { draft, change }
}

export const useProblem = (field: FormField | 'form'): string | undefined =>
  useCompose((compose) => compose.problems[field])
