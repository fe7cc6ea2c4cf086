/** Owns: the rules that were looked at, top to bottom; the one that decided is a card with the reply that the client got. */
import { useState } from 'react'
import { spelled } from '#renderer/model/inbox.ts'
import { resultWords, traceRows, type DecisionOf, type Step } from '#renderer/model/relayTrace.ts'
import { countWords } from '#renderer/model/measures.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { numberColumn } from '#renderer/ui/numberColumn.ts'
import styles from './Trace.module.css'

const glyphs: Record<Step['result'], IconName | null> = {
  'no-match': 'to-server',
  'go-on': 'check',
  decided: 'bad',
  'not-reached': null,
}
const classes: Record<Step['result'], string | undefined> = {
  'no-match': undefined,
  'go-on': styles.onward,
  decided: styles.decided,
  'not-reached': styles.beyond,
}

interface TraceProps {
  decision: DecisionOf
  /** Number of the RCPT in its dialogue; absent for an attempt that was tried. */
  event: number | undefined
  onEvent: (seq: number) => void
}

function StepWords({ step, relay }: { step: Step; relay: boolean }) {
  const { number, rule, compared, result } = step
  const glyph = result === 'decided' && relay ? 'good' : glyphs[result]
  return (
    <>
      <span className={styles.number}>
        <span className="visuallyHidden">Rule </span>
        {number}
      </span>
      <span className={styles.dot}>{glyph && <Icon name={glyph} size={result === 'decided' ? 's' : 'xs'} />}</span>
      <span className={styles.rule}>{spelled(rule)}</span>
      <span className={styles.result}>{resultWords[result]}</span>
      <span className={styles.compared}>{spelled(compared)}</span>
    </>
  )
} // prettier-ignore

function Answer({ decision: { reply, relay }, event, onEvent }: TraceProps) {
  return (
    <div className={styles.answer}>
      <span className="mono">
        {reply ? (
          <>
            <b className={styles.code}>
              {reply.code} {reply.enhanced}
            </b>{' '}
            {reply.text}
          </>
        ) : (
          <b className={styles.code}>{relay ? 'The recipient is taken' : 'No reply'}</b>
        )}
      </span>
      {event !== undefined && (
        <LinkButton onPress={() => onEvent(event)}>
          Event {event} in the dialogue
          <Icon name="to-server" size="xs" />
        </LinkButton>
      )}
    </div>
  )
}

/** With more of them rows stand closer, so that all are seen at once where they can be. */
const mostAtEase = 7

export function Trace(props: TraceProps) {
  const { decision } = props
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set())
  const rows = traceRows(decision.trace, unfolded)
  return (
    <ol
      style={numberColumn(decision.trace.at(-1)?.number ?? 0)}
      className={cx(styles.trace, rows.length > mostAtEase && styles.dense)}
      aria-label="Rules that were looked at"
    >
      {rows.map((row) => {
        if (row.kind === 'fold')
          return (
            <li key={`fold ${row.id}`} className={cx(styles.step, styles.fold, classes[row.result])}>
              <span className={styles.number} />
              <span className={styles.dot} />
              <LinkButton icon="down" onPress={() => setUnfolded(new Set([...unfolded, row.id]))}>
                Rules {row.from} to {row.to}: {countWords(row.count, 'more rule')}, {resultWords[row.result]}
              </LinkButton>
            </li>
          )
        const { step } = row
        if (step.result !== 'decided')
          return (
            <li key={step.number} className={cx(styles.step, classes[step.result])}>
              <StepWords step={step} relay={decision.relay} />
            </li>
          )
        return (
          <li key={step.number} className={cx(styles.card, decision.relay && styles.relayed)} data-decided>
            <div className={cx(styles.step, styles.decided)}>
              <StepWords step={step} relay={decision.relay} />
            </div>
            <Answer {...props} />
          </li>
        )
      })}
    </ol>
  )
}
