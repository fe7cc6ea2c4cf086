/** Owns: one row of the matrix: a result, a wait, or rows that say the same; and what opens below a result. */
import { useEffect, useState, type ReactNode } from 'react'
import { useAway } from '#renderer/flows/services.ts'
import { countWords } from '#renderer/model/measures.ts'
import type { FoldedRow, WaitingRow } from '#renderer/model/probeMatrix.ts'
import type { CellName } from '#renderer/model/probeProof.ts'
import type { CellTone, ModeCell, ResultRow } from '#renderer/model/probeRow.ts'
import { roundTrips, type Axis } from '#renderer/model/probeWaterfall.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { CellLink } from './CellLink.tsx'
import { CellDetail } from './detail/CellDetail.tsx'
import { CertificateWord } from './detail/CertificateWord.tsx'
import { TlsChips } from './detail/TlsChips.tsx'
import styles from './Matrix.module.css'
import { LargeWaterfall, Waterfall } from './Waterfall.tsx'

const reachIcons: Record<CellTone, IconName> = { good: 'good', warn: 'warn', bad: 'bad', neutral: 'neutral' }
const modeIcons: Record<ModeCell['look'], IconName> = { sealed: 'lock', open: 'eye', bad: 'bad' }

/** What every row has: its place among the rows that the keys go through. */
export interface RowFrame {
  /** First of its port. */
  first: boolean
  /** The recommended one. */
  best: boolean
  tabIndex: 0 | -1
  level: 'none' | 'times' | 'all'
  /** As "was Refused"; absent when nothing is known to have changed. */
  change?: { kind: 'changed' | 'new'; words: string } | undefined
  onToggle: () => void
  onDialogue: () => void
  onFocus: () => void
}

function PortCell({ port, role, frame }: { port: number; role: string; frame: RowFrame }) {
  return (
    <td className={styles.port}>
      {frame.first && (
        <>
          <b>{port}</b>
          {frame.best ? (
            <Chip tone="good" icon="check">
              use this
            </Chip>
          ) : (
            <span className={styles.role}>{role}</span>
          )}
        </>
      )}
    </td>
  )
}

function Toned({ tone, icon, children }: { tone: string; icon: IconName; children: ReactNode }) {
  return (
    <span className={cx(styles.toned, styles[tone])}>
      <Icon name={icon} size="s" />
      <span>{children}</span>
    </span>
  )
}

function ChangeMark({ change }: { change: NonNullable<RowFrame['change']> }) {
  return (
    <span className={styles.change} title={change.words}>
      {change.kind === 'new' ? 'new' : 'changed'}
      <span className="visuallyHidden">: {change.words}</span>
    </span>
  )
}

interface CellsProps {
  row: ResultRow
  axis: Axis
  now: number
  frame: RowFrame
  onOpenDialogue: (session: string, event?: number) => void
}

function Cells({ row, axis, now, frame, onOpenDialogue }: CellsProps) {
  const { result, reach, banner, mode, auth, size, time, bars } = row
  const said = result.banner !== undefined
  const cell = (name: CellName, children: ReactNode, title?: string) => (
    <CellLink result={result} cell={name} title={title} onOpen={onOpenDialogue}>{children}</CellLink>
  )
  return (
    <>
      <td className={styles.family} title={row.address}>
        {row.family === undefined ? '' : `IPv${row.family}`}
        {row.several && <span className={styles.address}>{row.address}</span>}
        {frame.change && <ChangeMark change={frame.change} />}
      </td>
      <td>{cell('reach', <Toned tone={reach.tone} icon={reachIcons[reach.tone]}>{reach.words}</Toned>)}</td>
      <td className={styles.banner} data-drop="3">
        {said ? cell('banner', <span className={cx('mono', styles.cut)}>{banner}</span>, banner) : <span className={styles.none}>{result.connect === 'connected' ? 'none came' : 'not reached'}</span>}
      </td>
      <td>{mode && cell('mode', <Toned tone={mode.look} icon={modeIcons[mode.look]}>{mode.words}</Toned>)}</td>
      <td data-drop="1">{said && (result.tls ? cell('versions', <TlsChips tls={result.tls} inline />) : <TlsChips tls={result.tls} />)}</td>
      <td data-drop="2">{result.tls && cell('certificate', <CertificateWord tls={result.tls} now={now} />)}</td>
      <td data-drop="3" className={styles.auth}>
        {auth ? cell('auth', <span className={styles.cut}>{auth}</span>, auth) : said && <span className={styles.none}>none</span>}
      </td>
      <td data-drop="4" className={styles.number}>{size && cell('size', size)}</td>
      <td className={cx(styles.number, styles.time)}>{cell('time', time)}</td>
      <td className={styles.fall}>
        <Waterfall bars={bars} axis={axis} />
      </td>
      <td className={styles.chevron}>
        <Icon name={frame.level === 'none' ? 'right' : 'down'} size="s" />
      </td>
    </>
  )
} // prettier-ignore

