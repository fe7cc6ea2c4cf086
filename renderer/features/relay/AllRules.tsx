/** Owns: all rules as one list, each opened to be changed, with how often it decided; below them the attempts that came. */
import { useEffect, useMemo, useState } from 'react'
import { loadRules } from '#renderer/flows/relayRules.ts'
import { useServices } from '#renderer/flows/services.ts'
import {
  entryKinds,
  kindNames,
  matchingRows,
  ruleList,
  type EntryKind,
  type ListRow,
} from '#renderer/model/relayEntries.ts'
import { countWords } from '#renderer/model/measures.ts'
import { shortMoment } from '#renderer/model/relayTime.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { numberColumn } from '#renderer/ui/numberColumn.ts'
import styles from './AllRules.module.css'
import { Attempts } from './Attempts.tsx'
import { Notes } from './Notes.tsx'
import { useNow, useRelay } from './useRelay.ts'

const icons: Record<EntryKind, IconName> = {
  sources: 'globe',
  users: 'person',
  relayDomains: 'mail',
  relayAddresses: 'mail',
  domains: 'send',
  virtualMtas: 'relay',
  virtualMtaRules: 'filter',
  sourceHosts: 'server',
}

function Add() {
  const { stores } = useServices()
  return (
    <Menu
      label="Add a rule"
      trigger={<Button icon="plus">Add</Button>}
      items={entryKinds.map((kind) => ({
        id: kind,
        icon: icons[kind],
        label: kindNames[kind].add,
        description: kindNames[kind].about,
        onAction: () =>
          stores.relay.getState().set({ asks: { what: 'entry', at: { kind, place: -1 } } }),
      }))}
    />
  )
} // prettier-ignore

const entryOf = (row: ListRow | undefined) =>
  row?.type === 'rule' || row?.type === 'entry' ? row.at : undefined

function RowWords({ row, now }: { row: Exclude<ListRow, { type: 'head' }>; now: number }) {
  if (row.type === 'rule') {
    const { number, rule, line, hits, since } = row.row
    return (
      <>
        <span className={styles.number}>
          <span className="visuallyHidden">Rule </span>
          {number}
        </span>
        <span className={styles.text}>{rule}</span>
        <span className={styles.line}>{line === undefined ? '' : `line ${line}`}</span>
        <span className={cx(styles.hits, hits === 0 && styles.never)}>
          {hits === 0 ? 'never decided' : `decided ${countWords(hits, 'time')}`}
          {since === undefined ? '' : ` since ${shortMoment(since, now)}`}
        </span>
      </>
    )
  }
  return (
    <>
      <span className={styles.number}>{row.type === 'unknown' && <Icon name="warn" size="xs" />}</span>
      <span className={styles.text}>{row.text}</span>
      <span className={styles.about}>{row.about}</span>
    </>
  )
}

function Row({
  row,
  now,
  active,
  onPick,
}: {
  row: ListRow
  now: number
  active: boolean
  onPick: () => void
}) {
  if (row.type === 'head')
    return (
      <div className={styles.group} role="presentation">
        <b>{row.title}</b> <span>{row.about}</span>
      </div>
    )
  const editable = entryOf(row) !== undefined
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and moves with the keys
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold several columns
      role="option"
      id={`rule-${row.key}`}
      aria-selected={active}
      className={cx(styles.row, editable && styles.editable)}
      onClick={onPick}
    >
      <RowWords row={row} now={now} />
    </div>
  )
}

function List({ rows, filter }: { rows: readonly ListRow[]; filter: string }) {
  const { stores } = useServices()
  const now = useNow()
  const [active, setActive] = useState(-1)
  const edit = (index: number) => {
    setActive(index)
    const at = entryOf(rows[index])
    if (at) stores.relay.getState().set({ asks: { what: 'entry', at } })
  }
  return (
    <VirtualList
      label="Rules, Enter changes one"
      className={styles.list}
      resetKey={filter}
      count={rows.length}
      estimate={() => 32}
      rowKey={(index) => rows[index]?.key ?? index}
      optionId={(index) => `rule-${rows[index]?.key ?? ''}`}
      active={active < rows.length ? active : -1}
      onActive={setActive}
      onEnter={edit}
      skip={(index) => rows[index]?.type === 'head'}
      render={(index) => {
        const row = rows[index]
        return row ? <Row row={row} now={now} active={index === active} onPick={() => edit(index)} /> : null
      }}
    />
  )
}

/** Fewer are read at a glance. */
const mostWithoutSearch = 30

export function AllRules() {
  const services = useServices()
  useEffect(() => {
    // Hits since the rules were asked for last; the room says when it cannot be asked.
    loadRules(services).catch(() => {})
  }, [services])
  const rules = useRelay((relay) => relay.rules)
  const all = useMemo(() => (rules === null ? [] : ruleList(rules)), [rules])
  const [text, setText] = useState('')
  const wanted = all.length > mostWithoutSearch ? text : ''
  const rows = useMemo(() => matchingRows(all, wanted), [all, wanted])
  // The last rule, for everybody else, is always there.
  const empty = rules !== null && all.length <= 2
  return (
    <div className={styles.all} style={numberColumn(rules?.rules.length ?? 0)}>
      <div className={styles.bar}>
        <p>The first rule that decides ends it. A rule is opened to change it or to take it out.</p>
        {all.length > mostWithoutSearch && (
          <div className={styles.search}>
            <TextField
              label="Search the rules"
              hideLabel
              type="search"
              look="plain"
              placeholder="Search the rules"
              value={text}
              onChange={setText}
              before={<Icon name="search" size="s" />}
            />
          </div>
        )}
        <Add />
      </div>
      {rules !== null && <Notes rules={rules} />}
      {empty ? (
        <EmptyState icon="list" title="Nobody may relay yet">
          <p>Without rules every recipient is refused. Add one, or paste a configuration.</p>
        </EmptyState>
      ) : rows.length === 0 && wanted !== '' ? (
        <p className={styles.nothing}>No rule has “{wanted.trim().slice(0, 60)}” in it.</p>
      ) : (
        <List rows={rows} filter={wanted} />
      )}
      <Attempts />
    </div>
  )
}
