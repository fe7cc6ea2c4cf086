/** Owns: what the transport's buttons and keys do: at a live dialogue the gate's actions, at a recording playing it back. */
import { act } from '#renderer/flows/dialogue.ts'
import type { Services } from '#renderer/flows/services.ts'
import { eventBySeq } from '#renderer/model/eventLog.ts'
import { nextStop, previousStop, stopsAtEvent } from '#renderer/model/playback.ts'
import type { Session } from './useSession.ts'

export type Move = 'first' | 'back' | 'step' | 'run' | 'stop'

/** Whether a recording is what is on screen: nothing of it can be changed, all of it can be played. */
export const isRecording = ({ gate, live, log }: Session): boolean => !gate && !live && log.length > 0

/** A line is held for a person, not only for its time. */
export const isPaused = ({ gate }: Session): boolean => gate?.held !== undefined && gate.goesAt === undefined

/** What can be done now. */
export function canMove(session: Session, to: Move): boolean {
  if (isRecording(session)) return true
  if (to === 'first' || to === 'back') return session.log.length > 0
  if (!session.gate) return false
  // Between two lines nothing is held: who steps need not wait for the next one to run on.
  if (to === 'run' && session.gate.mode === 'step') return true
  return to === 'stop' || session.gate.held !== undefined
}

function select({ stores }: Services, { id, live }: Session, seq: number): void {
  stores.view.getState().select(id, seq)
  if (live) stores.view.getState().follow(id, false)
}

function firstOf(session: Session): number {
  return nextStop(session.model.ladder, 0) ?? 0
}

/** Shows a recording up to this event, which is selected. */
function showUpTo(services: Services, session: Session, seq: number): void {
  services.stores.playback.getState().show(session.id, seq)
  select(services, session, seq)
}

/** One row further; false at the end, where everything is shown again. */
export function playOn(services: Services, session: Session): boolean {
  const { playback } = services.stores
  const at = playback.getState().at[session.id]
  const next = at === undefined ? firstOf(session) : nextStop(session.model.ladder, at)
  if (next !== undefined) showUpTo(services, session, next)
  const more = next !== undefined && nextStop(session.model.ladder, next) !== undefined
  if (!more) playback.getState().show(session.id, null)
  return more
}

/** At full speed there is nothing to watch: straight to where it stops. */
function playToStop(services: Services, session: Session): void {
  const { at, stops } = services.stores.playback.getState()
  const { ladder } = session.model
  let seq = at[session.id] ?? 0
  for (let next = nextStop(ladder, seq); next !== undefined; next = nextStop(ladder, next)) {
    seq = next
    if (stopsAtEvent(eventBySeq(session.log, seq), stops)) return showUpTo(services, session, seq)
  }
  select(services, session, seq)
  services.stores.playback.getState().show(session.id, null)
}

function moveRecording(services: Services, session: Session, to: Move): void {
  const { playback } = services.stores
  const { at, running, speed, set, show } = playback.getState()
  const wasRunning = running === session.id
  set({ running: '' })
  if (to === 'first') return showUpTo(services, session, firstOf(session))
  if (to === 'back') {
    const before = previousStop(session.model.ladder, at[session.id] ?? session.cursor)
    return before === undefined ? undefined : showUpTo(services, session, before)
  }
  if (to === 'step') return void playOn(services, session)
  if (to === 'stop') return wasRunning ? undefined : show(session.id, null)
  if (speed === 'max') return playToStop(services, session)
  if (at[session.id] === undefined) showUpTo(services, session, firstOf(session))
  set({ running: session.id })
}

/** Undefined when done, else why not, in words. */
export async function move(services: Services, session: Session, to: Move): Promise<string | undefined> {
  if (!canMove(session, to)) return undefined
  if (isRecording(session)) {
    moveRecording(services, session, to)
    return undefined
  }
  if (to === 'first') select(services, session, firstOf(session))
  else if (to === 'back') {
    const before = previousStop(session.model.ladder, session.cursor)
    if (before !== undefined) select(services, session, before)
  } else if (to === 'step' || to === 'run') return act(services, session.id, { type: to })
  else return act(services, session.id, { type: isPaused(session) ? 'finish' : 'pause' })
  return undefined
}
