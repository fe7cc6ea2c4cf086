/** Owns: the findings of a send: what, how sure, what to do next, and the way to the events that prove it. */
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { besides } from '#renderer/model/composeVerdict.ts'
import { findingTones } from '#renderer/model/findingTones.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { FindingProofs } from '#renderer/ui/FindingProofs.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Proof.module.css'

type Finding = NonNullable<DialogueResult['findings']>[number]

/** The rest are in the ladder. */
const atMost = 8

function Beside({ words: [message = '', next = ''] }: { words: readonly string[] }) {
  return (
    <>
      {message !== '' && <p>{message}</p>}
      {next !== '' && <p className={styles.next}>{next}</p>}
    </>
  )
}

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
        {findings.slice(0, atMost).map(({ code, severity, message, next, evidence, confidence }) => (
          <li key={`${code} ${message}`} className={styles.finding}>
            <ToneIcon tone={findingTones[severity]} spoken />
            <div>
              <Beside words={besides({ message, next }, said)} />
              <FindingProofs
                className={styles.proofs}
                confidence={confidence}
                evidence={evidence}
                code={code}
                onOpen={open}
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
