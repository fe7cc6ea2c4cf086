/** Owns: the button in the head of a dialogue that shows its filter, or ends it. */
import { useServices, useView } from '#renderer/flows/services.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import type { Session } from './useSession.ts'

export function FilterButton({ session: { id, filtered } }: { session: Session }) {
  const { stores } = useServices()
  const open = useView((view) => view.filterOpen) || filtered !== undefined
  const press = () => {
    const { set, setFilter } = stores.view.getState()
    if (open) setFilter(id, null)
    set({ filterOpen: !open })
  }
  return (
    <IconButton
      icon="filter"
      label={open ? 'Clear and close the filter' : 'Find and filter'}
      keyHint={open ? 'Escape' : '/'}
      tone={open ? 'active' : 'framed'}
      onPress={press}
    />
  )
}
