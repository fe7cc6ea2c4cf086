/** Owns: asking before mail is dropped or returned. The harmless answer has the focus. */
import { useEffect, useState } from 'react'
import { actOnQueue, countOfDomain } from '#renderer/flows/relayQueue.ts'
import { useServices } from '#renderer/flows/services.ts'
import { countWords } from '#renderer/model/measures.ts'
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

/** Of how many entries it speaks now; empty until that is known, and for one entry. */
function useCount(target: ActAsked['target']): string {
  const services = useServices()
  const domain = 'domain' in target ? target.domain : ''
  const [count, setCount] = useState<number | null>(null)
  useEffect(() => {
    if (domain === '') return undefined
    let gone = false
    void countOfDomain(services, domain).then((found) => gone || setCount(found))
    return () => void (gone = true)
  }, [services, domain])
  return count === null ? '' : `${countWords(count, 'entry', 'entries')} of the queue now. `
}

export function AskAct({ asked: { act, target, whom }, onClose }: { asked: ActAsked; onClose: () => void }) {
  const services = useServices()
  const many = 'domain' in target
  const count = useCount(target)
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
      <p>
        {count}
        {about}
      </p>
    </AskDialog>
  )
}
