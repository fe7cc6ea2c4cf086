/** Owns: the sentence that says what came of a send, and the next step it offers. */
import { useMemo } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { verdictOf, withheldBecause } from '#renderer/model/composeVerdict.ts'
import { eventsOf, type EventLog } from '#renderer/model/eventLog.ts'
import type { Run } from '#renderer/stores/compose.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { VerdictCard } from '#renderer/ui/VerdictCard.tsx'
import styles from './Proof.module.css'

export function Result({ run, result, log }: { run: Run; result: DialogueResult; log: EventLog }) {
  const { stores } = useServices()
  const verdict = verdictOf(result, run.from)
  const withheld = useMemo(() => withheldBecause(eventsOf(log)), [log])
  const ask = withheld && (
    <Button onPress={() => stores.compose.getState().set({ consent: withheld })}>
      {withheld === 'clear' ? 'Send it in the clear …' : 'Send it anyway …'}
    </Button>
  )
  return (
    <div className={styles.verdict}>
      <VerdictCard tone={verdict.tone} title={verdict.title} live {...(ask ? { actions: ask } : {})}>
        {verdict.text.map((text) => (
          <p key={text}>{text}</p>
        ))}
        {verdict.refused.length > 0 && (
          <ul className={styles.refused}>
            {verdict.refused.map(({ address, reply }) => (
              <li key={address}>
                <b>{address}</b> <span className="mono">{reply}</span>
              </li>
            ))}
          </ul>
        )}
      </VerdictCard>
    </div>
  )
}
