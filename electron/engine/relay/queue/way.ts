/**
 * Owns: one way that mail goes: what its server asked for (a pause by 421, fewer connections), which holds for all that goes
 * there, and whose turn it is to open the next connection. One connection alone until the first is ready; what that one came
 * to is true for all that waited for it.
 */
import { BackOff } from '../../many/backOff.ts'
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import type { RecipientOutcome } from '../types.ts'
import type { Entry, Work } from './entry.ts'
import { type HopVerdict, notBegun } from './hopVerdict.ts'
import type { LaneHost, WayLane } from './laneTypes.ts'
import { inOneTurn } from './limits.ts'
import { openOf, tryOf } from './settle.ts'
import type { SlotUser, Standing } from './slots.ts'

/** Microseconds for which a server's limit of connections is heeded. */
const capFor = 60_000_000
/** Microseconds for which what a server asked for matters. */
const memory = 60_000_000

export class Way<Lane extends WayLane = WayLane> implements SlotUser, Work {
  readonly key: string
  readonly #host: LaneHost
  readonly #lanes = new Map<string, Lane>()
  /** Those that have idle connections. */
  readonly idle = new Set<WayLane>()
  /** Those that want a connection, in their turns. */
  readonly #wanting = new Set<Lane>()
  /** Calls for a pause by 421, and connections that could not be made while others work. */
  readonly #asked = new BackOff()
  readonly #trouble = new BackOff()
  /** Connections that became ready and are not over. */
  #links = 0
  #dialling = 0
  #proven = false
  /** What the server takes at once, as it seems. */
  #cap = { most: Infinity, until: 0 }
  #alarm: NodeJS.Timeout | undefined
  #alarmAt = 0
  #soon = false
  /** A lane wants a connection, and there is no place for one more. */
  #short = false
  #standing: Standing
  /** Microseconds; when it was last of use. */
  used = 0

  constructor(key: string, host: LaneHost) {
    this.key = key
    this.#host = host
    this.#standing = host.ways.of(key)
  }

  get connections(): number {
    return this.#links + this.#dialling
  }

  get standing(): Standing {
    return this.#standing
  }

  words(): string {
    return 'Waiting for a free connection'
  }

