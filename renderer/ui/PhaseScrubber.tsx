/** Owns: the dialogue as one strip of phases with their durations. Width grows with the logarithm of the time. */
import { Fragment } from 'react'
import { cx } from './cx.ts'
import styles from './PhaseScrubber.module.css'

export interface PhaseBar {
  key: string
  name: string
  /** `planned` has not begun, `failed` got no answer. */
  look: 'connecting' | 'open' | 'handshake' | 'sealed' | 'planned' | 'failed'
  /** Microseconds; absent while planned. */
  took?: number
  /** Shown duration: "118" in milliseconds, or with its unit, as "23.3 s". */
  shown?: string
  /** What the name leaves open, told beside it. */
  hint?: string
  /** First event. */
  seq?: number
}

export interface PhaseScrubberProps {
  phases: readonly PhaseBar[]
  /** The playhead stands before this phase, or inside it: 2.5 is in the middle of the third. Absent: no playhead. */
  playhead?: number | undefined
  /** Phase of the selected event. */
  current?: number | undefined
  onSelect: (seq: number) => void
}

/** Flex weight of a phase: every phase stays readable, and ten times the time is visibly longer. */
export const phaseWeight = (took: number | undefined): number => 4 + Math.log2(1 + (took ?? 0) / 1000)

const inside = (playhead: number | undefined, index: number): boolean =>
  playhead !== undefined && playhead > index && playhead < index + 1

/** What is said behind a duration and not shown. */
function unitOf({ look, shown }: PhaseBar): string {
  if (look === 'planned') return 'planned'
  if (shown === undefined || !/\d$/.test(shown)) return ''
  return shown === '1' ? ' millisecond' : ' milliseconds'
}

export function PhaseScrubber({ phases, playhead, current, onSelect }: PhaseScrubberProps) {
  return (
    <fieldset className={styles.phases} aria-label="Phases of the dialogue">
      {phases.map((phase, index) => (
        <Fragment key={phase.key}>
          {playhead === index && <span className={styles.play} />}
          <button
            type="button"
            className={cx(styles.phase, styles[phase.look], current === index && styles.current)}
            style={{ flex: phaseWeight(phase.took) }}
            disabled={phase.seq === undefined}
            title={phase.hint}
            {...(current === index ? { 'aria-current': 'step' as const } : {})}
            onClick={() => phase.seq !== undefined && onSelect(phase.seq)}
          >
            <i className={styles.bar} />
            {inside(playhead, index) && (
              <i className={styles.within} style={{ left: `${((playhead ?? 0) - index) * 100}%` }} />
            )}
            <span className={styles.foot}>
              <span>{phase.name} </span>
              <span className={styles.ms}>
                {phase.shown}
                <span className="visuallyHidden">{unitOf(phase)}</span>
              </span>
            </span>
          </button>
        </Fragment>
      ))}
      {playhead === phases.length && <span className={styles.play} />}
    </fieldset>
  )
}
