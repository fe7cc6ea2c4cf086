/** Owns: the proof beside the form: how it stands or ended, the seven steps, and the dialogue as it happens. */
import { useEffect, useMemo } from 'react'
import { goTo } from '#renderer/flows/route.ts'
import { compareForm } from '#renderer/flows/versusMessage.ts'
import { stopSending } from '#renderer/flows/send.ts'
import { stopHttp } from '#renderer/flows/sendHttp.ts'
import { useServices, useTranscripts } from '#renderer/flows/services.ts'
import { watchEvents } from '#renderer/flows/transcripts.ts'
import { compactLines } from '#renderer/model/compact.ts'
import { composeSteps, httpSteps, roundTrips, withoutTrials } from '#renderer/model/composeSteps.ts'
import { waitingFor, waitingForAnswer } from '#renderer/model/composeWaiting.ts'
import { emptyLog, eventAt, eventsOf, type EventLog } from '#renderer/model/eventLog.ts'
import { offersIn, serverKey } from '#renderer/model/composeOffers.ts'
import { countWords, msShort } from '#renderer/model/measures.ts'
import type { Run } from '#renderer/stores/compose.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { CompactDialogue } from '#renderer/ui/CompactDialogue.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import styles from './Proof.module.css'
import { ProofFoot } from './ProofFoot.tsx'
import { Result } from './Result.tsx'
import { StepDots } from './StepDots.tsx'
import { useCompose } from './useDraft.ts'
import { Waiting } from './Waiting.tsx'

const nothing = emptyLog()

/** Reads the session's events while it is shown. */
function useLog(session: string): EventLog {
  const services = useServices()
  useEffect(() => watchEvents(services, session), [services, session])
  return useTranscripts((transcripts) => transcripts.logs[session]) ?? nothing
}

function Summary({ log }: { log: EventLog }) {
  const last = eventAt(log, log.length - 1)
  const trips = roundTrips(eventsOf(log))
  if (!last) return null
  const took = msShort(last.at)
  const unit = took.endsWith('s') ? '' : ' ms'
  return (
    <span className={styles.quiet}>
      {countWords(log.length, 'event')}, {took}
      {unit}, {countWords(trips, 'round trip')}
    </span>
  )
}

/** Fewer need no height of their own. */
const fewLines = 8

function Lines({ session, log }: { session: string; log: EventLog }) {
  const services = useServices()
  const { stores } = services
  const lines = useMemo(() => compactLines(eventsOf(log)), [log])
  const open = (seq?: number) => {
    if (seq) stores.view.getState().select(session, seq)
    goTo({ room: 'dialogue', id: session })
  }
  return (
    <>
      <div className={styles.bar}>
        <h2>Dialogue</h2>
        <Summary log={log} />
        <span className={styles.space} />
        <Button tone="quiet" icon="swap" className={styles.small} onPress={() => compareForm(services)}>
          SMTP or HTTP?
        </Button>
        <Button icon="dialogue" className={styles.small} onPress={() => open()}>
          Open in ladder
        </Button>
      </div>
      {lines.length > 0 && (
        <div className={cx(styles.lines, lines.length < fewLines && styles.short)}>
          <CompactDialogue label="Dialogue of this send" lines={lines} onOpen={open} />
        </div>
      )}
    </>
  )
}

function Running({ session, log, http }: { session: string; log: EventLog; http: boolean }) {
  const services = useServices()
  const held = useTranscripts((transcripts) => transcripts.summaries[session]?.state === 'held')
  if (held)
    return (
      <Banner
        tone="info"
        title="Paused."
        action={
          <Button tone="primary" onPress={() => goTo({ room: 'dialogue', id: session })}>
            Step in the ladder
          </Button>
        }
      >
        The next line waits for you.
      </Banner>
    )
  return (
    <Waiting
      wait={(http ? waitingForAnswer : waitingFor)([...withoutTrials(eventsOf(log))].at(-1))}
      since={log.length}
      onStop={() => void (http ? stopHttp : stopSending)(services, session)}
    />
  )
}

/** What the server offered stands beside the switches of the form from then on. */
function useLearnOffers(run: Run, log: EventLog): void {
  const { stores } = useServices()
  const ended = run.result !== null
  useEffect(() => {
    const offers = ended && run.draft ? offersIn(eventsOf(log)) : null
    if (!offers || !run.draft) return
    const { offers: known, set } = stores.compose.getState()
    set({ offers: { ...known, [serverKey(run.draft)]: offers } })
  }, [ended, log, run.draft, stores])
}

function OneSend({ run }: { run: Run }) {
  const log = useLog(run.session)
  const http = run.draft?.way === 'http'
  const steps = useMemo(() => (http ? httpSteps : composeSteps)(eventsOf(log)), [http, log])
  useLearnOffers(run, log)
  return (
    <>
      {run.result ? (
        <Result run={run} result={run.result} log={log} />
      ) : (
        <Running session={run.session} log={log} http={http} />
      )}
      <StepDots steps={steps} />
      <Lines session={run.session} log={log} />
      {run.result && <ProofFoot run={run} />}
    </>
  )
}

export function Proof() {
  const services = useServices()
  const run = useCompose((compose) => compose.run)
  return (
    <section className={styles.proof} aria-label="Proof" data-pane="side">
      {run ? (
        <OneSend key={run.session} run={run} />
      ) : (
        <EmptyState
          icon="dialogue"
          title="The proof appears here"
          actions={
            <Button icon="swap" onPress={() => compareForm(services)}>
              Compare SMTP with an HTTP API
            </Button>
          }
        >
          <p>
            Line by line as the server answers: what was said, how long it took, and who could have read it.
          </p>
        </EmptyState>
      )}
    </section>
  )
}
