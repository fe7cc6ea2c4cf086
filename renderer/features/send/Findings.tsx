/** Owns: the findings of a send: what, how sure, what to do next, and the way to the events that prove it. */
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { besides } from '#renderer/model/composeVerdict.ts'
import { findingTones } from '#renderer/model/findingTones.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { FindingItem } from '#renderer/ui/FindingItem.tsx'
import styles from './Proof.module.css'

type Finding = NonNullable<DialogueResult['findings']>[number]

/** The rest are in the ladder. */
const atMost = 8

export interface FindingsProps {
  session: string
  findings: readonly Finding[]
  /** Sentences of the verdict above. */
  said?: string
}

export function Findings({ session, findings, said = '' }: FindingsProps) {
  const { stores } = useServices()
  if (findings.length === 0) return null
  const open = (seq: number) => {
    stores.view.getState().select(session, seq)
    goTo({ room: 'dialogue', id: session })
  }
  return (
    <section className={styles.list} aria-label="Findings">
      <ul>
        {findings.slice(0, atMost).map(({ code, severity, message, next, evidence, confidence }) => {
          const [words = '', then = ''] = besides({ message, next }, said)
          return (
            <FindingItem
              key={`${code} ${message}`}
              tone={findingTones[severity]}
              message={words}
              next={then}
              confidence={confidence}
              evidence={evidence}
              code={code}
              onOpen={open}
            />
          )
        })}
      </ul>
    </section>
  )
}
