/** Owns: two probes side by side: both verdicts, and their rows aligned by port and family on one time axis. */
import { useMemo } from 'react'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { whenWords } from '#renderer/model/probeHistory.ts'
import { pairOf, type PairRow, type PairSide } from '#renderer/model/probePair.ts'
import type { Axis } from '#renderer/model/probeWaterfall.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { CertificateWord } from './detail/CertificateWord.tsx'
import { TlsChips } from './detail/TlsChips.tsx'
import styles from './Pair.module.css'
import { openDialogue, useProbe, type ShownProbe } from './useCompare.ts'
import { Running, Verdict } from './Verdict.tsx'
import { AxisHead, Waterfall } from './Waterfall.tsx'

const modeIcons = { sealed: 'lock', open: 'eye', bad: 'bad' } as const

function SideHead({ probe, side }: { probe: ShownProbe; side: 'Left' | 'Right' }) {
  const { report, target, id } = probe
  return (
    <div className={styles.side}>
      <div className={styles.name}>
        <h2>{report?.unicode ?? target}</h2>
        <span className={styles.soft}>{whenWords(probe.startedAt)}</span>
        <LinkButton onPress={() => goTo({ room: 'compare', id })}>Show it alone</LinkButton>
      </div>
      {report ? (
        <Verdict report={report} bare label={`${side}: ${target}`} />
      ) : (
        probe.running && <Running probe={probe} />
      )}
    </div>
  )
}

interface CellsProps {
  side: PairSide | null
  differs: PairRow['differs']
  axis: Axis
  now: number
  which: 'left' | 'right'
}

function Cells({ side, differs, axis, now, which }: CellsProps) {
  const services = useServices()
  if (!side)
    return (
      <td className={cx(styles.missing, styles[which])}>
        <span className={styles.soft}>not tested</span>
      </td>
    )
  const { row, more } = side
  const { reach, mode, result } = row
  const mark = (cell: PairRow['differs'][number]) => cx(differs.includes(cell) && styles.differs)
  return (
    <td className={styles[which]}>
      <div className={styles.cells}>
        <LinkButton onPress={() => openDialogue(services, result.session)}>
          <span className={cx(styles.toned, styles[reach.tone], mark('reach'))}>
            <Icon name={reach.tone} size="s" />
            {reach.words}
            <span className="visuallyHidden">. Dialogue of {row.spoken}</span>
          </span>
        </LinkButton>
        {mode && (
          <span className={cx(styles.toned, styles[mode.look], mark('mode'))}>
            <Icon name={modeIcons[mode.look]} size="s" />
            {mode.words}
          </span>
        )}
        {result.tls && <TlsChips tls={result.tls} compact />}
        {result.tls && <CertificateWord tls={result.tls} now={now} />}
        {row.auth !== '' && <span className={mark('auth')}>{row.auth}</span>}
        {row.size !== '' && <span className={cx(styles.soft, mark('size'))}>{row.size}</span>}
        {more !== '' && <span className={styles.soft}>{more}</span>}
      </div>
      <span className={styles.time}>{row.time}</span>
      <Waterfall bars={row.bars} axis={axis} />
    </td>
  )
}

function Table({ left, right }: { left: ShownProbe; right: ShownProbe }) {
  const pair = useMemo(
    () =>
      pairOf(
        { results: [...left.results], startedAt: new Date(left.startedAt).toISOString() },
        { results: [...right.results], startedAt: new Date(right.startedAt).toISOString() },
      ),
    [left, right],
  )
  return (
    <table className={styles.table} aria-label="Ports of both, aligned">
      <thead>
        <tr>
          <th scope="col">Port</th>
          {[left, right].map((probe, place) => (
            <th key={place} scope="col">
              <span className={styles.headName}>
                {probe.target}, {whenWords(probe.startedAt)}
              </span>
              <AxisHead axis={pair.axis} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {pair.rows.map((row) => (
          <tr key={row.key}>
            <th scope="row" className={styles.port}>
              <b>{row.port}</b> <span className={styles.soft}>{row.family === undefined ? '' : `IPv${row.family}`}</span>
              {row.differs.length > 0 && <span className="visuallyHidden">, they differ</span>}
            </th>
            <Cells side={row.left} differs={row.differs} axis={pair.axis} now={left.startedAt} which="left" />
            <Cells side={row.right} differs={row.differs} axis={pair.axis} now={right.startedAt} which="right" />
          </tr>
        ))}
      </tbody>
    </table>
  )
} // prettier-ignore

export function PairRoom({ left: leftId, right: rightId }: { left: string; right: string }) {
  const left = useProbe(leftId)
  const right = useProbe(rightId)
  const missing = [left, right].find(({ problem }) => problem !== '')
  if (missing)
    return (
      <EmptyState
        icon="warn"
        title="One of the two tests is not there"
        actions={
          <Button
            tone="primary"
            onPress={() => goTo({ room: 'compare', id: missing === left ? rightId : leftId })}
          >
            Show the other one alone
          </Button>
        }
      >
        {missing.problem}
      </EmptyState>
    )
  return (
    <div className={styles.room} data-pane="center">
      <h1 className="visuallyHidden">
        {left.target} and {right.target} side by side
      </h1>
      <div className={styles.heads}>
        <SideHead probe={left} side="Left" />
        <SideHead probe={right} side="Right" />
      </div>
      <Table left={left} right={right} />
    </div>
  )
}
