/** Owns: the dock under the ladder: the next line and the transport while we hold the dialogue; the strip of phases always. */
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { GateAction, GateState, PlannedLine } from '#shared/rpc/contract/dialogue.ts'
import { shortTime } from '#shared/transcript/measure.ts'
import { shownLines } from '#shared/transcript/shown.ts'
import { act } from '#renderer/flows/dialogue.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import type { Role } from '#renderer/model/breakpoints.ts'
import { plannedPhases } from '#renderer/model/phases.ts'
import { msShort } from '#renderer/model/measures.ts'
import { overviewBars, partWords } from '#renderer/model/overviewBars.ts'
import { lateAnswer } from '#renderer/model/lateAnswer.ts'
import { hungUp } from '#renderer/model/patience.ts'
import { headAmong } from '#renderer/model/playback.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Overview } from '#renderer/ui/Overview.tsx'
import { PhaseScrubber, type PhaseBar } from '#renderer/ui/PhaseScrubber.tsx'
import { Breakpoints } from './Breakpoints.tsx'
import styles from './Dock.module.css'
import { LateAnswer } from './LateAnswer.tsx'
import { later } from './later.tsx'
import { NextLine, useHandedFocus } from './NextLine.tsx'
import { PeerWaits, useSeconds } from './PeerWaits.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { Speed, Transport } from './Transport.tsx'
import { isRecording, move, type Move } from './moves.ts'
import { usePlayback } from './usePlayback.ts'
import type { Session } from './useSession.ts'

function Strip({ session }: { session: Session }) {
  const { stores } = useServices()
  const { id, model, gate, cursor } = session
  const played = useField(
    (all) => all.playback,
    (playback) => playback.at[id],
  )
  const { crowded, opening } = model.phases
  const stretches = crowded ? opening : model.phases.stretches
  const timed = session.summary?.times !== 'none'
  const known = stretches.map(({ phase, together, look, first, took }): PhaseBar => ({
    key: `seen-${first}`,
    name: together?.join(' + ') ?? phase,
    ...(together ? { hint: 'Sent in one go, so their times cannot be told apart' } : {}),
    look,
    took,
    ...(timed ? { shown: msShort(took) } : {}),
    seq: first,
  }))
  const planned = plannedPhases(gate).map((phase, place): PhaseBar => ({
    key: `planned-${place}`,
    name: phase,
    look: 'planned',
  }))
  const select = (seq: number) => {
    stores.view.getState().select(id, seq)
    stores.view.getState().follow(id, false)
  }
  if (known.length === 0) return null
  const current = stretches.findIndex(({ first, last }) => cursor >= first && cursor <= last)
  return (
    <div className={cx(styles.strip, crowded && styles.crowded)}>
      {crowded && (
        <Overview
          bars={overviewBars(model.overview.parts)}
          current={model.overview.indexOf(cursor)}
          wordsAt={(place) => partWords(model.overview.parts[place]!)}
          onSelect={select}
        />
      )}
      <PhaseScrubber
        phases={[...known, ...planned]}
        playhead={gate?.held ? known.length : headAmong(stretches, played)}
        current={current < 0 ? undefined : current}
        onSelect={select}
      />
    </div>
  )
}

const Whole = later(Strip)

function Total({ session }: { session: Session }) {
  const { at, held } = session.model.ladder
  if (session.summary?.times === 'none') return <span className={styles.total}>without times</span>
  const since = session.gate?.held && session.gate.goesAt === undefined ? session.gate.peer?.since : undefined
  return (
    <span className={styles.total}>
      <b>{shortTime(Math.max(0, at - held))}</b> on the wire
      {since !== undefined && session.summary ? (
        <PausedSoFar began={Date.parse(session.summary.startedAt) + since / 1000} held={held} />
      ) : (
        held > 0 && `, paused ${shortTime(held)}`
      )}
    </span>
  )
}

/** The hold that goes on is in no event yet. `began` in epoch milliseconds; `held` before it, in microseconds. */
function PausedSoFar({ began, held }: { began: number; held: number }) {
  const seconds = Math.floor(held / 1_000_000 + Math.max(0, useSeconds() - began) / 1000)
  return `, paused ${seconds < 60 ? `${seconds} s` : shortTime(seconds * 1_000_000)}`
}

interface GoingProps {
  gate: GateState & Held
  sealed: boolean
  /** A person asked for the delay just now. */
  asked: boolean
  handed: RefObject<boolean>
  onAct: Act
}

