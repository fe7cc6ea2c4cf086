/** Owns: a question before an act of the relay: the harmless answer has the focus, what went wrong stays in sight. */
import { type ReactNode, useState } from 'react'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button, type ButtonProps } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'

export interface AskDialogProps {
  title: string
  tone: 'info' | 'warn'
  /** The harmless answer, and the act. */
  keep: Pick<ButtonProps, 'tone' | 'children'>
  act: Pick<ButtonProps, 'tone' | 'icon' | 'children'>
  /** What is wrong with it, when it was not done. */
  run: () => Promise<string | undefined>
  onClose: () => void
  children: ReactNode
}

export function AskDialog({ title, tone, keep, act, run, onClose, children }: AskDialogProps) {
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    const said = await run()
    setBusy(false)
    setProblem(said)
    if (said === undefined) onClose()
  }
  return (
    <Dialog
      open
      role="alertdialog"
      tone={tone}
      title={title}
      onClose={onClose}
      actions={
        <>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the harmless answer has the focus */}
          <Button {...keep} size="l" autoFocus onPress={onClose} />
          <Button {...act} size="l" isDisabled={busy} onPress={() => void go()} />
        </>
      }
    >
      {children}
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
    </Dialog>
  )
}
