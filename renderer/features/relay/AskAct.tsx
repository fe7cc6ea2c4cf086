/** Owns: asking before mail is dropped or returned. The harmless answer has the focus. */
import { actOnQueue } from '#renderer/flows/relayQueue.ts'
import { useServices } from '#renderer/flows/services.ts'
import type { RelayAsks } from '#renderer/stores/relay.ts'
import { AskDialog } from './AskDialog.tsx'

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
  const { title, act: done, about, icon } = words[act]
  return (
    <AskDialog
      title={`${title} ${whom}?`}
      tone="warn"
      keep={{ tone: 'primary', children: 'Keep it in the queue' }}
      act={{ tone: 'danger', icon, children: done }}
      run={() => actOnQueue(services, act, target)}
      onClose={onClose}
    >
      <p>{about}</p>
    </AskDialog>
  )
}
