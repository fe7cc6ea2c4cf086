/** Owns: one side of a step: the compact dialogue's lines behind its wall, with the parts marked that differ. */
import type { Difference, Step } from '#shared/transcript/diff/types.ts'
import { replyTexts } from '#shared/transcript/diff/reply.ts'
import { bodyWords, resultWords } from '#shared/transcript/diff/words.ts'
import { timeShort } from '#renderer/model/measures.ts'
import { lineParts, replyTone } from '#renderer/model/wire.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import { TlsCard } from '../TlsCard.tsx'
import { CapabilityMarks } from './CapabilityMarks.tsx'
import styles from './Diff.module.css'

export interface StepCellProps {
  step: Step | undefined
  which: 'left' | 'right'
  differences: readonly Difference[]
  startedAt: string | undefined
  /** This side is the one that Enter opens. */
  chosen: boolean
  onOpen: (() => void) | undefined
}

const codeClass = { good: styles.good, warn: styles.warn, bad: styles.bad, neutral: undefined }

function Line({ icon, children, answer }: { icon: IconName; children: React.ReactNode; answer?: boolean }) {
  return (
    <div className={cx(styles.line, answer && styles.answer)}>
      <Icon name={icon} size="xs" />
      <span className={styles.text}>{children}</span>
    </div>
  )
}

const differs = (differences: readonly Difference[], ...whats: string[]) =>
  differences.some(({ what, weight }) => weight !== 'expected' && whats.includes(what))

function Command({ step, marked }: { step: Step; marked: boolean }) {
  if (!step.command) return null
  const { verb, rest } = lineParts(step.command)
  return (
    <Line icon="to-server">
      <b>{verb}</b> <span className={cx(marked && styles.marked)}>{rest}</span>
      {step.times > 1 && <span className={styles.times}> {step.times.toLocaleString('en-US')} times</span>}
    </Line>
  )
}

function Answer({ step, differences }: { step: Step; differences: readonly Difference[] }) {
  const { reply } = step
  if (!reply) return <Line icon="to-client" answer>{resultWords(step)}</Line> // prettier-ignore
  const tone = replyTone(reply.code)
  const texts = replyTexts(reply)
  return (
    <Line icon="to-client" answer>
      <b className={cx(codeClass[tone], differs(differences, 'reply code') && styles.marked)}>{reply.code}</b>{' '}
      {reply.enhanced && (
        <span className={cx(codeClass[tone], differs(differences, 'enhanced code') && styles.marked)}>
          {reply.enhanced}{' '}
        </span>
      )}
      <span className={cx(differs(differences, 'reply text') && styles.marked)}>{texts[0]}</span>
      {texts.length > 1 && <span className={styles.times}> {texts.length} lines</span>}
    </Line>
  )
}

function EventLine({ step, startedAt }: { step: Step; startedAt: string | undefined }) {
  if (step.event?.kind === 'tls') return <TlsCard event={step.event} startedAt={startedAt} />
  const icons = { resolve: 'search', connect: 'plug', end: 'neutral', tls: 'lock' } as const
  return (
    <div className={cx(styles.line, styles.words)}>
      <Icon name={icons[step.event!.kind]} size="xs" />
      <span className={styles.wrapped}>{resultWords(step)}</span>
    </div>
  )
}

function Lines({ step, differences, which, startedAt }: Omit<StepCellProps, 'step'> & { step: Step }) {
  if (step.event) return <EventLine step={step} startedAt={startedAt} />
  const content = bodyWords(step)
  return (
    <>
      <Command step={step} marked={differs(differences, 'command', 'recipient')} />
      {content && (
        <div className={cx(styles.line, styles.words)}>
          <Icon name="mail" size="xs" />
          <span className={cx(styles.wrapped, differs(differences, 'size') && styles.marked)}>{content}</span>
        </div>
      )}
      <Answer step={step} differences={differences} />
      <CapabilityMarks step={step} which={which} differences={differences} />
    </>
  )
}

export function StepCell(props: StepCellProps) {
  const { step, which, chosen, onOpen } = props
  if (!step)
    return (
      <div className={cx(styles.cell, styles.absent)} data-side={which}>
        <span>not on the {which}</span>
      </div>
    )
  const travels = step.event === undefined
  const wall =
    step.event?.kind === 'tls' ? styles.seam : travels && (step.sealed ? styles.sealed : styles.open)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the list has the focus; its Enter opens the chosen side
    <div
      className={cx(styles.cell, wall, chosen && styles.chosen)}
      data-side={which}
      onClick={onOpen}
      title={`Open event ${step.reply?.seq ?? step.ranges[0]?.[0] ?? 1}, at ${timeShort(step.to)}`}
    >
      <span className={styles.edge} />
      <div className={styles.lines}>
        <Lines {...props} step={step} />
      </div>
    </div>
  )
}