  /** Another lane wants the place of a connection, or another way. */
  get pressed(): boolean {
    return (this.#short && this.#wanting.size > 0) || this.#host.slots.wanted
  }

  lane(of: string, make: () => Lane): Lane {
    const known = this.#lanes.get(of)
    if (known !== undefined) return known
    const made = make()
    this.#lanes.set(of, made)
    return made
  }

  lanes(): Lane[] {
    return [...this.#lanes.values()]
  }

  /** It has neither legs nor connections. */
  drop(of: string): Lane | undefined {
    const lane = this.#lanes.get(of)
    this.#lanes.delete(of)
    if (lane !== undefined) {
      this.#wanting.delete(lane)
      this.idle.delete(lane)
    }
    return lane
  }

  isIdle(now: number): boolean {
    return this.#lanes.size === 0 && now - this.used > memory
  }

  /** Microseconds for which the server asked to be left alone. */
  pause(now: number): number {
    return this.#asked.left(now)
  }

  /** Asks for the pause; what is under way goes on. */
  askedToPause(): void {
    this.#asked.ask(this.#host.micros())
  }

  took(): void {
    this.#asked.took()
  }

  /** A message was answered, or the connection broke without an answer: what it came to last is what it is taken for. */
  answered(works: boolean): void {
    this.#stands(works ? 'works' : 'fails')
  }

  /** The lane is told to open connections, as many as rules, server and places allow. */
  want(lane: Lane): void {
    this.#wanting.add(lane)
    this.#openSoon()
  }

  /** What becomes ready together is counted together. */
  #openSoon(): void {
    if (this.#soon) return
    this.#soon = true
    setImmediate(() => {
      this.#soon = false
      this.#openSome()
    })
  }

  wake(): void {
    this.#openSoon()
  }

  closeIdle(): boolean {
    for (const lane of this.idle) if (lane.closeIdle()) return true
    return false
  }

  /** All that is ready, because rules may have changed: the next connection is made alone again. */
  recall(): Entry[] {
    this.#proven = false
    this.#wanting.clear()
    this.#host.slots.forget(this)
    clearTimeout(this.#alarm)
    this.#alarm = undefined
    const lanes = this.lanes()
    const entries = lanes.flatMap((lane) => lane.takeAll())
    for (const lane of lanes) lane.retire()
    return entries
  }

  ready(): void {
    this.#dialling--
    this.#links++
    this.#proven = true
    this.#trouble.took()
    this.#openSoon()
  }

  /** Of one that was ready. Who has the next is for the lane to say (`wake`), behind those that wait for other limits. */
  over(): void {
    this.#links--
    if (this.#links === 0) this.#proven = false
    this.#host.slots.release(this)
  }

  /**
   * No connection came of it. `verdicts`: of each host; null: it was ended by this program. `alone`: no other worked when it
   * was begun. `wake` as after `over`.
   */
  notOpened(verdicts: readonly HopVerdict[] | null, alone: boolean): void {
    this.#dialling--
    if (verdicts !== null) this.#failed(verdicts, alone)
    this.#host.slots.release(this)
  }

  #openSome(): void {
    this.#short = false
    // Who wants more stands behind the others.
    for (let left = this.#wanting.size + this.#host.limits.connections; left > 0; left--) {
      const lane = this.#wanting.values().next().value
      if (lane === undefined || !this.#mayOpen()) return
      if (!lane.wants) {
        // Its rate may have been used on another way meanwhile: it looks again for when it may go, or it would never be asked.
        this.#wanting.delete(lane)
        lane.pump()
        continue
      }
      const may = lane.allowance.mayConnect(lane)
      // It keeps its turn.
      if (may && !this.#host.slots.take(this)) {
        this.#short = true
        return
      }
      this.#wanting.delete(lane)
      if (!may) continue
      this.#dialling++
      lane.open(this.#links === 0)
      if (lane.wants) this.#wanting.add(lane)
    }
  }

  /** Else the alarm is set for when it may, where nothing else will tell. */
  #mayOpen(): boolean {
    if (!this.#host.mayGo() || (!this.#proven && this.#dialling > 0)) return false
    const now = this.#host.micros()
    if (now > this.#cap.until) this.#cap.most = Infinity
    const wait = Math.max(this.#asked.left(now), this.#trouble.left(now))
    const capped = this.connections >= this.#cap.most
    if (capped) {
      this.#short = true
      this.closeIdle()
    }
    if (capped || wait > 0) this.#wakeIn(Math.max(wait, capped ? this.#cap.until - now : 0))
    return !capped && wait === 0
  }

  #failed(verdicts: readonly HopVerdict[], alone: boolean): void {
    const now = this.#host.micros()
    const verdict = verdicts.findLast(({ code }) => code !== undefined) ?? verdicts.at(-1) ?? notBegun
    if (this.#links > 0 || !alone) {
      // Others work: it may have been one too many.
      this.#trouble.ask(now)
      this.#cap = { most: Math.max(1, this.#links), until: now + capFor }
      return
    }
    this.#stands('fails')
    const never = verdict.never && verdicts.every((one) => one.never)
    const { words, code, enhanced, host, sealed, session, seq } = verdict
    if (code === 421) this.#asked.ask(now)
    // The one attempt was for all that waited for it, and is remembered once: there may be a hundred thousand.
    const entries = this.lanes().flatMap((lane) => lane.takeAll())
    for (const entry of entries) entry.work = this
    const said = { outcome: never ? 'failed' : 'again', words, code, enhanced, host } as const
    const of = session === '' ? {} : { session, seq, ...(sealed === undefined ? {} : { sealed }) }
    const tried = tryOf([{ address: '', ...said }], { at: this.#host.now().toISOString(), ...of, host })
    this.#settleAll(entries, said, tried)
  }

  #settleAll(entries: readonly Entry[], said: Omit<RecipientOutcome, 'address'>, tried: LegTry): void {
    for (const entry of entries.slice(0, inOneTurn)) {
      if (entry.phase !== 'ready' || entry.work !== this) continue
      const outcomes = openOf(entry.leg).map(({ address }): RecipientOutcome => ({ address, ...said }))
      this.#host.settled(entry, outcomes, tried)
    }
    if (entries.length > inOneTurn) setImmediate(() => this.#settleAll(entries.slice(inOneTurn), said, tried))
  }

  #stands(standing: Exclude<Standing, 'unknown'>): void {
    if (this.#standing === standing) return
    this.#standing = standing
    this.#host.ways.note(this.key, standing)
    if (standing === 'works') this.#host.slots.works(this)
  }

  #wakeIn(micros: number): void {
    const at = this.#host.micros() + micros
    if (this.#alarm !== undefined && this.#alarmAt <= at) return
    clearTimeout(this.#alarm)
    this.#alarmAt = at
    this.#alarm = setTimeout(
      () => {
        this.#alarm = undefined
        this.#openSoon()
      },
      Math.max(1, Math.ceil(micros / 1000)),
    )
  }
}
