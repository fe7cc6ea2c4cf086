/** Owns: one finding in a list: the sentence, what to do next, how sure it is, the events that prove it, and its code. */
import type { EventOf } from '#shared/transcript/event.ts'
import { ConfidenceBars } from './ConfidenceBars.tsx'
import { CopyCode } from './CopyCode.tsx'
import styles from './FindingItem.module.css'
import { LinkButton } from './LinkButton.tsx'
import { type Tone, ToneIcon } from './ToneIcon.tsx'

/** More are in the dialogue. */
const proofs = 4

export interface FindingItemProps extends Pick<EventOf<'finding'>, 'confidence' | 'evidence' | 'code'> {
  tone: Tone
  /** Empty where it stands elsewhere already; `next` too. */
  message: string
  next: string
  /** Opens the dialogue at an event. */
  onOpen: (seq: number) => void
}

export function FindingItem({ tone, message, next, confidence, evidence, code, onOpen }: FindingItemProps) {
  return (
    <li className={styles.finding}>
      <ToneIcon tone={tone} spoken />
      <div>
        {message !== '' && <p>{message}</p>}
        {next !== '' && <p className={styles.next}>{next}</p>}
        <div className={styles.proofs}>
          {confidence !== 'certain' && <ConfidenceBars confidence={confidence} />}
          {evidence.slice(0, proofs).map((seq) => (
            <LinkButton key={seq} onPress={() => onOpen(seq)}>{`Event ${seq}`}</LinkButton>
          ))}
          <CopyCode code={code} />
        </div>
      </div>
    </li>
  )
}
