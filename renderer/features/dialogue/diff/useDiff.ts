/** Owns: two dialogues read from the engine, a frame's worth at a time, and their diff, kept up to date while one is live. */
import { useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { diffingSteps } from '#shared/transcript/diff/diff.ts'
import type { TicketSide } from '#shared/transcript/diff/ticket.ts'
import type { Side, TranscriptDiff } from '#shared/transcript/diff/types.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import { useServices, useTranscripts } from '#renderer/flows/services.ts'
import { watchEvents } from '#renderer/flows/transcripts.ts'
import { SideReader } from '#renderer/model/diffRows.ts'
import { emptyLog } from '#renderer/model/eventLog.ts'

export interface DiffSide {
  id: string
  summary: SessionSummary | undefined
  reader: SideReader
  /** All that there is for now was read. */
  ready: boolean
  live: boolean
  /** Why it cannot be shown, in words. */
  missing: string | undefined
}

const nothing = emptyLog()

/** Reads one session while the component is there. */
export function useSide(id: string): DiffSide {
  const services = useServices()
  const log = useTranscripts((transcripts) => transcripts.logs[id]) ?? nothing
  const summary = useTranscripts((transcripts) => transcripts.summaries[id])
  const problem = useTranscripts((transcripts) => transcripts.problems[id])
  const reader = useMemo(() => ({ id, of: new SideReader() }), [id]).of
  const [, readOn] = useReducer((n: number) => n + 1, 0)
  useEffect(() => watchEvents(services, id), [services, id])
  const more = reader.read(log)
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- after each draw that has not read all of the log
  useEffect(() => {
    if (!more) return undefined
    const frame = requestAnimationFrame(readOn)
    return () => cancelAnimationFrame(frame)
  })
  const live = summary !== undefined && summary.state !== 'ended' && !log.ended
  // A live one is read when what its summary counts is there: half a beginning is no transcript to compare.
  const arrived = log.ended || (live && log.length >= Math.min(summary.events, 1))
  const gone = reader.consumed > 0 && log.length === 0 && summary === undefined
  const missing = problem !== undefined && log.length === 0 ? problem : gone ? 'It was deleted.' : undefined
  return { id, summary, reader, ready: arrived && !more, live, missing }
}

const sideOf = ({ reader, live, summary }: DiffSide): Side => ({
  steps: reader.steps,
  live,
  probe: summary?.source === 'probe',
})

/** The side as a ticket takes it; undefined while nothing is known of it. */
export const ticketSide = (side: DiffSide): TicketSide | undefined =>
  side.summary && { ...sideOf(side), head: side.summary }

/** Share of the time that comparing may take while events arrive. */
const pause = 10
/** Milliseconds of comparing at a time; with drawing it is less than a frame. */
const slice = 8

/** The diff once both sides were read; after that again whenever a side has grown, as often as its cost allows. */
export function useDiff(left: DiffSide, right: DiffSide): TranscriptDiff | undefined {
  const stamp = `${left.id} ${left.reader.consumed} ${left.live} ${right.id} ${right.reader.consumed} ${right.live}`
  const [shown, setShown] = useState<{ of: string; diff: TranscriptDiff }>()
  const latest = useRef({ left, right, stamp })
  const work = useRef({ timer: 0, cost: 0, of: '' })
  const ready = left.ready && right.ready
  useEffect(() => {
    latest.current = { left, right, stamp }
  })
  useEffect(() => {
    const held = work.current
    if (!ready || held.timer !== 0 || held.of === stamp) return
    const begin = () => {
      const sides = latest.current
      const diffing = diffingSteps(sideOf(sides.left), sideOf(sides.right))
      let cost = 0
      const goOn = () => {
        const begun = performance.now()
        let step = diffing.next()
        while (step.done !== true && performance.now() - begun < slice) step = diffing.next()
        cost += performance.now() - begun
        if (step.done !== true) {
          held.timer = window.setTimeout(goOn)
          return
        }
        Object.assign(held, { cost, of: sides.stamp })
        // What has come meanwhile is compared next.
        held.timer = latest.current.stamp === sides.stamp ? 0 : window.setTimeout(begin, cost * pause)
        setShown({ of: `${sides.left.id} ${sides.right.id}`, diff: step.value })
      }
      goOn()
    }
    held.timer = window.setTimeout(begin, held.cost * pause)
  }, [ready, stamp])
  useEffect(() => {
    const held = work.current
    return () => window.clearTimeout(held.timer)
  }, [])
  return shown?.of === `${left.id} ${right.id}` ? shown.diff : undefined
}
