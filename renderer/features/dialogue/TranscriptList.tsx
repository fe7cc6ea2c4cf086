/** Owns: the live list of transcripts: groups, filter, keyboard. Only the rows in sight are drawn. */
import { useEffect, useMemo, useState } from 'react'
import type { SessionSummary } from '#shared/transcript/event.ts'
import { compare, keepOrCompare } from '#renderer/flows/compare.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices, useSettings, useTranscripts, useView } from '#renderer/flows/services.ts'
import { filterTranscripts, loadOlder } from '#renderer/flows/transcripts.ts'
import { clockTime, countWords } from '#renderer/model/measures.ts'
import { listEntries, matches, sessionName } from '#renderer/model/sessionList.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { SourceIcon } from '#renderer/ui/SourceIcon.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { ToneIcon, type Tone } from '#renderer/ui/ToneIcon.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { KeptToCompare } from './diff/KeptToCompare.tsx'
import { NewMenu } from './paste/NewMenu.tsx'
import styles from './TranscriptList.module.css'

const toneOf = (summary: SessionSummary): Tone =>
  summary.state === 'held' ? 'paused' : summary.state === 'live' ? 'live' : summary.tone

function Item({ summary, selected, shown }: { summary: SessionSummary; selected: boolean; shown: string }) {
  const { name, port } = sessionName(summary)
  const { id } = summary
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and moves with the keys
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold an icon and two lines
      role="option"
      id={`transcript-${id}`}
      aria-selected={selected}
      className={styles.item}
      // With Shift it is compared with the one that is shown.
      onClick={({ shiftKey }) =>
        shiftKey && id !== shown ? compare(shown, id) : goTo({ room: 'dialogue', id })
      }
    >
      <SourceIcon source={summary.source} />
      <div className={styles.words}>
        <div className={styles.name}>
          <span className={styles.ell}>{name}</span>
          <span className={styles.port}>{port}</span>
        </div>
        <div className={styles.state}>
          <ToneIcon tone={toneOf(summary)} size="xs" spoken />
          <span className={styles.ell}>{summary.words}</span>
          <span className={styles.time}>{clockTime(summary.startedAt)}</span>
        </div>
      </div>
    </div>
  )
}

/** Ids that the filter leaves: at once those loaded that match, and what the engine found in the wire text. */
function useFiltered(): readonly string[] {
  const order = useTranscripts((transcripts) => transcripts.order)
  const summaries = useTranscripts((transcripts) => transcripts.summaries)
  const found = useTranscripts((transcripts) => transcripts.filtered)
  const filter = useView((view) => view.filter.trim())
  return useMemo(() => {
    if (filter === '') return order
    const byEngine = new Set(found?.text.trim() === filter ? found.ids : [])
    return order.filter((id) => byEngine.has(id) || matches(summaries[id]!, filter))
  }, [order, summaries, found, filter])
}

/** Typing is not asking: the engine is asked when the text has rested. */
const restMs = 200

function Filter({ count }: { count: number }) {
  const services = useServices()
  const filter = useView((view) => view.filter)
  useEffect(() => {
    const timer = setTimeout(() => void filterTranscripts(services, filter).catch(() => {}), restMs)
    return () => clearTimeout(timer)
  }, [services, filter])
  return (
    <div data-filter>
      <TextField
        label="Filter transcripts"
        hideLabel
        look="plain"
        type="search"
        placeholder={`Filter ${countWords(count, 'transcript')}`}
        value={filter}
        onChange={(text) => services.stores.view.getState().set({ filter: text })}
        before={<Icon name="filter" size="s" />}
      />
    </div>
  )
}

/** The time to the minute: at midnight today becomes yesterday. */
function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

export function TranscriptList({ selected }: { selected: string }) {
  const services = useServices()
  const total = useTranscripts((transcripts) => transcripts.total)
  const summaries = useTranscripts((transcripts) => transcripts.summaries)
  const next = useTranscripts((transcripts) => transcripts.next)
  const letters = useSettings((settings) => settings.singleKeys)
  const ids = useFiltered()
  const now = useNow()
  const entries = useMemo(() => listEntries(ids, summaries, now), [ids, summaries, now])
  const go = (index: number) => {
    const entry = entries[index]
    if (entry?.kind === 'item') goTo({ room: 'dialogue', id: entry.id })
  }
  return (
    <>
      <div className={styles.top}>
        <Filter count={total} />
        <NewMenu />
      </div>
      <KeptToCompare />
      {entries.length === 0 && <p className={styles.none}>No transcript contains that.</p>}
      <VirtualList
        label="Transcripts"
        count={entries.length}
        estimate={(index) => (entries[index]?.kind === 'head' ? 28 : 48)}
        rowKey={(index) => entries[index]?.key ?? index}
        optionId={(index) => `transcript-${entries[index]?.key ?? ''}`}
        skip={(index) => entries[index]?.kind === 'head'}
        active={entries.findIndex((entry) => entry.kind === 'item' && entry.id === selected)}
        onActive={go}
        onKey={(event) => {
          if (event.key !== 'Enter' || !event.shiftKey || !selected) return false
          services.stores.view.getState().set({ announcement: keepOrCompare(services, selected) })
          return true
        }}
        letters={letters}
        render={(index) => {
          const entry = entries[index]
          if (entry === undefined) return null
          if (entry.kind === 'head') return <div className={styles.head}>{entry.text}</div>
          const summary = summaries[entry.id]
          return summary && <Item summary={summary} selected={entry.id === selected} shown={selected} />
        }}
      />
      {next !== undefined && (
        <div className={styles.older}>
          <Button tone="quiet" wide onPress={() => void loadOlder(services).catch(() => {})}>
            Older transcripts
          </Button>
        </div>
      )}
    </>
  )
}
