/** Owns: the dock under the ladder: the next line and the transport while we hold the dialogue; the strip of phases always. */
import { useEffect, useRef, useState } from 'react'
import type { GateAction } from '#shared/rpc/contract/dialogue.ts'
import { shortTime } from '#shared/transcript/measure.ts'
import { act } from '#renderer/flows/dialogue.ts'
import { useServices } from '#renderer/flows/services.ts'
import { plannedPhases } from '#renderer/model/phases.ts'
import { msShort } from '#renderer/model/measures.ts'
import { overviewBars, partWords } from '#renderer/model/overviewBars.ts'
import { cx } from '#renderer/ui/cx.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Overview } from '#renderer/ui/Overview.tsx'
import { PhaseScrubber, type PhaseBar } from '#renderer/ui/PhaseScrubber.tsx'
import { Breakpoints } from './Breakpoints.tsx'
import styles from './Dock.module.css'
import { NextLine } from './NextLine.tsx'
import type { Session } from './useSession.ts'

function Strip({ session }: { session: Session }) {
  const { stores } = useServices()
  const { id, model, gate, cursor } = session
  const { crowded, opening } = model.phases
  const stretches = crowded ? opening : model.phases.stretches
  const known = stretches.map(({ phase, look, first, took }): PhaseBar => ({
    key: `seen-${first}`,
    name: phase,
    look,
    took,
    shown: msShort(took),
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
        playhead={gate?.held ? known.length : undefined}
        current={current < 0 ? undefined : current}
        onSelect={select}
      />
    </div>
  )
}

function Total({ session }: { session: Session }) {
  const { at, held } = session.model.ladder
  return (
    <span className={styles.total}>
      <b>{shortTime(Math.max(0, at - held))}</b> on the wire{held > 0 && `, paused ${shortTime(held)}`}
    </span>
  )
}

interface TransportProps {
  held: boolean
  onAct: (action: GateAction) => void
}

function Transport({ held, onAct }: TransportProps) {
  return (
    <div className={styles.buttons}>
      <IconButton
        icon="step"
        label="Step: send this line, hold the next"
        keyHint="F10"
        tone={held ? 'active' : 'quiet'}
        isDisabled={!held}
        onPress={() => onAct({ type: 'step' })}
      />
      <IconButton
        icon="run"
        label="Run until a breakpoint"
        keyHint="F5"
        isDisabled={!held}
        onPress={() => onAct({ type: 'run' })}
      />
      <IconButton
        icon={held ? 'stop' : 'pause'}
        label={held ? 'Finish politely, with QUIT' : 'Pause before the next line'}
        keyHint="Shift F5"
        onPress={() => onAct({ type: held ? 'finish' : 'pause' })}
      />
    </div>
  )
}

export function Dock({ session }: { session: Session }) {
  const services = useServices()
  const { id, gate, model } = session
  const [problem, setProblem] = useState<string>()
  const dock = useRef<HTMLElement>(null)
  const handed = useRef(false)
  useEffect(() => {
    // No line comes any more to take the focus over.
    if (gate === undefined && handed.current && document.activeElement === document.body)
      dock.current?.focus()
  }, [gate])
  const onAct = (action: GateAction) => void act(services, id, action).then(setProblem)
  return (
    <section ref={dock} className={styles.dock} aria-label="Transport" data-pane="dock" tabIndex={-1}>
      {gate?.held && (
        <NextLine
          key={gate.held.id}
          line={gate.held}
          sealed={model.ladder.wall === 'sealed'}
          problem={problem}
          handed={handed}
          onAct={onAct}
        />
      )}
      {gate && (
        <div className={styles.controls}>
          <Transport held={gate.held !== undefined} onAct={onAct} />
          <span className={styles.rule} />
          <Breakpoints
            breakpoints={gate.breakpoints}
            onChange={(breakpoints) => onAct({ type: 'breakpoints', breakpoints })}
          />
          <Total session={session} />
        </div>
      )}
      <Strip session={session} />
    </section>
  )
}
