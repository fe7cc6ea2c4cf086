/** Owns: asking before everything that is looked at is deleted. The harmless answer has the focus. */
import { useState } from 'react'
import { bulkInbox, clearInbox } from '#renderer/flows/inbox.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { countWords } from '#renderer/model/measures.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { useListed } from './useInbox.ts'

export function ClearDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const services = useServices()
  const { total, part } = useListed()
  const [problem, setProblem] = useState<string>()
  const clear = async () => {
    const answer = await (part ? bulkInbox(services, 'remove') : clearInbox(services))
    setProblem(answer)
    if (answer !== undefined) return
    goTo({ room: 'inbox', id: '' })
    onClose()
  }
  return (
    <Dialog
      open={open}
      role="alertdialog"
      tone="warn"
      title={`Delete ${countWords(total, 'item')}?`}
      onClose={onClose}
      actions={
        <>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the harmless answer has the focus */}
          <Button tone="primary" size="l" autoFocus onPress={onClose}>
            Keep them
          </Button>
          <Button tone="danger" size="l" icon="trash" onPress={() => void clear()}>
            Delete {part ? 'what was found' : 'all'}
          </Button>
        </>
      }
    >
      <p>They cannot be brought back. Their dialogues stay.</p>
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
    </Dialog>
  )
}
