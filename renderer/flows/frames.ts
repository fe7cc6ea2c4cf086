/** Owns: when something that changes in bursts is drawn, and how much of a frame may go by while it comes. */
import { nextTurn } from './frameTurn.ts'

/** Of the time, drawing takes one part and what arrives these many. */
const share = 9
/** Milliseconds that a drawing is put off at most. */
const mostWait = 250

export class PaintPace {
  readonly #draw: () => void
  #waiting: ReturnType<typeof setTimeout> | null = null
  #frame = 0
  #due = 0
  #stopped = false

  constructor(draw: () => void) {
    this.#draw = draw
  }

  /** There is something to draw. */
  changed(): void {
    if (this.#waiting !== null || this.#stopped) return
    const wait = Math.max(0, this.#due - performance.now())
    // A window in the background has no frames, so time helps out.
    this.#waiting = setTimeout(() => this.#now(), wait + mostWait)
    if (wait === 0) this.#frame = requestAnimationFrame(() => this.#now())
    else {
      clearTimeout(this.#waiting)
      this.#waiting = setTimeout(() => this.#now(), wait)
    }
  }

  /** Draws what is there at once. */
  flush(): void {
    if (this.#waiting !== null) this.#now()
  }

  stop(): void {
    this.#stopped = true
    this.#clear()
  }

  #clear(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting)
    cancelAnimationFrame(this.#frame)
    this.#waiting = null
  }

  #now(): void {
    this.#clear()
    if (this.#stopped) return
    const began = performance.now()
    this.#draw()
    // Drawn, laid out and painted by then.
    setTimeout(() => {
      const now = performance.now()
      this.#due = now + Math.min(mostWait, (now - began) * share)
    }, 0)
  }
}

/** Milliseconds of a turn for what comes; then drawing and what a person does have theirs. */
const takenOfTurn = 10

/** Says when what comes has had enough. It goes on with the next turn (frameTurn.ts). */
export class FrameBudget {
  #began = 0
  #next: Promise<void> | null = null

  /** Nothing while there is time in this turn, else what resolves with the next. */
  spent(): Promise<void> | undefined {
    if (this.#next === null) {
      this.#began = performance.now()
      this.#next = new Promise((resolve) => {
        nextTurn(() => {
          this.#next = null
          resolve()
        })
      })
    }
    return performance.now() - this.#began < takenOfTurn ? undefined : this.#next
  }
}
