/**
 * Owns: how many connections there are in all, and who may open the next. A way may have as many as are still free, so that
 * ways whose servers answer slowly always leave room for others; an idle connection gives way to who has work.
 *
 * A hundred servers that accept connections and then stay silent would hold every place until their timeouts. So ways are
 * of three kinds: those that took a message lately may have every place, those that were never tried three quarters of them,
 * those that failed last time half of them. And when one waits that has not failed, a server that has said nothing for long
 * is given up before its time: who is tried for the first time may stand behind a thousand silent ones, not for hours.
 */

export const standings = ['works', 'unknown', 'fails'] as const
/** What the last connections of a way came to. */
export type Standing = (typeof standings)[number]

export interface SlotUser {
  /** Connections that are open or being opened. */
  readonly connections: number
  readonly standing: Standing
  /** A place may be free now. */
  wake(): void
  /** Closes one idle connection; false when there is none. */
  closeIdle(): boolean
}

/** A connection that is not ready for mail yet. */
export interface Opening {
  /** It takes too long, and others wait. */
  giveUp(): void
}

export interface Patience {
  /** Milliseconds that a host has to become ready for mail while others wait. */
  opening: number
  micros: () => number
}

export class Slots {
  readonly #most: number
  readonly #patience: Patience
  readonly #users = new Set<SlotUser>()
  readonly #waiting: Record<Standing, Set<SlotUser>> = {
    works: new Set(),
    unknown: new Set(),
    fails: new Set(),
  }
  /** Places of those that do not work, by the kind of which they were when they took them. */
  readonly #held = { unknown: 0, fails: 0 }
  readonly #trials = new Map<SlotUser, { kind: 'unknown' | 'fails'; count: number }>()
  /** Since when each waits for a host to become ready, the oldest first. */
  readonly #opening = new Map<Opening, number>()
  readonly #emptied: (() => void)[] = []
  #open = 0
  #turn = 0
  #looking = false
  /** How many are still to be looked at; one that ends meanwhile may have to look at more. */
  #left = 0
  #alarm: NodeJS.Timeout | undefined

  constructor(most: number, patience: Patience = { opening: Infinity, micros: () => 0 }) {
    this.#most = most
    this.#patience = patience
  }

  get open(): number {
    return this.#open
  }

  /** None is free, and somebody waits who would get the next one. */
  get wanted(): boolean {
    if (this.#open < this.#most) return false
    return standings.some((standing) => this.#waiting[standing].size > 0 && this.#among(standing) > 0)
  }

  /** True: a place was taken. Else the user is woken when one is free. */
  take(user: SlotUser): boolean {
    const free = this.#most - this.#open
    this.#forget(user)
    const { standing } = user
    const taken = user.connections < Math.max(1, free) && this.#room(standing) > 0
    if (taken) {
      this.#open++
      this.#users.add(user)
      if (standing !== 'works') this.#try(user, standing)
    } else {
      this.#waiting[standing].add(user)
      if (free > 0) user.closeIdle()
      else if (this.#among(standing) > 0) this.#closeIdle()
    }
    this.#arm()
    return taken
  }

  /** It begins to connect. */
  opening(one: Opening): void {
    this.#opening.set(one, this.#patience.micros())
    this.#arm()
  }

  /** It is ready, or over. */
  opened(one: Opening): void {
    this.#opening.delete(one)
  }

  /** It has taken a message: its places are no trials any more. */
  works(user: SlotUser): void {
    const trial = this.#trials.get(user)
    if (trial === undefined) return
    this.#held[trial.kind] -= trial.count
    this.#trials.delete(user)
    this.#wakeSome()
  }

  /** Wants none any more. */
  forget(user: SlotUser): void {
    this.#forget(user)
  }

  /** Resolves when no connection is open. */
  empty(): Promise<void> {
    return this.#open === 0 ? Promise.resolve() : new Promise((resolve) => this.#emptied.push(resolve))
  }

  release(user: SlotUser): void {
    this.#open--
    const trial = this.#trials.get(user)
    if (trial !== undefined) {
      this.#held[trial.kind]--
      if (--trial.count === 0) this.#trials.delete(user)
    }
    if (this.#open === 0) for (const tell of this.#emptied.splice(0)) tell()
    if (user.connections === 0) this.#users.delete(user)
    this.#wakeSome()
  }

  get #count(): number {
    return standings.reduce((sum, standing) => sum + this.#waiting[standing].size, 0)
  }

  /** Places that this kind may still take. */
  #room(standing: Standing): number {
    return Math.min(this.#most - this.#open, this.#among(standing))
  }

  /** The same if all that are taken by other kinds were free. */
  #among(standing: Standing): number {
    if (standing === 'works') return this.#most
    const { unknown, fails } = this.#held
    const trials = Math.max(1, this.#most - Math.max(1, Math.floor(this.#most / 4))) - unknown - fails
    return standing === 'unknown' ? trials : Math.min(trials, Math.max(1, this.#most >> 1) - fails)
  }

  #try(user: SlotUser, kind: 'unknown' | 'fails'): void {
    const trial = this.#trials.get(user) ?? { kind, count: 0 }
    trial.count++
    this.#trials.set(user, trial)
    this.#held[trial.kind]++
  }

  #forget(user: SlotUser): void {
    for (const standing of standings) this.#waiting[standing].delete(user)
  }

  /**
   * As many as places are free, in their turns, and the kinds in theirs: of ten thousand ways that wait each would else be
   * looked at for each connection that ends. Who is woken opens at the end of its turn, or has nothing to send any more; so
   * it is looked again behind that, as often as there were users waiting: who gets nothing stands behind the others.
   */
  #wakeSome(left = this.#count): void {
    let free = this.#most - this.#open
    // Whoever ends the next connection goes on from here.
    if (free <= 0) return
    const rooms = standings.map((standing) => this.#room(standing))
    for (let idle = 0; free > 0 && left > 0 && idle < standings.length;) {
      const kind = this.#turn++ % standings.length
      const user = rooms[kind]! > 0 ? first(this.#waiting[standings[kind]!]) : undefined
      idle = user === undefined ? idle + 1 : 0
      if (user === undefined) continue
      rooms[kind]!--
      free--
      left--
      this.#forget(user)
      user.wake()
    }
    if (left <= 0 || !this.#mayWake) return
    this.#left = Math.max(this.#left, left)
    if (this.#looking) return
    this.#looking = true
    // Twice: what was woken opens in the first.
    setImmediate(() => setImmediate(() => this.#lookAgain()))
  }

  #lookAgain(): void {
    this.#looking = false
    const left = this.#left
    this.#left = 0
    this.#wakeSome(left)
  }

  get #mayWake(): boolean {
    return standings.some((standing) => this.#waiting[standing].size > 0 && this.#room(standing) > 0)
  }

  #closeIdle(): void {
    for (const user of this.#users) if (user.closeIdle()) return
  }

  /** How many wait for want of a place. Those that failed last time wait until others are done: nobody is given up for them. */
  get #pressing(): number {
    const of = (standing: Standing): number => (this.#room(standing) > 0 ? 0 : this.#waiting[standing].size)
    return of('works') + of('unknown')
  }

  #arm(): void {
    const oldest = this.#opening.values().next().value
    if (this.#alarm !== undefined || oldest === undefined || this.#pressing === 0) return
    const left = oldest / 1000 + this.#patience.opening - this.#patience.micros() / 1000
    if (left === Infinity) return
    this.#alarm = setTimeout(
      () => {
        this.#alarm = undefined
        this.#hurry()
      },
      Math.max(1, Math.ceil(left)),
    )
    this.#alarm.unref()
  }

  /** As many as are waited for. */
  #hurry(): void {
    const until = this.#patience.micros() - this.#patience.opening * 1000
    let wanted = this.#pressing
    for (const [one, since] of this.#opening) {
      if (since > until || wanted-- <= 0) break
      this.#opening.delete(one)
      one.giveUp()
    }
    this.#arm()
  }
}

const first = <T>(set: ReadonlySet<T>): T | undefined => set.values().next().value