/** Events and round trips of the dialogue, where they are known. */
function Counts({ row }: { row: ResultRow }) {
  const events = row.result.events?.last
  const trips = roundTrips(row.result)
  const words = [
    events === undefined ? '' : countWords(events, 'event'),
    trips === undefined ? '' : countWords(trips, 'round trip'),
  ].filter(Boolean)
  return words.length === 0 ? null : <span className={styles.counts}>{words.join(', ')}</span>
}

export interface OpenedProps {
  row: ResultRow
  axis: Axis
  now: number
  frame: RowFrame
  onAll: () => void
  onOpenDialogue: (session: string, event?: number) => void
}

function Opened({ row, axis, now, frame, onAll, onOpenDialogue }: OpenedProps) {
  const { result, address = '' } = row
  return (
    <tr className={cx(styles.opened, frame.best && styles.best)} aria-level={2}>
      <td>
        <div className={styles.falls}>
          <div className={styles.side}>
            <LinkButton icon="dialogue" onPress={() => onOpenDialogue(result.session)}>
              Open the dialogue
            </LinkButton>
            <Counts row={row} />
          </div>
          <LargeWaterfall bars={row.bars} axis={axis} label={`Phases of ${row.port} ${address}`} />
        </div>
        {frame.change && <p className={styles.was}>{frame.change.words}</p>}
        {frame.level === 'all' ? (
          <div className={styles.detail}>
            <CellDetail result={result} now={now} onOpenDialogue={onOpenDialogue} />
          </div>
        ) : (
          <div className={styles.more}>
            <LinkButton expanded={false} onPress={onAll}>
              TLS, certificate and what it offers
            </LinkButton>
          </div>
        )}
      </td>
    </tr>
  )
}

export function ResultRows(props: Omit<OpenedProps, 'row'> & { row: ResultRow }) {
  const { row, axis, now, frame, onOpenDialogue } = props
  const words = [row.spoken, frame.best ? 'recommended' : '', frame.change?.words ?? ''].filter(Boolean).join(', ')
  return (
    <>
      <tr
        className={cx(styles.row, frame.first && styles.first, frame.best && styles.best)}
        data-row={row.key}
        tabIndex={frame.tabIndex}
        aria-level={1}
        aria-expanded={frame.level !== 'none'}
        aria-label={words}
        onClick={frame.onToggle}
        onDoubleClick={frame.onDialogue}
        onFocus={frame.onFocus}
      >
        <PortCell port={row.port} role={row.role} frame={frame} />
        <Cells row={row} axis={axis} now={now} frame={frame} onOpenDialogue={onOpenDialogue} />
      </tr>
      {frame.level !== 'none' && <Opened {...props} />}
    </>
  )
} // prettier-ignore

/** Seconds since `since` of the window's clock, told once a second. */
function useSeconds(since: number | undefined): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    if (since === undefined) return undefined
    const timer = setInterval(() => setNow(performance.now()), 1000)
    return () => clearInterval(timer)
  }, [since])
  return since === undefined ? 0 : Math.max(0, Math.floor((now - since) / 1000))
}

export function Waiting({ row, frame, timeout }: { row: WaitingRow; frame: RowFrame; timeout: number }) {
  const away = useAway()
  const seconds = useSeconds(away ? undefined : row.since)
  const name = row.address === undefined ? 'the address' : 'an answer'
  const words = away
    ? 'Not known while the engine does not answer'
    : row.since === undefined
      ? row.address === undefined
        ? 'Waits for the address'
        : 'Waits for its turn'
      : `Waits for ${name}${seconds > 0 ? `, ${seconds} s` : ''}; each step is given up after ${timeout / 1000} s`
  return (
    <tr
      className={cx(styles.row, styles.waiting, frame.first && styles.first)}
      data-row={row.key}
      tabIndex={frame.tabIndex}
      aria-level={1}
      onFocus={frame.onFocus}
    >
      <PortCell port={row.port} role={row.role} frame={frame} />
      <td className={styles.family}>{row.family === undefined ? '' : `IPv${row.family}`}</td>
      <td className={styles.rest}>
        <Toned tone="neutral" icon="clock">
          {words}
        </Toned>
      </td>
    </tr>
  )
}

export function Folded({ row, frame }: { row: FoldedRow; frame: RowFrame }) {
  return (
    <tr
      className={cx(styles.row, styles.folded)}
      data-row={row.key}
      tabIndex={frame.tabIndex}
      aria-level={1}
      aria-expanded={false}
      onClick={frame.onToggle}
      onFocus={frame.onFocus}
    >
      <td className={styles.port}>
        <span className="visuallyHidden">{row.port}</span>
      </td>
      <td className={styles.family}>{`IPv${row.rows[0]?.family ?? ''}`}</td>
      <td className={styles.rest}>
        <span className={styles.same}>
          <Icon name="list" size="s" />
          {row.words}, {row.time}
        </span>
      </td>
    </tr>
  )
}
