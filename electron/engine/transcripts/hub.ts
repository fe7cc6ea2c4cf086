/**
 * Owns: every session of this program. It hands out recorders, keeps what is live, moves it to the store in few large
 * writes, and tells the list what changed. Two timers for all sessions together, none while nothing happens.
 */
import type { Clock, Log } from '../ports.ts'
import { type Store, StoreError, type TranscriptQuery } from '../store/types.ts'
import type { TranscriptChange } from '#shared/rpc/contract/transcript.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { SessionHead, SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { LiveSession, type SessionWatcher } from './liveSession.ts'
import { sessionIds } from './sessionId.ts'
import { mergePage, type SessionPage } from './sessionList.ts'
import { SessionSource } from './sessionSource.ts'
import type { Hub, Recorder } from './types.ts'

/**
 * Milliseconds until what is live is in the store, and until the list learns a change. A session that ended is stored
 * then too: a write of its own for each would cost a sync of the disk each, which clients wait behind for their 250.
 */
const flushAfter = 1000
const tellAfter = 50
/** Changes kept for readers of the list that lag behind; who lags further reads the list anew. */
const changesKept = 2000
/**
 * Sessions that are written to the store at once; the next ones when those are there. Ten thousand idle clients whose turn
 * came together would hold up everybody, and leave 60 MiB of what was made for it.
 */
const flushAtOnce = 500
/** Ended sessions kept in memory while the store takes none; above it the oldest is given up, and that is logged. */
const mostUnstored = 20_000

export interface HubOptions {
  store: Store
  clock: Clock
  log: Log
}

export function createHub(options: HubOptions): Hub {
  return new TranscriptHub(options)
}

class TranscriptHub implements Hub, SessionWatcher {
  readonly #store: Store
  readonly #clock: Clock
  readonly #log: Log
  readonly #nextId: () => string
  readonly #changes = new EventLog<TranscriptChange>(changesKept)
  /** Live ones, and ended ones until the store has them. */
  readonly #sessions = new Map<string, LiveSession>()
  #toStore = new Set<LiveSession>()
  #toTell = new Set<LiveSession>()
  readonly #flushing = new Set<Promise<unknown>>()
  #flushTimer: NodeJS.Timeout | null = null
  #tellTimer: NodeJS.Timeout | null = null
  #failing = false
  #stopped = false

  constructor({ store, clock, log }: HubOptions) {
    this.#store = store
    this.#clock = clock
    this.#log = log
    this.#nextId = sessionIds(() => clock.now())
  }

