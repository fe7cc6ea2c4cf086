/** Owns: asking before mail is dropped or returned. The harmless answer has the focus. */
import { actOnQueue } from '#renderer/flows/relayQueue.ts'
import { useServices } from '#renderer/flows/services.ts'
import type { RelayAsks } from '#renderer/stores/relay.ts'
import { AskDialog } from './AskDialog.tsx'

export type ActAsked = Extract<RelayAsks, { what: 'act' }>

const words = {
  drop: {
    title: 'Drop',
    icon: 'trash',
    one: {
      act: 'Drop it',
      about:
        'It is forgotten: not delivered, and nobody is told. It cannot be brought back. Its dialogues stay.',
    },
    all: {
      act: 'Drop them all',
      about:
        'All of it is forgotten: not delivered, and nobody is told. It cannot be brought back. The dialogues stay.',
    },
  },
  bounce: {
    title: 'Return',
    icon: 'back',
    one: {
      act: 'Return it',
      about:
        'It is given up now, and its sender gets a report that says so. It cannot be sent on after that.',
    },
    all: {
      act: 'Return them all',
      about:
        'All of it is given up now, and each sender gets a report that says so. It cannot be sent on after that.',
    },
  },
} as const

export function AskAct({ asked: { act, target, whom }, onClose }: { asked: ActAsked; onClose: () => void }) {
  const services = useServices()
  const many = 'domain' in target
  const { title, icon, one, all } = words[act]
  const { act: done, about } = many ? all : one
  return (
    <AskDialog
      title={`${title} ${whom}?`}
      tone="warn"
      keep={{ tone: 'primary', children: many ? 'Keep them in the queue' : 'Keep it in the queue' }}
      act={{ tone: 'danger', icon, children: done }}
      run={() => actOnQueue(services, act, target)}
      onClose={onClose}
    >
      <p>{about}</p>
    </AskDialog>
  )
}
