/** Owns: the findings of a send: what, how sure, what to do next, and the way to the events that prove it. */
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { besides } from '#renderer/model/composeVerdict.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { ConfidenceBars } from '#renderer/ui/ConfidenceBars.tsx'
import { CopyCode } from '#renderer/ui/CopyCode.tsx'
import { ToneIcon, type Tone } from '#renderer/ui/ToneIcon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import styles from './Proof.module.css'

type Finding = NonNullable<DialogueResult['findings']>[number]

const tones: Record<Finding['severity'], Tone> = {
  error: 'bad',
  warning: 'warn',
  info: 'info',
  good: 'good',
}
/** The rest are in the ladder. */
const atMost = 8
const proofs = 4

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
            <ToneIcon tone={tones[severity]} spoken />
            <div>
              <Beside words={besides({ message, next }, said)} />
              <div className={styles.proofs}>
                {confidence !== 'certain' && <ConfidenceBars confidence={confidence} />}
                {evidence.slice(0, proofs).map((seq) => (
                  <LinkButton key={seq} onPress={() => open(seq)}>{`Event ${seq}`}</LinkButton>
                ))}
                <CopyCode code={code} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
