/** Owns: the five buttons of the transport and the choice of speed, the same for a live dialogue and for a recording. */
import { memo } from 'react'
import { act } from '#renderer/flows/dialogue.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import styles from './Dock.module.css'
import { canMove, isPaused, isRecording, type Move } from './moves.ts'
import type { Session } from './useSession.ts'

interface TransportProps {
  session: Session
  onMove: (move: Move) => void
}

/** What each button does to a recording, and to a dialogue that is still open. */
const words = {
  recording: {
    first: 'To the first line',
    back: 'One line back',
    step: 'One line on',
    run: 'Play until a breakpoint',
    stop: 'Show everything',
  },
  live: {
    first: 'Look at the first line; nothing is taken back',
    back: 'Look at the line before; nothing is taken back',
    step: 'Step: send this line, hold the next',
    run: 'Run until a breakpoint',
    stop: 'Pause before the next line',
  },
} as const

function Buttons({ session, onMove }: TransportProps) {
  const recording = isRecording(session)
  const paused = isPaused(session)
  const running = useField(
    (stores) => stores.playback,
    (playback) => playback.running === session.id,
  )
  const names = recording ? words.recording : words.live
  const server = session.gate?.role === 'server'
  const step = server ? 'Step: let this answer go, hold the next' : names.step
  const finish = server ? 'Finish politely, with 421' : 'Finish politely, with QUIT'
  const stop = recording ? (running ? 'Stop playing' : names.stop) : paused ? finish : names.stop
  const button = (move: Move) => ({
    isDisabled: !canMove(session, move),
    onPress: () => onMove(move),
  })
  return (
    <div className={styles.buttons}>
      <IconButton icon="first" label={names.first} keyHint="Shift F9" {...button('first')} />
      <IconButton icon="back" label={names.back} keyHint="F9" {...button('back')} />
      <IconButton
        icon="step"
        label={step}
        keyHint="F10"
        tone={paused ? 'active' : 'quiet'}
        {...button('step')}
      />
      <IconButton icon="run" label={names.run} keyHint="F5" {...button('run')} />
      <IconButton
        icon={recording || paused ? (running ? 'pause' : 'stop') : 'pause'}
        label={stop}
        keyHint="Shift F5"
        {...button('stop')}
      />
    </div>
  )
}

const moves: readonly Move[] = ['first', 'back', 'step', 'run', 'stop']

/** Going from line to line draws the ladder, and not these buttons, which would say the same. */
function sameButtons(a: TransportProps, b: TransportProps): boolean {
  const [one, other] = [a.session, b.session]
  return (
    a.onMove === b.onMove &&
    one.id === other.id &&
    one.gate?.role === other.gate?.role &&
    isRecording(one) === isRecording(other) &&
    isPaused(one) === isPaused(other) &&
    moves.every((move) => canMove(one, move) === canMove(other, move))
  )
}
export const Transport = memo(Buttons, sameButtons)

/** Milliseconds that each line waits while a dialogue runs. */
const delays = [
  { value: '3000', label: '3 s a line' },
  { value: '1000', label: '1 s' },
  { value: '0', label: 'Max' },
] as const

const speeds = [
  { value: '0.1', label: '0.1×' },
  { value: '1', label: '1×' },
  { value: 'max', label: 'Max' },
] as const

export const Speed = memo(function Speed({ id, gate }: Pick<Session, 'id' | 'gate'>) {
  const services = useServices()
  const speed = useField(
    (stores) => stores.playback,
    (playback) => playback.speed,
  )
  if (!gate)
    return (
      <div className={styles.speed}>
        <span className={styles.label} aria-hidden="true">
          Speed
        </span>
        <Segmented
          label="Speed of playing"
          hideLabel
          size="s"
          value={speed}
          options={speeds}
          onChange={(next) => services.stores.playback.getState().set({ speed: next })}
        />
      </div>
    )
  const delay = delays.find(({ value }) => Number(value) === (gate.delay ?? 0))?.value ?? '0'
  return (
    <div className={styles.speed}>
      <span className={styles.label} aria-hidden="true">
        Speed
      </span>
      <Segmented
        label="Speed of a run"
        hideLabel
        size="s"
        value={delay}
        options={delays}
        onChange={(next) => void act(services, id, { type: 'speed', delay: Number(next) })}
      />
    </div>
  )
})
