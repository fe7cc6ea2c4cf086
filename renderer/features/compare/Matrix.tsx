/**
 * Owns: the matrix: a real table that the keys go through. Up and Down move, Right and Enter open a row, Right again goes
 * into its cells, Left comes back and folds it, O shows its dialogue. Hosts stand over their ports where there are several.
 */
import { useRef, useState, type KeyboardEvent } from 'react'
import { useServices, useSettings } from '#renderer/flows/services.ts'
import type { Matrix as MatrixModel, MatrixRow, PortGroup } from '#renderer/model/probeMatrix.ts'
import type { ResultRow } from '#renderer/model/probeRow.ts'
import { Folded, ResultRows, Waiting, type RowFrame } from './MatrixRow.tsx'
import { cellWithFocus, endCell, moveCell, moveRow, rowWithFocus } from './matrixKeys.ts'
import styles from './Matrix.module.css'
import { openDialogue, useCompare, type ShownProbe } from './useCompare.ts'
import { AxisHead } from './Waterfall.tsx'

export type RowChange = NonNullable<RowFrame['change']>

export interface MatrixProps {
  probe: ShownProbe
  matrix: MatrixModel
  /** What became of a row since the last run. */
  changeOf: (row: ResultRow) => RowChange | undefined
}

/** The recommended rows: its port, its mode, and it works. */
export function isBest(row: MatrixRow, { report }: Pick<ShownProbe, 'report'>): boolean {
  const best = report?.recommendation
  if (!best || row.kind !== 'result' || row.port !== best.port || row.reach.tone !== 'good') return false
  return best.tls === 'opportunistic' || (row.result.mode === 'implicit') === (best.tls === 'implicit')
}

const noLevels: Readonly<Record<string, 'times' | 'all' | 'none'>> = {}

/** Opened by the room itself: the recommended row, and the first one that gets through in the other mode. */
function openAtFirst(matrix: MatrixModel, probe: ShownProbe): Set<string> {
  if (!probe.report?.recommendation || probe.report.cancelled) return new Set()
  const rows = matrix.hosts.flatMap(({ groups }) => groups.flatMap((group) => group.rows))
  const results = rows.filter((row) => row.kind === 'result')
  const best = results.find((row) => isBest(row, probe))
  const other = results.find((row) => row.mode?.look === 'sealed' && row.result.mode !== best?.result.mode)
  return new Set([best, other].flatMap((row) => row?.key ?? []))
}

function useLevels(matrix: MatrixModel, probe: ShownProbe) {
  const { stores } = useServices()
  const levels = useCompare((state) => state.levels[probe.id]) ?? noLevels
  const first = openAtFirst(matrix, probe)
  const levelOf = (key: string) => levels[key] ?? (first.has(key) ? 'times' : 'none')
  const setLevel = (key: string, level: 'none' | 'times' | 'all') =>
    stores.probe.getState().setLevel(probe.id, key, level)
  return { levelOf, setLevel }
}

const heads: readonly { name: string; drop?: string; number?: boolean }[] = [
  { name: 'Port' },
  { name: 'Family' },
  { name: 'Reachable' },
  { name: 'Banner', drop: '3' },
  { name: 'TLS mode' },
  { name: 'TLS versions', drop: '1' },
  { name: 'Certificate', drop: '2' },
  { name: 'AUTH offered', drop: '3' },
  { name: 'Size', drop: '4', number: true },
  { name: 'Time', number: true },
]

function Head({ matrix }: Pick<MatrixProps, 'matrix'>) {
  return (
    <thead>
      <tr className={styles.head}>
        {heads.map(({ name, drop, number }) => (
          <th key={name} scope="col" data-drop={drop} className={number ? styles.number : ''}>
            {name === 'Family' ? <span className="visuallyHidden">{name}</span> : name}
          </th>
        ))}
        <th scope="col" className={styles.fall}>
          <span className="visuallyHidden">Times</span>
          <AxisHead axis={matrix.axis} />
        </th>
        <th scope="col">
          <span className="visuallyHidden">Open</span>
        </th>
      </tr>
    </thead>
  )
}

