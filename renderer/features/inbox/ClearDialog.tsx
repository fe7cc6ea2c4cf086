/** Owns: asking before all messages are deleted. The harmless answer has the focus. */
import { useState } from 'react'
import { clearInbox } from '#renderer/flows/inbox.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { countWords } from '#renderer/model/measures.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { useInbox } from './useInbox.ts'

export function ClearDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const services = useServices()
  const total = useInbox((inbox) => inbox.total)
  const [problem, setProblem] = useState<string>()
  const clear = async () => {
    const answer = await clearInbox(services)
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
      title={`Delete ${countWords(total, 'message')}?`}
      onClose={onClose}
      actions={
        <>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the harmless answer has the focus */}
          <Button tone="primary" size="l" autoFocus onPress={onClose}>
            Keep them
          </Button>
          <Button tone="danger" size="l" icon="trash" onPress={() => void clear()}>
            Delete all
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
