/** Owns: one row of the diff: left, the step's name with how it differs and both times, right; what else differs below. */
import { seqOf, tookOf } from '#shared/transcript/diff/stepParts.ts'
import type { Difference, DiffRow as Row, Step } from '#shared/transcript/diff/types.ts'
import { differenceWords, rowWords, statusWords } from '#shared/transcript/diff/words.ts'
import { shortTime } from '#shared/transcript/measure.ts'
import { countWords } from '#renderer/model/measures.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import type { ViewRow } from '#renderer/model/diffRows.ts'
import styles from './Diff.module.css'
import { StepCell } from './StepCell.tsx'

/** Glyphs beside the words: an equals sign, one struck through, an arrow to the side that has it. */
const glyphs: Record<Row['status'], string> = { same: '=', different: '≠', left: '◂', right: '▸' }

const emphasis = { fate: 'parts here', matters: '', note: 'small', expected: '' } as const

/** What the two cells show by themselves. */
const shownInCells = new Set([
  'reply code',
  'enhanced code',
  'reply text',
  'command',
  'recipient',
  'size',
  'handshake',
])

/** Lines below a row at most; the rest is counted. */
const mostNotes = 8

function Bar({ step, of, which }: { step: Step | undefined; of: number; which: 'left' | 'right' }) {
  const took = step && step.kind !== 'end' && step.times === 1 ? tookOf(step) : undefined
  return (
    <span className={cx(styles.bar, styles[which])}>
      <span className={styles.ms}>{took === undefined ? '' : shortTime(took)}</span>
      {took !== undefined && of > 0 && <i style={{ width: `${Math.max(2, (took / of) * 100)}%` }} />}
    </span>
  )
}

function Middle({ row, of, timed }: { row: Row; of: number; timed: boolean }) {
  const slower = row.differences.some(({ aspect }) => aspect === 'timing')
  const stress = row.weight === undefined ? '' : emphasis[row.weight]
  return (
    <div className={styles.middle}>
      <span className={styles.name}>{row.name}</span>
      <span className={styles.status}>
        <b>{glyphs[row.status]}</b>
        {statusWords[row.status]}
        {stress && row.status !== 'same' && <small>({stress})</small>}
      </span>
      {timed && (
        <span className={cx(styles.bars, slower && styles.slower)}>
          <Bar step={row.left} of={of} which="left" />
          <Bar step={row.right} of={of} which="right" />
        </span>
      )}
    </div>
  )
}

const beside = (one: Difference) => one.aspect !== 'capability' && !shownInCells.has(one.what)

function Notes({ row }: { row: Row }) {
  const told = row.differences.filter((one) => one.weight !== 'expected' && beside(one))
  const expected = row.differences.filter(({ weight }) => weight === 'expected')
  if (told.length === 0 && expected.length === 0) return null
  return (
    <ul className={styles.notes}>
      {told.slice(0, mostNotes).map((one) => (
        <li key={`${one.aspect} ${one.what}`} className={cx(one.weight !== 'note' && styles.strong)}>
          <Icon name={one.aspect === 'timing' ? 'clock' : one.aspect === 'protection' ? 'eye' : 'edit'} size="xs" />
          {differenceWords(one)}
        </li>
      ))}
      {told.length > mostNotes && <li>and {countWords(told.length - mostNotes, 'more difference')}</li>}
      {expected.length > 0 && <li className={styles.quiet}>varies as expected: {[...new Set(expected.map(({ what }) => what))].join(', ')}</li>}
    </ul>
  ) // prettier-ignore
}

export interface DiffRowProps {
  entry: ViewRow
  id: string
  selected: boolean
  side: 'left' | 'right'
  /** The end of the axis of times, in microseconds. */
  of: number
  timed: boolean
  startedAt: readonly [string | undefined, string | undefined]
  onSelect: () => void
  onOpen: (side: 'left' | 'right', seq: number) => void
  onToggle: () => void
}

function Fold({ entry, ...props }: DiffRowProps & { entry: Extract<ViewRow, { kind: 'fold' }> }) {
  const { count, first, last, open } = entry
  const span = count === 1 ? first : `${first} to ${last}`
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and its Enter folds
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold these parts
      role="option"
      id={props.id}
      aria-selected={props.selected}
      className={styles.fold}
      onClick={props.onToggle}
    >
      <span className="visuallyHidden">
        {countWords(count, 'equal step')}, {span}, {open ? 'unfolded' : 'folded'}
      </span>
      <Icon name={open ? 'down' : 'right'} size="xs" />
      <b aria-hidden="true">=</b>
      <span aria-hidden="true">{countWords(count, 'equal step')}</span>
      <span aria-hidden="true" className={styles.span}>
        {span}
      </span>
    </div>
  )
}

export function DiffRow(props: DiffRowProps) {
  const { entry, selected, side, of, timed, startedAt, onOpen } = props
  if (entry.kind === 'fold') return <Fold {...props} entry={entry} />
  const { row } = entry
  const cell = (which: 'left' | 'right', at: 0 | 1) => (
    <StepCell
      step={row[which]}
      which={which}
      differences={row.differences}
      startedAt={startedAt[at]}
      chosen={selected && side === which}
      onOpen={row[which] && (() => onOpen(which, seqOf(row[which])))}
    />
  )
  const weight = row.status !== 'same' && row.weight !== undefined && styles[row.weight]
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and moves with the keys
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold these parts
      role="option"
      id={props.id}
      aria-selected={selected}
      className={cx(styles.row, styles[row.status], weight)}
      onClick={props.onSelect}
    >
      <span className="visuallyHidden">{rowWords(row)}</span>
      <div className={styles.grid} aria-hidden="true">
        {cell('left', 0)}
        <Middle row={row} of={of} timed={timed} />
        {cell('right', 1)}
        <Notes row={row} />
      </div>
    </div>
  )
}