const moves: Record<string, number | 'first' | 'last'> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: 'first',
  End: 'last',
}
const cellMoves: Record<string, () => void> = {
  ArrowRight: () => moveCell(1),
  ArrowLeft: () => moveCell(-1),
  Home: () => endCell('first'),
  End: () => endCell('last'),
}
const letterMoves: Record<string, number> = { j: 1, k: -1 }

export function Matrix({ probe, matrix, changeOf }: MatrixProps) {
  const services = useServices()
  const letters = useSettings((settings) => settings.singleKeys)
  const table = useRef<HTMLTableElement>(null)
  const { levelOf, setLevel } = useLevels(matrix, probe)
  const rows = matrix.hosts.flatMap(({ groups }) => groups.flatMap((group) => group.rows))
  const [active, setActive] = useState('')
  const current = rows.some(({ key }) => key === active) ? active : rows[0]?.key
  const toggle = (row: MatrixRow) => {
    if (row.kind === 'folded') services.stores.probe.getState().unfold(probe.id, row.key)
    else if (row.kind === 'result') setLevel(row.key, levelOf(row.key) === 'none' ? 'all' : 'none')
  }
  const dialogue = (row: MatrixRow) => row.kind === 'result' && openDialogue(services, row.result.session)
  const act = (key: string, row: MatrixRow): boolean => {
    if (key === 'Enter') toggle(row)
    else if (key === 'ArrowRight' && row.kind === 'result')
      if (levelOf(row.key) === 'all') moveCell(1)
      else setLevel(row.key, 'all')
    else if (key === 'ArrowRight') toggle(row)
    else if (key === 'ArrowLeft' && row.kind === 'result') setLevel(row.key, 'none')
    else if (letters && key.toLowerCase() === 'o') dialogue(row)
    else return false
    return true
  }
  const keyed = (event: KeyboardEvent) => {
    const focused = rowWithFocus()?.dataset['row']
    const row = rows.find(({ key }) => key === focused)
    if (!row || !table.current || event.ctrlKey || event.metaKey || event.altKey) return
    const inCell = cellWithFocus() !== undefined
    const move = moves[event.key] ?? (letters ? letterMoves[event.key.toLowerCase()] : undefined)
    if (inCell && event.key in cellMoves) cellMoves[event.key]!()
    else if (move !== undefined) moveRow(table.current, move)
    // In a cell Enter is the press of its button.
    else if (inCell && event.key === 'Enter') return
    else if (!act(event.key, row)) return
    event.preventDefault()
  }
  const frameOf = (row: MatrixRow, place: number): RowFrame => ({
    first: place === 0,
    best: isBest(row, probe),
    tabIndex: row.key === current ? 0 : -1,
    level: row.kind === 'result' ? levelOf(row.key) : 'none',
    change: row.kind === 'result' ? changeOf(row) : undefined,
    onToggle: () => toggle(row),
    onDialogue: () => dialogue(row),
    onFocus: () => setActive(row.key),
  })
  const rowOf = (row: MatrixRow, place: number) => {
    const frame = frameOf(row, place)
    if (row.kind === 'waiting')
      return <Waiting key={row.key} row={row} frame={frame} timeout={probe.timeout} />
    if (row.kind === 'folded') return <Folded key={row.key} row={row} frame={frame} />
    return (
      <ResultRows
        key={row.key}
        row={row}
        axis={matrix.axis}
        now={probe.startedAt}
        frame={frame}
        onAll={() => setLevel(row.key, 'all')}
        onOpenDialogue={(session, event) => openDialogue(services, session, event)}
      />
    )
  }
  const groupOf = (group: PortGroup) => <tbody key={group.key}>{group.rows.map(rowOf)}</tbody>
  return (
    <div className={styles.scroller} data-pane="matrix">
      <table
        ref={table}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- its rows open and move with the keys
        role="treegrid"
        aria-label={`Ports of ${probe.target}`}
        className={styles.matrix}
        onKeyDown={keyed}
      >
        <Head matrix={matrix} />
        {matrix.hosts.map(({ host, preference, groups }) => [
          matrix.named && (
            <tbody key={host}>
              <tr className={styles.host}>
                <th scope="rowgroup">
                  <b>{host}</b>
                  {preference !== undefined && (
                    <span className={styles.role}>MX preference {preference}</span>
                  )}
                </th>
              </tr>
            </tbody>
          ),
          ...groups.map(groupOf),
        ])}
      </table>
    </div>
  )
}
