/** Owns: asking before mail is dropped or returned. The harmless answer has the focus. */
import { useState } from 'react'
import { actOnQueue } from '#renderer/flows/relayQueue.ts'
import { useServices } from '#renderer/flows/services.ts'
import type { RelayAsks } from '#renderer/stores/relay.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'

export type ActAsked = Extract<RelayAsks, { what: 'act' }>

const words = {
  drop: {
    title: 'Drop',
    act: 'Drop it',
    about:
      'It is forgotten: not delivered, and nobody is told. It cannot be brought back. Its dialogues stay.',
    icon: 'trash',
  },
  bounce: {
    title: 'Return',
    act: 'Return it',
    about: 'It is given up now, and its sender gets a report that says so. It cannot be sent on after that.',
    icon: 'back',
  },
} as const

export function AskAct({ asked: { act, target, whom }, onClose }: { asked: ActAsked; onClose: () => void }) {
  const services = useServices()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { title, act: done, about, icon } = words[act]
  const go = async () => {
    setBusy(true)
    const said = await actOnQueue(services, act, target)
    setBusy(false)
    setProblem(said)
    if (said === undefined) onClose()
  }
  return (
    <Dialog
      open
      role="alertdialog"
      tone="warn"
      title={`${title} ${whom}?`}
      onClose={onClose}
      actions={
        <>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the harmless answer has the focus */}
          <Button tone="primary" size="l" autoFocus onPress={onClose}>
            Keep it in the queue
          </Button>
          <Button tone="danger" size="l" icon={icon} isDisabled={busy} onPress={() => void go()}>
            {done}
          </Button>
        </>
      }
    >
      <p>{about}</p>
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
    </Dialog>
  )
}
