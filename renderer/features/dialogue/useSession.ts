/** Owns: one dialogue as the room needs it: its events, what is derived from them, its gate and its place in the list. */
import { useEffect, useReducer, useState } from 'react'
import type { GateState } from '#shared/rpc/contract/dialogue.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import { watchGate } from '#renderer/flows/dialogue.ts'
import { nextTurn } from '#renderer/flows/frameTurn.ts'
import { useServices, useTranscripts, useView } from '#renderer/flows/services.ts'
import { watchEvents } from '#renderer/flows/transcripts.ts'
import { emptyLog, type EventLog } from '#renderer/model/eventLog.ts'
import type { FilterRun } from '#renderer/model/filterRun.ts'
import { SessionModel } from '#renderer/model/session.ts'
import { OpeningPlace } from '#renderer/model/startingEvent.ts'
import { useFilterRun } from './useFilterRun.ts'

export interface Session {
  id: string
  summary: SessionSummary | undefined
  log: EventLog
  model: SessionModel
  gate: GateState | undefined
  /** Number of the selected event; 0 while there is none. */
  cursor: number
  live: boolean
  problem: string | undefined
  /** What the dialogue's filter takes; absent while there is none. */
  filtered?: FilterRun | undefined
}

const nothing = emptyLog()

/** Events read while drawing: what is new of a live dialogue. A burst is read between the draws. */
const readInDraw = 2000
/** Milliseconds of a turn for reading, and from one draw to the next while there is more. */
const readBudget = 10
const drawEvery = 250

/** Goes on reading a log that is longer than what was read, a part of each frame. */
function useReading(model: SessionModel, log: EventLog): void {
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const behind = model.isBehind(log)
  useEffect(() => {
    if (!behind) return undefined
    let drawn = performance.now()
    let callOff = nextTurn(function read() {
      const until = performance.now() + readBudget
      while (model.isBehind(log) && performance.now() < until) model.sync(log, 500)
      const done = !model.isBehind(log)
      if (done || performance.now() - drawn > drawEvery) {
        drawn = performance.now()
        redraw()
      }
      if (!done) callOff = nextTurn(read)
    })
    return () => callOff()
  }, [model, log, behind])
}

/** Reads the session while the component is there; a component is for one session (`key`). */
export function useSession(id: string): Session {
  const services = useServices()
  const log = useTranscripts((transcripts) => transcripts.logs[id]) ?? nothing
  const summary = useTranscripts((transcripts) => transcripts.summaries[id])
  const gate = useTranscripts((transcripts) => transcripts.gates[id])
  const problem = useTranscripts((transcripts) => transcripts.problems[id])
  const chosen = useView((view) => view.cursors[id])
  const [model] = useState(() => new SessionModel())
  const [opening] = useState(() => new OpeningPlace())
  useEffect(() => watchEvents(services, id), [services, id])
  const ended = log.ended
  useEffect(() => (ended ? undefined : watchGate(services, id)), [services, id, ended])
  const live = summary !== undefined && summary.state !== 'ended'
  model.sync(log, readInDraw)
  useReading(model, log)
  const filtered = useFilterRun(id, log, model)
  const cursor = chosen ?? opening.at(log, model.ladder.findings, live && !log.ended, model.read)
  return { id, summary, log, model, gate, cursor, live, problem, filtered }
}
