/**
 * Owns: what the page's frames cost while something is done. The page marks each frame that it draws; the browser's trace
 * says when that was and what the main thread computed between two of them.
 */
import type { Page } from 'playwright-core'
import type { TraceEvent } from './trace.ts'

/** Milliseconds that no frame may take. */
export const frameGoal = 50

export interface Frame {
  /** Microseconds of the trace. */
  from: number
  to: number
  /** Milliseconds by the clock, and of the main thread's processor time in them. */
  clock: number
  cpu: number
}

declare global {
  interface Window {
    benchFrames?: { running: boolean }
  }
}

const frameMark = 'bench-frame'
/** Of the trace: the category that marks are in. */
export const markCategory = 'blink.user_timing'

/** Runs in the page: marks each frame. */
function record(mark: string): void {
  const recorder = { running: true }
  window.benchFrames = recorder
  const tick = (): void => {
    performance.mark(mark)
    performance.clearMarks(mark)
    if (recorder.running) requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
}

export const startFrames = (page: Page): Promise<void> => page.evaluate(record, frameMark)

/** Lets the frame after the last one come too. */
export const stopFrames = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((done) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            if (window.benchFrames) window.benchFrames.running = false
            setTimeout(done, 60)
          }),
        ),
      ),
  )

/** The part of a task's processor time that falls between two moments; inside a task it is taken to be even. */
function share(task: TraceEvent, from: number, to: number): number {
  const overlap = Math.min(to, task.ts + (task.dur ?? 0)) - Math.max(from, task.ts)
  return overlap <= 0 || !task.dur ? 0 : ((task.tdur ?? 0) * overlap) / task.dur
}

/** The frames that the page marked, with what `tasks` of its main thread computed in each. */
export function framesOf(events: readonly TraceEvent[], tasks: readonly TraceEvent[]): Frame[] {
  const marks = events.flatMap(({ name, ts }) => (name === frameMark ? [ts] : [])).toSorted((a, b) => a - b)
  return marks.slice(1).map((to, place) => {
    const from = marks[place]!
    const micros = tasks.reduce((sum, task) => sum + share(task, from, to), 0)
    return { from, to, clock: (to - from) / 1000, cpu: micros / 1000 }
  })
}
