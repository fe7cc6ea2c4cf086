/** Owns: applying a dialogue's filter while it is shown: some milliseconds of each frame, until all is looked at. */
import { startTransition, useEffect, useMemo, useReducer, useState } from 'react'
import { afterFrame } from '#renderer/flows/frameTurn.ts'
import { useServices } from '#renderer/flows/services.ts'
import type { EventLog } from '#renderer/model/eventLog.ts'
import { filterKey, isFiltering, noFilter, type DialogueFilter } from '#renderer/model/filter.ts'
import { FilterRun } from '#renderer/model/filterRun.ts'
import type { SessionModel } from '#renderer/model/session.ts'

/** Milliseconds of a frame; the rest is for drawing. */
const budget = 8
/** Milliseconds from one draw to the next while there is more, once there are enough rows for a screen. */
const drawEvery = 150
const screen = 100

const now = () => performance.now()

/**
 * The filter as the rows go by it. What was typed or chosen is seen at once and by itself; the rows follow behind the
 * frame that shows it.
 */
function useAsked(id: string): DialogueFilter {
  const { view } = useServices().stores
  const [asked, ask] = useState(() => view.getState().filters[id] ?? noFilter)
  useEffect(() => {
    let callOff: (() => void) | undefined
    const follow = () => {
      callOff = undefined
      startTransition(() => ask(view.getState().filters[id] ?? noFilter))
    }
    follow()
    const leave = view.subscribe(({ filters }, before) => {
      if (filters[id] !== before.filters[id]) callOff ??= afterFrame(follow)
    })
    return () => {
      callOff?.()
      leave()
    }
  }, [view, id])
  return asked
}

/** Undefined while there is no filter. The same run as long as what it takes is the same; it grows while it is applied. */
export function useFilterRun(id: string, log: EventLog, model: SessionModel): FilterRun | undefined {
  const filter = useAsked(id)
  // What proves a finding stands before it: with a new finding the beginning is looked at anew.
  const known = filter.findings ? model.ladder.findings.length : 0
  const key = isFiltering(filter) ? `${known} ${filterKey(filter)}` : ''
  const run = useMemo(() => {
    if (key === '') return undefined
    const begun = new FilterRun(filter, log, model.ladder)
    // The first matches are nearly always there at once: then nothing flickers.
    begun.step(log, now() + budget, now)
    return begun
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key says all that matters of the filter; the log only grows
  }, [id, key])
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const open = run !== undefined && !run.isDone(log)
  // After each draw that has not looked at everything.
  useEffect(() => {
    if (!open) return undefined
    const drawn = now()
    const shown = run.rows.length
    let frame = requestAnimationFrame(function look() {
      run.step(log, now() + budget, now)
      const fills = shown < screen && run.rows.length > shown
      if (fills || run.isDone(log) || now() - drawn > drawEvery) redraw()
      else frame = requestAnimationFrame(look)
    })
    return () => cancelAnimationFrame(frame)
  })
  return run
}
