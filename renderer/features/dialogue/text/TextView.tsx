/** Owns: the Text view: the dialogue as plain text, one line number for each event; selected, filtered and copied like the ladder. */
import { useState, type CSSProperties } from 'react'
import { useServices, useSettings, useView } from '#renderer/flows/services.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { eventAt, eventBySeq, eventsOf, indexOfSeq } from '#renderer/model/eventLog.ts'
import { countWords } from '#renderer/model/measures.ts'
import { copyText } from '#renderer/model/textLines.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import type { Session } from '../useSession.ts'
import { TextRow } from './TextRow.tsx'
import styles from './Text.module.css'

interface Rows {
  count: number
  /** Changes when other events are shown. */
  key: string
  event: (index: number) => TranscriptEvent | undefined
  /** Place of the event, or -1. */
  indexOf: (seq: number) => number
}

/** Every event, or those that the dialogue's filter takes. */
function rowsOf({ id, log, filtered }: Session): Rows {
  if (!filtered?.filter.only)
    return {
      count: log.length,
      key: id,
      event: (index) => eventAt(log, index),
      indexOf: (seq) => indexOfSeq(log, seq),
    }
  const indexOf = (seq: number) => {
    const at = filtered.lastUpTo(seq)
    return at >= 0 && filtered.seq(at) === seq ? at : -1
  }
  const event = (index: number) =>
    index < filtered.matches ? eventBySeq(log, filtered.seq(index)) : undefined
  return { count: filtered.matches, key: `${id} ${JSON.stringify(filtered.filter)}`, event, indexOf }
}

function* matches({ log, filtered }: Session): Generator<TranscriptEvent> {
  for (let index = 0; index < (filtered?.matches ?? 0); index++) {
    const event = eventBySeq(log, filtered!.seq(index))
    if (event) yield event
  }
}

function Bar({ session, count }: { session: Session; count: number }) {
  const { stores } = useServices()
  const asked = useView((view) => view.textTimes)
  // A text without times has none to copy: a column of zeros would be a claim.
  const timed = session.summary?.times !== 'none'
  const [said, setSaid] = useState('')
  const copy = async () => {
    const { text, whole } = copyText(
      session.filtered?.filter.only ? matches(session) : eventsOf(session.log),
      asked && timed,
    )
    try {
      await navigator.clipboard.writeText(text)
      setSaid(whole ? 'Copied.' : 'The first 8 MB are copied; export the case file for the rest.')
    } catch {
      setSaid('The clipboard is not allowed here.')
    }
  }
  return (
    <div className={styles.bar}>
      <span>{countWords(count, 'event')}</span>
      <output>{said}</output>
      {timed && (
        <Checkbox selected={asked} onChange={(textTimes) => stores.view.getState().set({ textTimes })}>
          Times
        </Checkbox>
      )}
      <Button icon="copy" onPress={() => void copy()}>
        Copy text
      </Button>
    </div>
  )
}

/** Room for the longest number. */
const wide = (digits: number): CSSProperties & Record<'--digits', string> => ({
  '--digits': `${Math.max(3, digits)}ch`,
})

export function TextView({ session }: { session: Session }) {
  const { id, log, cursor, live } = session
  const { stores } = useServices()
  const follow = useView((view) => view.following[id]) ?? true
  const times = useView((view) => view.textTimes)
  const letters = useSettings((settings) => settings.singleKeys)
  const { count, key, event, indexOf } = rowsOf(session)
  const actions = stores.view.getState()
  const active = indexOf(cursor)
  const select = (index: number) => {
    const seq = event(index)?.seq
    if (seq === undefined) return
    actions.select(id, seq)
    if (live) actions.follow(id, seq === eventAt(log, log.length - 1)?.seq)
  }
  const digits = String(eventAt(log, log.length - 1)?.seq ?? 1).length
  return (
    <div className={styles.view} style={wide(digits)}>
      <Bar session={session} count={count} />
      {count === 0 ? (
        <EmptyState icon="filter" title="No line matches">
          Change the filter to see the dialogue.
        </EmptyState>
      ) : (
        <VirtualList
          label="Dialogue as text"
          className={styles.lines}
          count={count}
          settled={count}
          resetKey={`${key} ${times}`}
          estimate={() => 20}
          rowKey={(index) => event(index)?.seq ?? `none-${index}`}
          optionId={(index) => `text-${event(index)?.seq ?? 0}`}
          active={active}
          letters={letters}
          onActive={select}
          {...(live ? { follow, onFollow: (next: boolean) => actions.follow(id, next) } : {})}
          render={(index) => {
            const shown = event(index)
            return (
              shown && (
                <TextRow
                  event={shown}
                  times={times && session.summary?.times !== 'none'}
                  selected={index === active}
                  id={`text-${shown.seq}`}
                  onSelect={() => select(index)}
                />
              )
            )
          }}
        />
      )}
    </div>
  )
}
