/** Owns: which form or question about the whole list is open. Not in the list, which a narrow window draws elsewhere. */
import { useServices } from '#renderer/flows/services.ts'
import { ClearDialog } from './ClearDialog.tsx'
import { KeepDialog } from './KeepDialog.tsx'
import { TagsDialog } from './TagsDialog.tsx'
import { useInbox } from './useInbox.ts'

export function ListDialogs() {
  const { stores } = useServices()
  const asks = useInbox((inbox) => inbox.asks)
  const close = () => stores.inbox.getState().set({ asks: null })
  return (
    <>
      <TagsDialog open={asks === 'tags'} onClose={close} />
      <KeepDialog open={asks === 'keep'} onClose={close} />
      <ClearDialog open={asks === 'clear'} onClose={close} />
    </>
  )
}
