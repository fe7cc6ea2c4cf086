/** Owns: the bar over a dialogue with its filter: text, choices with their counts, what it found, the way from match to match. */
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useServices, useView } from '#renderer/flows/services.ts'
import { filterKey, isFiltering, noFilter, type DialogueFilter } from '#renderer/model/filter.ts'
import { chosenWords, filterChoices, type FilterKind } from '#renderer/model/filterChoices.ts'
import { nextMatch } from '#renderer/model/filterView.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './FilterBar.module.css'
import type { Session } from './useSession.ts'

const kinds: readonly { kind: FilterKind; label: string }[] = [
  { kind: 'verbs', label: 'Verb' },
  { kind: 'codes', label: 'Reply' },
  { kind: 'phases', label: 'Phase' },
  { kind: 'directions', label: 'Direction' },
]
const shownOptions = [
  { value: 'only', label: 'Only matches' },
  { value: 'all', label: 'All lines' },
] as const

/** How far the filter has come and what it found: "12 of 1,004,211 events". */
export function foundWords({ filtered, log, cursor }: Session, filter: DialogueFilter): string {
  // What is asked for now has not begun to be looked for.
  if (!filtered || filterKey(filtered.filter) !== filterKey(filter)) return ''
  const found = filtered.matches.toLocaleString('en-US')
  const all = log.length.toLocaleString('en-US')
  if (!filtered.isDone(log)) {
    const percent = Math.floor((filtered.scanned / Math.max(1, log.length)) * 100)
    return `${found} so far, ${percent} % looked at`
  }
  const at = filtered.lastUpTo(cursor)
  const on = at >= 0 && filtered.seq(at) === cursor
  return `${on ? `${(at + 1).toLocaleString('en-US')} of ` : ''}${found}${on ? ' matches,' : ' of'} ${all} events`
}

/** Selects the next match, or the one before. */
export function useMatchSteps(session: Session): (direction: 1 | -1) => void {
  const { stores } = useServices()
  return (direction) => {
    const { filtered, id } = session
    // Keys come quicker than the bar is drawn.
    const cursor = stores.view.getState().cursors[id] ?? session.cursor
    const seq = filtered && nextMatch(filtered, cursor, direction)
    if (seq === undefined) return
    stores.view.getState().follow(id, false)
    stores.view.getState().select(id, seq)
  }
}

function Choices({ session }: { session: Session }) {
  const { stores } = useServices()
  const filter = useView((view) => view.filters[session.id]) ?? noFilter
  const change = stores.view.getState().setFilter
  return (
    <>
      {kinds.map(({ kind, label }) => (
        <Menu
          key={kind}
          label={label}
          trigger={
            <Button>
              {label}
              <Icon name="down" size="xs" />
            </Button>
          }
          items={filterChoices(kind, session.model.facets)
            .filter(({ value }) => !(filter[kind] as readonly string[]).includes(value))
            .map(({ value, words, count }) => ({
              id: value,
              label: words,
              keyHint: count.toLocaleString('en-US'),
              onAction: () => change(session.id, { [kind]: [...filter[kind], value] }),
            }))}
        />
      ))}
      {session.model.facets.findings > 0 && !filter.findings && (
        <Button onPress={() => change(session.id, { findings: true })}>Findings</Button>
      )}
    </>
  )
}

function Chosen({ session }: { session: Session }) {
  const { stores } = useServices()
  const filter = useView((view) => view.filters[session.id]) ?? noFilter
  const change = stores.view.getState().setFilter
  return (
    <>
      {kinds.flatMap(({ kind }) =>
        filter[kind].map((value) => (
          <Chip
            key={`${kind} ${value}`}
            tone="accent"
            removeLabel={`Take ${chosenWords(kind, value)} out of the filter`}
            onRemove={() =>
              change(session.id, { [kind]: filter[kind].filter((other: string) => other !== value) })
            }
          >
            {chosenWords(kind, value)}
          </Chip>
        )),
      )}
      {filter.findings && (
        <Chip
          tone="accent"
          removeLabel="Take findings out of the filter"
          onRemove={() => change(session.id, { findings: false })}
        >
          findings and their evidence
        </Chip>
      )}
    </>
  )
}

export function FilterBar({ session }: { session: Session }) {
  const { stores } = useServices()
  const { id, filtered } = session
  const filter = useView((view) => view.filters[id]) ?? noFilter
  const field = useRef<HTMLInputElement>(null)
  const step = useMatchSteps(session)
  const { setFilter, set } = stores.view.getState()
  useEffect(() => field.current?.focus(), [])
  const leave = () => {
    setFilter(id, null)
    set({ filterOpen: false })
    document.querySelector<HTMLElement>('[data-ladder] [role=listbox]')?.focus()
  }
  const keyed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave()
    else if (event.key === 'Enter' || event.key === 'F3') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'ArrowDown')
      document.querySelector<HTMLElement>('[data-ladder] [role=listbox]')?.focus()
    else return
    event.preventDefault()
  }
  return (
    <search className={styles.bar} aria-label="Filter of this dialogue">
      <div className={styles.line}>
        <div className={styles.field}>
          <TextField
            label="Find in this dialogue"
            hideLabel
            look="plain"
            type="search"
            placeholder="Find text, as it is shown"
            value={filter.text}
            inputRef={field}
            before={<Icon name="search" size="s" />}
            onChange={(text) => setFilter(id, { text: text.slice(0, 500) })}
            onKeyDown={keyed}
          />
        </div>
        <Choices session={session} />
        <span className={styles.rest} />
        <IconButton
          icon="close"
          label="Clear and close the filter"
          keyHint="Escape"
          size="s"
          onPress={leave}
        />
      </div>
      {isFiltering(filter) && (
        <div className={styles.line}>
          <Chosen session={session} />
          <output className={styles.found} aria-live="polite">
            {foundWords(session, filter)}
          </output>
          <span className={styles.rest} />
          <Segmented
            label="Show"
            hideLabel
            size="s"
            value={filter.only ? 'only' : 'all'}
            options={shownOptions}
            onChange={(shown) => setFilter(id, { only: shown === 'only' })}
          />
          <IconButton
            icon="left"
            label="Match before"
            keyHint="Shift F3"
            size="s"
            isDisabled={!filtered?.matches}
            onPress={() => step(-1)}
          />
          <IconButton
            icon="right"
            label="Next match"
            keyHint="F3"
            size="s"
            isDisabled={!filtered?.matches}
            onPress={() => step(1)}
          />
        </div>
      )}
    </search>
  )
}
