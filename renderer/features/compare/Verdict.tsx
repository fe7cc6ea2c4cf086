/** Owns: the answer in one sentence, how sure it is, what to do with it; while a probe runs, how far it is instead. */
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { copyProbe, sendOn } from '#renderer/flows/probeActs.ts'
import { useAway, useServices } from '#renderer/flows/services.ts'
import { leadOf, progressWords } from '#renderer/model/probeMatrix.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ConfidenceBars } from '#renderer/ui/ConfidenceBars.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { useCompare, type ShownProbe } from './useCompare.ts'
import styles from './Verdict.module.css'

/** How sure the advice is, or the gravest of what speaks against the server. */
function confidenceOf({ findings, recommendation }: ProbeReport) {
  const found = recommendation
    ? findings.find(({ code }) => code === 'recommended-port')
    : findings.find(({ severity }) => severity === 'error')
  return found?.confidence
}

export function Running({ probe }: { probe: ShownProbe }) {
  const { progress, target, timeout } = probe
  const away = useAway()
  const part = progress && progress.total > 0 ? progress.done / progress.total : 0
  return (
    <section className={styles.card} aria-label="Test under way" aria-busy="true">
      <span className={styles.glyph}>
        <ToneIcon tone="live" size="l" />
      </span>
      <div className={styles.words}>
        <h2 className={styles.sentence}>
          <b>Testing {target}.</b>
        </h2>
        <p className={styles.foot}>
          {away
            ? 'How far it is cannot be known while the engine does not answer. What has come so far stays.'
            : progress
              ? progressWords(progress, { target, timeout })
              : 'It has begun.'}
        </p>
        <progress className={styles.track} aria-label="Tested" value={part} />
      </div>
    </section>
  )
}

export interface VerdictProps {
  report: ProbeReport
  before?: ProbeReport | undefined
  /** Without its buttons, in a narrow place. */
  bare?: boolean
  label?: string
}

function Acts({ report, before }: VerdictProps) {
  const services = useServices()
  const done = useCompare((state) => state.done)
  const { recommendation } = report
  return (
    <div className={styles.acts}>
      <Button size="l" icon="copy" keyHint="C" onPress={() => void copyProbe(services, report, before)}>
        Copy for ticket
      </Button>
      {recommendation && recommendation.tls !== 'opportunistic' && (
        <Button size="l" tone="primary" icon="send" onPress={() => sendOn(services, report)}>
          Send a test on {recommendation.port}
        </Button>
      )}
      <output className={styles.done}>{done}</output>
    </div>
  )
}

export function Verdict({ report, before, bare, label = 'Verdict' }: VerdictProps) {
  const { verdict } = report
  const [lead, more] = leadOf(verdict.message)
  const confidence = confidenceOf(report)
  const toneClass = verdict.tone === 'neutral' ? undefined : styles[verdict.tone]
  return (
    <section className={cx(styles.card, toneClass, bare && styles.bare)} aria-label={label}>
      <span className={styles.glyph}>
        <ToneIcon tone={verdict.tone} size="l" spoken={verdict.tone !== 'neutral'} />
      </span>
      <div className={styles.words}>
        <h2 className={styles.sentence}>
          <b>{lead}</b>
          {more}
        </h2>
        {(confidence || verdict.next) && (
          <p className={styles.foot}>
            {confidence && <ConfidenceBars confidence={confidence} />}
            {verdict.next && <span>{verdict.next}</span>}
          </p>
        )}
      </div>
      {!bare && <Acts report={report} before={before} />}
    </section>
  )
}
