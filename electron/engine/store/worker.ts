/**
 * Owns: the store's thread. A turn takes everything that is queued, commits it as one, answers, then reads; when nothing
 * is asked for, it fills the search index, carries out the keep rules and writes the log back into the database.
 */
import type { DatabaseSync } from 'node:sqlite'
import { tagsOf } from './boxRow.ts'
import { LostContent } from './contentFolder.ts'
import { codeOf, faultOf } from './faults.ts'
import { GroupCommit, type Outcome, type OwnWrite } from './groupCommit.ts'
import { databasePath, markSuspect, openDatabase } from './open.ts'
import { SearchIndex } from './searchIndex.ts'
import { StrayFiles } from './strayFiles.ts'
import { summarizeContent } from './summaries.ts'
import { Tables } from './tables.ts'
import { sizeOf, Upkeep } from './upkeep.ts'
import type { FromWorker, ReadOp, ToWorker, WorkerOptions, WriteOp } from './wireTypes.ts'

/** Milliseconds without work before the index is filled, and before the log is written back. */
const idleAfter = 50
const idleAtLatest = 2000
/** Milliseconds after which messages may have become too old to keep, or it has become quiet. */
const lookAfter = 60_000
/** Milliseconds of removing in one commit of its own, and in one that clients wait for; and from one of those to the next. */
const sweepIdle = 8
const sweepBeside = 4
const sweepEvery = 20
/** Milliseconds without a write after which words of what is gone are taken out of the index. */
const quietAfter = 10_000
/** Milliseconds of reads before waiting writes get their turn. */
const readSlice = 10

const spentChunks = (writes: readonly WriteOp[]): ArrayBuffer[] =>
  writes.flatMap((op) =>
    op.type === 'chunk' && op.bytes.buffer instanceof ArrayBuffer ? [op.bytes.buffer] : [],
  )

/** What a thread's port offers. */
export interface WorkerPort {
  postMessage(message: FromWorker, transfer: ArrayBuffer[]): void
  on(event: 'message', listener: (message: ToWorker) => void): unknown
  close(): void
}

export class StoreWorker {
  readonly #port: WorkerPort
  readonly #db: DatabaseSync
  readonly #path: string
  readonly #tables: Tables
  readonly #commit: GroupCommit
  readonly #index: SearchIndex
  readonly #upkeep: Upkeep
  readonly #strays: StrayFiles
  #writes: WriteOp[] = []
  #reads: { id: number; op: ReadOp }[] = []
  #own: OwnWrite[] = []
  #upTo = 0
  #scheduled = false
  #closing = false
  #closed = false
  #indexing = false
  #ownFailing = false
  /** Something may wait for the index or in the log. */
  #owing = true
  #restingSince = 0
  #idle: NodeJS.Timeout | undefined
  readonly #looking: NodeJS.Timeout
  /** When the keep rules had their last turn, and when anybody wrote last. */
  #swept = 0
  #wroteAt = performance.now()

  constructor(port: WorkerPort, db: DatabaseSync, path: string) {
    this.#port = port
    this.#db = db
    this.#path = path
    this.#tables = new Tables(db)
    this.#commit = new GroupCommit(db, this.#tables)
    this.#index = new SearchIndex(db, this.#tables.contents, this.#tables.sessions, this.#tables.tags)
    this.#upkeep = new Upkeep(db, (error) => void this.#fault(error))
    this.#strays = new StrayFiles(db, this.#tables.contents.files)
    this.#looking = setInterval(() => this.#lookAgain(), lookAfter)
    this.#looking.unref()
    this.#rest()
  }

  take(message: ToWorker): void {
    if (message.type === 'close') this.#closing = true
    else {
      for (const write of message.writes) this.#writes.push(write)
      if (message.writes.length > 0) this.#postponeIdle()
      if (message.writes.length > 0) this.#wroteAt = performance.now()
      for (const read of message.reads) this.#reads.push(read)
    }
    this.#schedule()
  }