  begin(head: Omit<SessionHead, 'id' | 'startedAt'>): Recorder {
    if (this.#stopped) throw new Error('Relayscope is stopping; no session can begin.')
    const whole = { ...head, id: this.#nextId(), startedAt: this.#clock.now().toISOString() }
    const session = new LiveSession(this, this.#clock, whole)
    this.#sessions.set(session.session, session)
    this.changed(session, false)
    return session
  }

  async events(session: string): Promise<StreamSource<TranscriptEvent> | null> {
    const live = this.#sessions.get(session)
    if (live !== undefined) return new SessionSource(this.#store, session, live)
    const stored = await this.#store.getTranscript(session)
    return stored === null ? null : new SessionSource(this.#store, session, null)
  }

  async summary(session: string): Promise<SessionSummary | null> {
    return this.#sessions.get(session)?.summary() ?? (await this.#store.getTranscript(session))
  }

  async list(query: TranscriptQuery): Promise<SessionPage> {
    // Taken first: what the store learns meanwhile may leave memory before its answer is here.
    const live = [...this.#sessions.values()].map((session) => ({ session, known: session.known }))
    const stored = await this.#store.listTranscripts(query)
    const listed = new Set(stored.items.map((item) => item.id))
    // The index of words knows ended sessions only, so with words all that is in memory is looked at.
    const here = live.filter(
      ({ session, known }) => !known || query.text !== undefined || listed.has(session.session),
    )
    return mergePage(
      stored,
      here.map(({ session }) => session.summary()),
      query,
    )
  }

  changes(): StreamSource<TranscriptChange> {
    return this.#changes
  }

  added(summary: SessionSummary): void {
    if (!this.#stopped) this.#changes.append({ type: 'put', summary })
  }

  gone(sessions: readonly string[]): void {
    if (this.#stopped) return
    for (const session of sessions) this.#changes.append({ type: 'gone', session })
  }

  /** Sessions that are still live stay. */
  async remove(sessions: string[]): Promise<number> {
    const ended = sessions.filter((id) => this.#sessions.get(id)?.ended !== false)
    const unstored = ended.map((id) => this.#sessions.get(id)).filter((session) => session !== undefined)
    await Promise.all(unstored.map((session) => this.#flush(session)))
    const removed = await this.#store.removeTranscripts(ended)
    for (const session of ended) {
      this.#sessions.delete(session)
      if (!this.#stopped) this.#changes.append({ type: 'gone', session })
    }
    return removed
  }

  async stop(): Promise<void> {
    if (this.#stopped) return
    for (const session of this.#sessions.values()) {
      if (session.ended) continue
      session.write({ kind: 'end', direction: 'none', phase: 'other', outcome: 'cancelled', by: 'this-computer', message: 'Relayscope was stopped.' }) // prettier-ignore
    }
    this.#stopped = true
    this.#flushAll()
    while (this.#flushing.size > 0) await Promise.all(this.#flushing)
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer)
    this.#tell()
    this.#changes.end()
  }

  changed(session: LiveSession, due: boolean): void {
    if (!this.#stopped) {
      this.#toTell.add(session)
      this.#tellTimer ??= setTimeout(() => this.#tell(), tellAfter)
    }
    const soon = session.ended && !this.#stopped
    if (due && !soon && !this.#failing) void this.#flush(session)
    else this.#later(session)
  }

  lateWrite(session: LiveSession, kind: string): void {
    this.#log('warn', 'An event came after the end of its session and was not recorded.', { session: session.session, kind }) // prettier-ignore
  }

  #later(session: LiveSession): void {
    this.#toStore.add(session)
    if (this.#stopped) return
    this.#flushTimer ??= setTimeout(() => this.#flushAll(), flushAfter)
  }

  #flushAll(): void {
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer)
    this.#flushTimer = null
    const due = this.#toStore
    this.#toStore = new Set()
    const begun: Promise<unknown>[] = []
    for (const session of due) {
      if (begun.length >= flushAtOnce && !this.#stopped) this.#toStore.add(session)
      // While the store takes nothing, one session tries for all.
      else if (this.#failing && this.#flushing.size > 0 && !this.#stopped) this.#later(session)
      else begun.push(this.#flush(session))
    }
    if (begun.length >= flushAtOnce && !this.#stopped) void this.#goOn(begun)
  }

  /** With those whose turn has come too. The timer is the way on should these never be answered. */
  async #goOn(begun: readonly Promise<unknown>[]): Promise<void> {
    if (this.#toStore.size > 0) this.#flushTimer ??= setTimeout(() => this.#flushAll(), flushAfter)
    await Promise.all(begun)
    if (!this.#stopped && this.#toStore.size > 0) this.#flushAll()
  }

  #flush(session: LiveSession): Promise<unknown> {
    const flushing = session
      .flush(this.#store, (error) => this.#failed(error))
      .then((stored) => this.#flushed(session, stored))
      .finally(() => this.#flushing.delete(flushing))
    this.#flushing.add(flushing)
    return flushing
  }

  #flushed(session: LiveSession, stored: boolean): void {
    if (stored && this.#failing) {
      this.#failing = false
      this.#log('info', 'Transcripts are being stored again.')
      this.#flushAll()
    }
    if (session.settled && session.ended) this.#forget(session)
    else if (!session.settled && stored && session.ended) void this.#flush(session)
    else if (!session.settled) this.#later(session)
    if (!stored) this.#giveUpOldest()
  }

  #forget(session: LiveSession): void {
    this.#sessions.delete(session.session)
    if (session.lost === 0) return
    const { session: id, lost } = session
    this.#log('error', 'Events were given up: the store took none for too long.', { session: id, lost })
  }

  #failed(error: unknown): void {
    if (this.#failing) return
    this.#failing = true
    const code = error instanceof StoreError ? error.code : 'failed'
    this.#log('error', `Transcripts cannot be stored now and wait in memory. ${String(error)}`, { code })
  }

  /** A store that takes nothing for long must not fill the memory. */
  #giveUpOldest(): void {
    if (this.#sessions.size <= mostUnstored) return
    for (const [id, session] of this.#sessions) {
      if (this.#sessions.size <= mostUnstored) return
      if (!session.ended) continue
      this.#sessions.delete(id)
      this.#toStore.delete(session)
      this.#log('error', 'A transcript was given up: the store took none for too long.', { session: id })
    }
  }

  #tell(): void {
    if (this.#tellTimer !== null) clearTimeout(this.#tellTimer)
    this.#tellTimer = null
    const changed = this.#toTell
    this.#toTell = new Set()
    for (const session of changed) {
      this.#changes.append({ type: 'put', summary: session.summary() })
      if (session.ended && !this.#failing && this.#toStore.delete(session)) void this.#flush(session)
    }
  }
}
