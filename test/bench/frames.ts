/** Owns: what the page's frames cost while something is done: measured in the page itself. */
import type { Page } from 'playwright-core'

export interface Frames {
  /** Milliseconds of the longest time between two frames, and of the longest long animation frame (0: none over 50). */
  longest: number
  /** Frames over 50 ms. */
  over: number
  /** What ran in the longest one, for the reader of a bad figure. */
  blame: string
}

interface Recorder {
  gaps: { longest: number; over: number }
  blame: { duration: number; words: string }
  last: number
  running: boolean
}

declare global {
  interface Window {
    benchFrames?: Recorder
  }
}

/** Milliseconds that no frame may take. */
export const frameGoal = 50

/** Runs in the page: counts the time from one frame to the next. */
function record(goal: number): void {
  const recorder: Recorder = { gaps: { longest: 0, over: 0 }, blame: { duration: 0, words: '' }, last: performance.now(), running: true }
  window.benchFrames = recorder
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.duration <= recorder.blame.duration) continue
      const told: unknown = entry.toJSON()
      recorder.blame = { duration: entry.duration, words: JSON.stringify(told) }
    }
  })
  observer.observe({ type: 'long-animation-frame', buffered: false })
  const tick = (): void => {
    const now = performance.now()
    const gap = now - recorder.last
    recorder.last = now
    recorder.gaps.longest = Math.max(recorder.gaps.longest, gap)
    if (gap > goal) recorder.gaps.over++
    if (recorder.running) requestAnimationFrame(tick)
    else observer.disconnect()
  }
  requestAnimationFrame(tick)
} // prettier-ignore

export const startFrames = (page: Page): Promise<void> => page.evaluate(record, frameGoal)

export async function stopFrames(page: Page): Promise<Frames> {
  const told = await page.evaluate(
    () =>
      new Promise<Recorder | undefined>((done) =>
        requestAnimationFrame(() => {
          const recorder = window.benchFrames
          if (recorder) recorder.running = false
          setTimeout(() => done(recorder), 60)
        }),
      ),
  )
  if (told === undefined) throw new Error('frames were not being recorded')
  return { longest: told.gaps.longest, over: told.gaps.over, blame: told.blame.words }
}
