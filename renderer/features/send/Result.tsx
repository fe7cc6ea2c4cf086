/** Owns: the sentence that says what came of a send, each recipient with its reply, the findings, and the next step. */
import { useMemo } from 'react'
import { editAgain } from '#renderer/flows/sendAgain.ts'
import { useServices } from '#renderer/flows/services.ts'
import { httpSentences } from '#renderer/model/composeHttp.ts'
import { verdictOf, withheldBecause } from '#renderer/model/composeVerdict.ts'
import { eventsOf, type EventLog } from '#renderer/model/eventLog.ts'
import type { Run } from '#renderer/stores/compose.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { VerdictCard } from '#renderer/ui/VerdictCard.tsx'
import { Findings } from './Findings.tsx'
import styles from './Proof.module.css'
import { Recipients } from './Recipients.tsx'

export function Result({ run, result, log }: { run: Run; result: DialogueResult; log: EventLog }) {
  const services = useServices()
  const verdict = run.http
    ? { ...httpSentences(run.http, run.from), recipients: [], findings: [] }
    : verdictOf(result, run.from, run.purpose)
  const said = [verdict.title, ...verdict.text].join(' ')
  const withheld = useMemo(() => withheldBecause(eventsOf(log)), [log])
  const good = verdict.tone === 'good'
  return (
    <>
      <div className={styles.verdict}>
        <VerdictCard
          tone={verdict.tone}
          title={verdict.title}
          live
          {...(good
            ? {}
            : {
                actions: (
                  <>
                    {withheld && (
                      <Button
                        onPress={() =>
                          services.stores.compose
                            .getState()
                            .set({ consent: withheld, asked: run.purpose ?? 'send' })
                        }
                      >
                        {withheld === 'clear' ? 'Send it in the clear …' : 'Send it anyway …'}
                      </Button>
                    )}
                    <Button icon="edit" onPress={() => editAgain(services)}>
                      Send again, edited
                    </Button>
                  </>
                ),
              })}
        >
          {verdict.text.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </VerdictCard>
      </div>
      <Recipients
        session={run.session}
        recipients={verdict.recipients}
        findings={result.findings ?? []}
        said={said}
      />
      <Findings session={run.session} findings={verdict.findings} said={said} />
    </>
  )
}