/** A line that goes by itself: nothing to type, and no focus to take but of who delayed it. */
function Going({ gate, sealed, asked, handed, onAct }: GoingProps) {
  const row = useHandedFocus(handed)
  useLayoutEffect(() => {
    // The menu that asked for the delay gives the focus back to a button that is gone.
    if (asked) row.current?.querySelector('button')?.focus()
  }, [asked, row])
  return (
    <div ref={row} className={cx(styles.command, sealed ? styles.sealed : styles.open)}>
      <span className={styles.next}>
        <ToneIcon tone={sealed ? 'sealed' : 'open'} word={gate.role === 'server' ? 'Answer' : 'Next'} />
      </span>
      <div className={cx(styles.secretLine, 'mono')}>
        {shownLines(gate.held.raw, gate.held.masked).join(' ')}
        <span className={styles.note}>goes by itself</span>
      </div>
      {/* A run goes on: only this line is not waited for. */}
      <Button onPress={() => onAct({ type: gate.mode === 'run' ? 'run' : 'step' })}>Send now</Button>
      <Button icon="pause" onPress={() => onAct({ type: 'pause' })}>
        Hold it
      </Button>
    </div>
  )
}

type Act = (action: GateAction) => void
type Held = { held: PlannedLine }
const isHeld = (gate: GateState | undefined): gate is GateState & Held => gate?.held !== undefined

interface StopsProps {
  gate: GateState | undefined
  end: Role | undefined
  onAct: Act
}

const Stops = memo(function Stops({ gate, end = 'client', onAct }: StopsProps) {
  const { stores } = useServices()
  const stops = useField(
    (all) => all.playback,
    (playback) => playback.stops,
  )
  if (gate)
    return (
      <Breakpoints
        breakpoints={gate.breakpoints}
        end={gate.role ?? 'client'}
        onChange={(breakpoints) => onAct({ type: 'breakpoints', breakpoints })}
      />
    )
  return (
    <Breakpoints
      breakpoints={stops}
      end={end}
      onChange={(next) => stores.playback.getState().set({ stops: next })}
    />
  )
})

/** The other side hung up while a person held a line: said where the line was. */
function HungUp({ session }: { session: Session }) {
  const { log, summary } = session
  const words = summary && log.ended ? hungUp(log, summary.role) : undefined
  if (!words) return null
  return (
    <div className={styles.gone}>
      <ToneIcon tone="cut" size="s" />
      {words}
    </div>
  )
}

function NextRow({ session, problem, handed, asked, onAct }: RowProps) {
  const { gate, model } = session
  const sealed = model.ladder.wall === 'sealed'
  if (!isHeld(gate)) {
    const late = gate?.role === 'server' && gate.mode !== 'ended' ? lateAnswer(session.log) : null
    if (late === null) return <HungUp session={session} />
    return <LateAnswer {...late} sealed={sealed} problem={problem} handed={handed} onAct={onAct} />
  }
  if (gate.goesAt !== undefined)
    return <Going gate={gate} sealed={sealed} asked={asked} handed={handed} onAct={onAct} />
  return (
    <NextLine
      key={gate.held.id}
      gate={gate}
      sealed={sealed}
      problem={problem}
      handed={handed}
      onAct={onAct}
    />
  )
}

interface RowProps {
  session: Session
  problem: string | undefined
  handed: RefObject<boolean>
  asked: boolean
  onAct: Act
}

export function Dock({ session }: { session: Session }) {
  const services = useServices()
  const { id, gate } = session
  const [problem, setProblem] = useState<string>()
  const dock = useRef<HTMLElement>(null)
  const handed = useRef(false)
  const [asked, setAsked] = useState(false)
  usePlayback(session)
  useEffect(() => {
    // No line comes any more to take the focus over.
    if (gate === undefined && handed.current && document.activeElement === document.body)
      dock.current?.focus()
  }, [gate])
  const onAct = useCallback<Act>(
    (action) => {
      setAsked(action.type === 'delay')
      void act(services, id, action).then(setProblem)
    },
    [services, id],
  )
  const latest = useRef(session)
  useLayoutEffect(() => {
    latest.current = session
  })
  const onMove = useCallback(
    (to: Move) => void move(services, latest.current, to).then(setProblem),
    [services],
  )
  const shown = gate !== undefined || isRecording(session)
  return (
    <section ref={dock} className={styles.dock} aria-label="Transport" data-pane="dock" tabIndex={-1}>
      <NextRow session={session} problem={problem} handed={handed} asked={asked} onAct={onAct} />
      {shown && (
        <div className={styles.controls}>
          <Transport session={session} onMove={onMove} />
          <span className={styles.rule} />
          <Stops gate={gate} end={session.summary?.role} onAct={onAct} />
          <span className={styles.end}>
            {isHeld(gate) && <PeerWaits session={session} />}
            <Speed id={id} gate={gate} />
            <Total session={session} />
          </span>
        </div>
      )}
      <Whole session={session} />
    </section>
  )
}
