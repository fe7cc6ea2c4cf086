/** Owns: a run while it goes and when it is over: the answer, how far, how fast, how long each took, what failed. */
import { goTo } from '#renderer/flows/route.ts'
import { phaseWords, shares, shownCount, shownRate } from '#renderer/model/many.ts'
import type { ManyProgress } from '#shared/rpc/contract/many.ts'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { VerdictCard } from '#renderer/ui/VerdictCard.tsx'
import { ManyFailures } from './ManyFailures.tsx'
import styles from './Many.module.css'
import { ManyTimes } from './ManyTimes.tsx'
import { RateLine } from './RateLine.tsx'
import { useMany } from './useMany.ts'

const tones = {
  accepted: 'good',
  'partly-accepted': 'warn',
  rejected: 'bad',
  failed: 'bad',
  stopped: 'neutral',
} as const

export function ManyRun({ onLeave }: { onLeave: () => void }) {
  const progress = useMany((many) => many.progress)
  const result = useMany((many) => many.result)
  const host = useMany((many) => many.host)
  const open = (session: string) => {
    onLeave()
    goTo({ room: 'dialogue', id: session })
  }
  if (progress === null)
    return <p className={styles.lead}>Connecting to {host}. The first figures come in a moment.</p>
  return (
    <>
      {result ? (
        <VerdictCard tone={tones[result.outcome]} title={result.message} live>
          {result.next}
        </VerdictCard>
      ) : (
        <output className={styles.lead}>{phaseWords(progress)}</output>
      )}
      <Figures progress={progress} />
      <div className={styles.columns}>
        <RateLine />
        <ManyTimes connect={progress.connect} latency={progress.latency} />
      </div>
      <ManyFailures failures={progress.failures} onOpen={open} />
      <Kept progress={progress} onOpen={open} />
    </>
  )
}

function Figures({ progress }: { progress: ManyProgress }) {
  const { accepted, rejected, failed, unsent, messages, connections, rate, average, done } = progress
  const parts = shares(progress)
  return (
    <>
      <div
        className={styles.bar}
        // eslint-disable-next-line jsx-a11y/prefer-tag-over-role -- a progress element has one part, this has three
        role="progressbar"
        aria-label="Messages answered"
        aria-valuemin={0}
        aria-valuemax={messages}
        aria-valuenow={messages - unsent}
        aria-valuetext={`${shownCount(messages - unsent)} of ${shownCount(messages)}`}
      >
        <span className={styles.good} style={{ width: `${parts.accepted}%` }} />
        <span className={styles.warn} style={{ width: `${parts.rejected}%` }} />
        <span className={styles.bad} style={{ width: `${parts.failed}%` }} />
      </div>
      <dl className={styles.figures}>
        <Figure name="Accepted" value={shownCount(accepted)} of={`of ${shownCount(messages)}`} />
        <Figure name="Refused" value={shownCount(rejected)} />
        <Figure name="Failed" value={shownCount(failed)} />
        <Figure name={done ? 'Not sent' : 'To go'} value={shownCount(unsent)} />
        <Figure name="A second" value={shownRate(done ? average : rate)} of={done ? 'on average' : 'now'} />
        <Figure
          name="Connections"
          value={shownCount(done ? connections.opened : connections.open)}
          of={done ? 'in all' : 'open'}
        />
      </dl>
    </>
  )
}

function Figure({ name, value, of }: { name: string; value: string; of?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} {of && <small>{of}</small>}
      </dd>
    </div>
  )
}

/** Not a million transcripts: which ones were kept is said. */
function Kept({ progress, onOpen }: { progress: ManyProgress; onOpen: (session: string) => void }) {
  const { kept, connections, done } = progress
  const [first] = kept
  if (!done || first === undefined) return null
  const others =
    connections.opened > kept.length
      ? ` of ${shownCount(connections.opened)} connections: the first ones, one for each doubling, the first of each kind of failure`
      : ''
  return (
    <p className={styles.note}>
      {kept.length === 1 ? 'One dialogue was' : `${kept.length} dialogues were`} recorded{others}.{' '}
      <LinkButton onPress={() => onOpen(first)}>Open the first</LinkButton>
    </p>
  )
}