  /** By the next turn of the loop, so that everything that is in the port by then is in the same transaction. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      // A slice of the index that was being read at the end asks for one more turn.
      if (!this.#closed) this.#turn()
    })
  }

  #turn(): void {
    if (this.#writes.length > 0) {
      // Under a load that never ends the rules must hold too; such a step shares the commit.
      if (performance.now() - this.#swept > sweepEvery) this.#sweep(sweepBeside)
      this.#write()
    }
    // Who reads after an announcement finds the headers too.
    if (this.#own.length > 0 && this.#reads.length > 0) this.#write()
    this.#answerReads()
    if (this.#upkeep.logIsLong) this.#upkeep.checkpoint('PASSIVE')
    if (this.#reads.length > 0) this.#schedule()
    else if (this.#closing) this.#close()
    else this.#rest()
  }

  #write(): void {
    const writes = this.#writes
    const own = this.#own
    this.#writes = []
    this.#own = []
    const outcome = this.#commit.run(writes, own)
    this.#ownFailing = outcome.ownFailed.length > 0
    this.#upkeep.wrote(sizeOf(writes) + this.#tables.contents.heldPieces() + own.length * 1024)
    const first = this.#upTo + 1
    this.#upTo += writes.length
    const failed = outcome.failed.map(([index, error]): [number, ReturnType<typeof faultOf>] => [
      first + index,
      this.#fault(error),
    ])
    for (const error of outcome.ownFailed) this.#fault(error)
    const counts = outcome.counts.map(([index, count]): [number, number] => [first + index, count])
    const spent = spentChunks(writes)
    if (writes.length > 0) this.#post({ type: 'written', upTo: this.#upTo, failed, counts, spent }, spent)
    this.#announce(outcome)
    const sessions = this.#tables.messages.takeFresh()
    if (sessions.length > 0) this.#post({ type: 'sessions', sessions })
    if (sessions.length > 0 || outcome.stored.length > 0) this.#tables.keep.look()
    const swept = this.#tables.keep.take()
    if (swept.ids.length + swept.sessions.length > 0) this.#post({ type: 'removed', ...swept })
    this.#tables.contents.gone.unlink(sweepBeside)
  }

  #announce({ stored }: Outcome): void {
    if (stored.length === 0) return
    const messages = []
    const { suffix, headers } = this.#tables.tags.rules()
    for (const { stored: message, first } of stored) {
      if (message.read) {
        messages.push(message.summary)
        continue
      }
      try {
        const head = summarizeContent(this.#tables.contents, message, first, headers)
        const rcptTo = suffix ? message.summary.rcptTo : []
        messages.push({ ...message.summary, ...head, tags: tagsOf(rcptTo, head.tags) })
        this.#own.push((tables) => tables.messages.setHead(message.message, head, rcptTo))
      } catch (error) {
        // Read again when the index is filled; the message itself is safe.
        this.#fault(error)
        messages.push(message.summary)
      }
    }
    this.#post({ type: 'messages', messages })
  }

  #answerReads(): void {
    const until = performance.now() + readSlice
    while (this.#reads.length > 0 && performance.now() < until) {
      const { id, op } = this.#reads.shift()!
      try {
        this.#post({ type: 'read', id, value: this.#tables.read(op) })
      } catch (error) {
        this.#post({ type: 'notRead', id, ...this.#fault(error) })
      }
    }
  }

  #post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer)
  }

  #fault(error: unknown): ReturnType<typeof faultOf> {
    if (codeOf(error) === 'corrupt' && !(error instanceof LostContent)) markSuspect(this.#path)
    return faultOf(error, this.#path)
  }

  #rest(): void {
    if (this.#indexing || this.#idle !== undefined || !this.#owing) return
    this.#restingSince = performance.now()
    this.#arm()
  }

  #arm(): void {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      this.#idle = undefined
      void this.#whileIdle()
    }, idleAfter)
  }

  /** Under a load that never ends the index gets a slice now and then all the same. */
  #postponeIdle(): void {
    this.#owing = true
    if (this.#idle !== undefined && performance.now() - this.#restingSince < idleAtLatest) this.#arm()
  }

  get #busy(): boolean {
    return this.#writes.length > 0 || this.#closing
  }

  /** Lets the keep rules have `ms` of the next commit; `more`, once that was made: there is more to do. */
  #sweep(ms: number): { more: boolean } {
    const sweep = { more: false }
    if (this.#closing) return sweep
    this.#own.push((tables) => {
      const until = performance.now() + ms
      const quiet = performance.now() - this.#wroteAt > quietAfter
      do sweep.more = tables.sweep(new Date(), quiet, ms === sweepIdle)
      while (sweep.more && performance.now() < until)
      this.#swept = performance.now()
    })
    return sweep
  }

  #lookAgain(): void {
    this.#tables.look()
    this.#owing = true
    this.#rest()
  }

  /** Slice after slice of the index, giving way to any message that has arrived. */
  async #whileIdle(): Promise<void> {
    if (this.#indexing || this.#busy) return
    this.#indexing = true
    try {
      for (;;) {
        if (this.#own.length > 0) this.#write()
        // A full disk would fail the same slice again and again: wait for the next message.
        if (this.#ownFailing) break
        const slice = await this.#index.slice()
        if (this.#closing) break
        for (const write of slice) this.#own.push(write)
        const sweep = this.#sweep(sweepIdle)
        this.#write()
        if (this.#ownFailing) break
        await new Promise((done) => setImmediate(done))
        if (this.#busy) break
        if (slice.length > 0 || sweep.more || !this.#tables.contents.gone.isDone) continue
        if (this.#strays.step(sweepIdle)) continue
        if (this.#upkeep.giveBack()) continue
        if (this.#upkeep.hasLog) this.#upkeep.checkpoint('PASSIVE')
        this.#owing = false
        break
      }
    } catch (error) {
      this.#fault(error)
    } finally {
      this.#indexing = false
    }
    if (this.#busy) this.#schedule()
  }

  #close(): void {
    this.#closed = true
    clearTimeout(this.#idle)
    clearInterval(this.#looking)
    if (this.#own.length > 0) this.#write()
    this.#tables.contents.close()
    this.#strays.close()
    this.#upkeep.checkpoint('TRUNCATE')
    this.#db.close()
    this.#post({ type: 'closed' })
    this.#port.close()
  }
}

/** Opens the database and serves the port; says `notOpened` and closes it when that fails. */
export function serveStore(port: WorkerPort, options: WorkerOptions): void {
  try {
    const { db, path, notices, setAside } = openDatabase(options)
    const worker = new StoreWorker(port, db, path)
    port.on('message', (message) => worker.take(message))
    port.postMessage({ type: 'opened', notices, ...(setAside === undefined ? {} : { setAside }) }, [])
  } catch (error) {
    port.postMessage({ type: 'notOpened', ...faultOf(error, databasePath(options.folder)) }, [])
    port.close()
  }
}
