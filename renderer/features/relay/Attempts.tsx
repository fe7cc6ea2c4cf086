/** Owns: the attempts that came, newest first, to look at one. */
import { useState } from 'react'
import { loadOlderAttempts, lookAt, showRefused } from '#renderer/flows/relayAttempts.ts'
import { useServices } from '#renderer/flows/services.ts'
import { spelled } from '#renderer/model/inbox.ts'
import { exactMoment } from '#renderer/model/relayTime.ts'
import type { AttemptRow } from '#renderer/stores/relay.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import styles from './AllRules.module.css'
import { useNow, useRelay } from './useRelay.ts'

interface RowProps {
  row: AttemptRow
  active: boolean
  now: number
  onPick: () => void
}

function Row({ row, active, now, onPick }: RowProps) {
  const { attempt, decision, at, id, port } = row
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and moves with the keys
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold several columns
      role="option"
      id={`attempt-${id}`}
      aria-selected={active}
      className={styles.attempt}
      onClick={onPick}
    >
      <ToneIcon tone={decision.relay ? 'good' : 'bad'} />
      <span className={styles.time}>{exactMoment(at, now)}</span>
      <span className={styles.who}>
        <span className="visuallyHidden">{decision.relay ? 'Relayed, ' : 'Refused, '}</span>
        {attempt.client} <span className={styles.quiet}>to</span> {spelled(attempt.recipient)}
      </span>
      <span className={styles.by}>
        {decision.decidedBy > 0 ? `rule ${decision.decidedBy}, ` : ''}:{port}
      </span>
    </div>
  )
}

function List() {
  const services = useServices()
  const { items, next } = useRelay((relay) => relay.attempts)
  const looked = useRelay((relay) => relay.looked?.row?.id)
  const [problem, setProblem] = useState<string>()
  const now = useNow()
  const look = (index: number) => {
    const row = items[index]
    if (row) void lookAt(services, row)
  }
  const show = (index: number) => {
    look(index)
    services.stores.relay.getState().set({ view: 'why' })
  }
  return (
    <>
      <VirtualList
        label="Attempts, Enter shows why"
        className={styles.list}
        count={items.length}
        estimate={() => 30}
        rowKey={(index) => items[index]?.id ?? index}
        optionId={(index) => `attempt-${items[index]?.id ?? ''}`}
        active={items.findIndex(({ id }) => id === looked)}
        onActive={look}
        onEnter={show}
        render={(index) => {
          const row = items[index]
          return row ? <Row row={row} active={row.id === looked} now={now} onPick={() => show(index)} /> : null
        }}
      />
      {problem && <p className={styles.problem}>{problem}</p>}
      {next !== undefined && (
        <Button tone="quiet" wide onPress={() => void loadOlderAttempts(services).then(setProblem)}>
          Older attempts
        </Button>
      )}
    </>
  )
} // prettier-ignore

/** Few take no more than they need; the style sheet says how much many may take. */
const wholeHeight = (count: number): number => 44 + Math.min(40, Math.max(1, count)) * 32 + 10

export function Attempts() {
  const services = useServices()
  const { items, state, refused } = useRelay((relay) => relay.attempts)
  return (
    <section
      className={styles.attempts}
      style={{ height: wholeHeight(items.length) }}
      aria-label="Attempts that came"
    >
      <div className={styles.bar}>
        <h2>Attempts that came</h2>
        <Switch selected={refused} onChange={(on) => void showRefused(services, on)}>
          Refused only
        </Switch>
      </div>
      {state === 'failed' && <p className={styles.problem}>They could not be read; the list is as it was.</p>}
      {items.length === 0 && state === 'ready' ? (
        <p className={styles.none}>{refused ? 'None was refused.' : 'None yet.'}</p>
      ) : (
        <List />
      )}
    </section>
  )
}
