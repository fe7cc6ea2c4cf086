/** Owns: asking before several rows are deleted. The harmless answer has the focus. */
import { countWords } from '#renderer/model/measures.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'

export interface AskRemoveProps {
  open: boolean
  count: number
  /** On the button that deletes. */
  act: string
  problem?: string | undefined
  onClose: () => void
  onRemove: () => void
}

export function AskRemove({ open, count, act, problem, onClose, onRemove }: AskRemoveProps) {
  return (
    <Dialog
      open={open}
      role="alertdialog"
      tone="warn"
      title={`Delete ${countWords(count, 'item')}?`}
      onClose={onClose}
      actions={
        <>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the harmless answer has the focus */}
          <Button tone="primary" size="l" autoFocus onPress={onClose}>
            Keep them
          </Button>
          <Button tone="danger" size="l" icon="trash" onPress={onRemove}>
            {act}
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
