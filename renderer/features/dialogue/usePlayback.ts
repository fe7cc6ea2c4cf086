/** Owns: running a recording: the next row after its recorded pause, until a breakpoint, the end, or somebody stops it. */
import { useEffect } from 'react'
import { useField, useServices } from '#renderer/flows/services.ts'
import { eventBySeq } from '#renderer/model/eventLog.ts'
import { nextStop, pauseMs, stopsAtEvent } from '#renderer/model/playback.ts'
import { playOn } from './moves.ts'
import type { Session } from './useSession.ts'

export function usePlayback(session: Session): void {
  const services = useServices()
  const { id, log, model } = session
  const running = useField(
    (stores) => stores.playback,
    (playback) => playback.running === id,
  )
  const at = useField(
    (stores) => stores.playback,
    (playback) => playback.at[id],
  )
  const speed = useField(
    (stores) => stores.playback,
    (playback) => playback.speed,
  )
  useEffect(() => {
    if (!running || at === undefined) return undefined
    const next = nextStop(model.ladder, at)
    const wait = pauseMs(eventBySeq(log, at), next === undefined ? undefined : eventBySeq(log, next), speed)
    const timer = setTimeout(() => {
      const { set, stops } = services.stores.playback.getState()
      const more = playOn(services, session)
      if (!more || (next !== undefined && stopsAtEvent(eventBySeq(log, next), stops))) set({ running: '' })
    }, wait)
    return () => clearTimeout(timer)
  }, [services, session, running, at, speed, log, model])
}
