/** Owns: why one attempt was decided as it was: the sentence, the attempt, the trace, and what would change it. */
import { useEffect, useRef } from 'react'
import { lookAt } from '#renderer/flows/relayAttempts.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { spelled } from '#renderer/model/inbox.ts'
import { exactMoment } from '#renderer/model/relayTime.ts'
import { attemptChips, verdictParts } from '#renderer/model/relayTrace.ts'
import type { Looked } from '#renderer/stores/relay.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { Suggestions } from './Suggestions.tsx'
import { Trace } from './Trace.tsx'
import { useNow, useRelay } from './useRelay.ts'
import styles from './Why.module.css'

/** Which attempt it is, and the way to the ones beside it. */
function Which({ looked: { row } }: { looked: Looked }) {
  const services = useServices()
  const items = useRelay((relay) => relay.attempts.items)
  const now = useNow()
  const place = row === null ? -1 : items.findIndex(({ id }) => id === row.id)
  const step = (by: number) => () => {
    const next = items[place + by]
    if (next) void lookAt(services, next)
  }
  const newest = items[0]
  return (
    <div className={styles.which}>
      <span>
        {row === null
          ? 'Tried here. Nothing was sent.'
          : `${exactMoment(row.at, now)}, port ${row.port}`}
      </span>
      {row === null && newest && (
        <LinkButton onPress={() => void lookAt(services, newest)}>Back to the newest attempt</LinkButton>
      )}
      {row !== null && place > 0 && newest && (
        <LinkButton onPress={() => void lookAt(services, newest)}>
          {place === 1 ? '1 newer attempt' : `${place.toLocaleString('en-US')} newer attempts`}
        </LinkButton>
      )}
      {row !== null && (
        <span className={styles.steps}>
          <IconButton size="s" icon="left" label="Older attempt" isDisabled={place < 0 || place >= items.length - 1} onPress={step(1)} />
          <IconButton size="s" icon="right" label="Newer attempt" isDisabled={place <= 0} onPress={step(-1)} />
        </span>
      )}
    </div>
  )
} // prettier-ignore

function Line({ looked: { row, attempt } }: { looked: Looked }) {
  const parts: [string, string][] = [
    ['from', attempt.client],
    ...(row?.hello === undefined ? [] : [['as', row.hello] as [string, string]]),
    ['MAIL', attempt.sender === '' ? '<>' : attempt.sender],
    ['RCPT', attempt.recipient],
  ]
  return (
    <dl className={styles.attempt}>
      {parts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd title={spelled(value)}>{spelled(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Where the rules changed meanwhile, what they would say today. */
function Today({ looked: { row, decision, now } }: { looked: Looked }) {
  if (row === null || now === null || now.decision.relay === decision.relay) return null
  return (
    <div className={styles.today}>
      <Banner tone={now.decision.relay ? 'good' : 'warn'}>
        The rules are others by now. {spelled(now.decision.because)}
      </Banner>
    </div>
  )
}

function Verdict({ looked }: { looked: Looked }) {
  const { decision, attempt } = looked
  const { before, cause, after } = verdictParts(spelled(decision.because))
  return (
    <div className={styles.why}>
      <Which looked={looked} />
      <h2 className={styles.verdict}>
        <ToneIcon tone={decision.relay ? 'good' : 'bad'} size="l" />
        <span>
          {before}
          <b>{cause}</b>
          {after}{' '}
          {decision.decidedBy > 0 && <span className={styles.by}>Rule {decision.decidedBy} decided.</span>}
        </span>
      </h2>
      <Line looked={looked} />
      <div className={styles.chips}>
        {attemptChips(attempt, decision.trace).map(({ key, words, tone, icon }) => (
          <Chip key={key} tone={tone} icon={icon}>
            {words}
          </Chip>
        ))}
      </div>
      <Today looked={looked} />
    </div>
  )
}

function Nothing() {
  const state = useRelay((relay) => relay.attempts.state)
  if (state === 'loading') return <div className={styles.nothing} />
  return (
    <div className={styles.nothing}>
      <EmptyState
        icon="relay"
        title={state === 'failed' ? 'The attempts could not be read' : 'No attempt yet'}
      >
        <p>
          {state === 'failed'
            ? 'They are asked for again by themselves.'
            : 'Each recipient that a client asks for appears here with every rule that was looked at. Below you can try one without a client.'}
        </p>
      </EmptyState>
    </div>
  )
}

/** What decided is in sight when another attempt is looked at. */
function useDecidedInSight(looked: Looked | null) {
  const scroll = useRef<HTMLDivElement>(null)
  const of = looked?.attempt
  // What would help takes room below: only then it is known what is in sight.
  const answered = looked?.now !== null
  useEffect(() => {
    if (of === undefined || !answered) return
    scroll.current?.querySelector('[data-decided]')?.scrollIntoView({ block: 'nearest' })
  }, [of, answered])
  return scroll
}

export function Why() {
  const { stores } = useServices()
  const looked = useRelay((relay) => relay.looked)
  const scroll = useDecidedInSight(looked)
  if (looked === null) return <Nothing />
  const { row } = looked
  const open = (seq: number) => {
    if (row === null) return
    stores.view.getState().select(row.session, seq)
    goTo({ room: 'dialogue', id: row.session })
  }
  return (
    <div className={styles.whole}>
      <Verdict looked={looked} />
      <div className={styles.scroll} ref={scroll}>
        <Trace
          key={row?.id ?? 'tried'}
          decision={looked.decision}
          event={row?.seq}
          onEvent={open}
        />
      </div>
      <Suggestions looked={looked} />
    </div>
  )
} // prettier-ignore
