/** Owns: all prepared access to one open database, and the dispatch of each write and read to its table's file. */
import type { DatabaseSync } from 'node:sqlite'
import { BoxList } from './boxList.ts'
import { tagsOf } from './boxRow.ts'
import type { ContentFolder } from './contentFolder.ts'
import { ContentRows } from './contentRows.ts'
import { KeepSweep } from './keepSweep.ts'
import { LooseSessions } from './looseSessions.ts'
import { messageId } from './messageId.ts'
import { MessageRows, type Stored } from './messageRows.ts'
import { ProbeRows } from './probeRows.ts'
import { parseLegId } from './relayColumns.ts'
import { RelayKeep } from './relayKeep.ts'
import { RelayLog } from './relayLog.ts'
import { RelayRows } from './relayRows.ts'
import { SessionRows } from './sessionRows.ts'
import { SessionTies } from './sessionTies.ts'
import { summarizeShort } from './summaries.ts'
import { TagRules } from './tagRules.ts'
import type { FinishContent, ReadOp, ReadResult, WriteOp } from './wireTypes.ts'

/** What a write leaves for later: rows removed, or a message that was stored. */
export interface Applied {
  count?: number
  stored?: Stored
}

const nothing: Applied = {}

export class Tables {
  readonly contents
  readonly sessions
  readonly messages
  readonly box
  readonly probes
  readonly keep
  readonly tags
  readonly relay
  readonly relayLog
  readonly relayKeep
  readonly loose
  readonly #getSetting
  readonly #putSetting
  /** Sweeps begin with another kind of work each time, so that none waits for the others to end. */
  #turn = 0

  /** `folder`: of large contents; by default beside the database. */
  constructor(db: DatabaseSync, folder?: ContentFolder) {
    this.contents = new ContentRows(db, folder)
    this.sessions = new SessionRows(db, this.contents)
    this.messages = new MessageRows(db, this.contents)
    this.box = new BoxList(db, this.messages.counts, this.contents)
    this.probes = new ProbeRows(db)
    this.keep = new KeepSweep(db, this)
    this.tags = new TagRules(db)
    this.relay = new RelayRows(db, this.contents)
    this.relayLog = new RelayLog(db)
    this.relayKeep = new RelayKeep(db, this.contents, this.relay.over)
    const ties = new SessionTies(db)
    this.loose = new LooseSessions(db, { sessions: this.sessions, tries: this.relay.tries, ties })
    this.#getSetting = db.prepare('SELECT json FROM settings WHERE key = ?')
    this.#putSetting = db.prepare(
      'INSERT INTO settings (key, json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET json = excluded.json',
    )
  }

  /** Runs inside a transaction, but for pieces of a content, and what forgets them: those are none of the database's. */
  apply(op: WriteOp): Applied {
    switch (op.type) {
      case 'transcript':
        this.sessions.put(op)
        break
      case 'chunk':
        this.contents.chunk(op)
        break
      case 'finish':
        if (op.message !== null) return { stored: this.#message(op, op.message.rcptTo) }
        this.#finish(op)
        break
      case 'discard':
        this.contents.discard(op.writer)
        break
      case 'removeTranscripts':
        this.messages.remove(op.sessions)
        return { count: this.sessions.remove(op.sessions) }
      case 'markMessages':
        this.messages.mark(op.ids, op)
        break
      case 'bulkMessages':
        return { count: this.messages.bulk(op, op.act) }
      case 'removeMessages':
        return { count: this.messages.remove(op.ids) }
      case 'clearMessages':
        return { count: this.messages.clear() }
      case 'putProbe':
        this.probes.put(op.row)
        break
      case 'removeProbes':
        return { count: this.probes.remove(op.ids) }
      case 'setKeep':
        this.keep.setRules(op.rules)
        this.relayKeep.look()
        break
      case 'hold':
        this.keep.hold(op.ids)
        break
      case 'putLegs':
        this.relay.putLegs(op.legs)
        break
      case 'putAttempts':
        this.relayLog.putAttempts(op.rows)
        break
      case 'putReport':
        this.relayLog.putReport(op)
        break
      case 'putSetting':
        this.#putSetting.run(op.key, op.json)
        this.tags.changed()
        break
    }
    return nothing
  }

  read(op: ReadOp): ReadResult {
    let value: ReadResult = null
    switch (op.type) {
      case 'listTranscripts':
        value = this.sessions.list(op)
        break
      case 'getTranscript':
        value = this.sessions.summary(op.session)
        break
      case 'readEvents':
        this.keep.wasRead(op.session)
        value = this.sessions.read(op.session, op.after, op.max)
        break
      case 'readContent': {
        const found = this.contents.find(op.session, op.body)
        // What is open is read by the queue itself, and stays anyway.
        if (found !== null && this.relay.isOver(found.n)) this.keep.wasRead(messageId(op.session, op.body))
        value = found === null ? null : this.contents.read(found, op.from, op.size)
        break
      }
      case 'listMessages':
        value = this.box.list(op)
        break
      case 'getMessage':
        value = this.messages.get(op.id)
        break
      case 'readMessage': {
        const found = this.messages.content(op.id)
        if (found !== null) this.keep.wasRead(op.id)
        value = found === null ? null : this.contents.read(found, op.from, op.size)
        break
      }
      case 'getKeep':
        value = { rules: this.keep.rules(), removed: this.keep.removed() }
        break
      case 'previewKeep':
        value = this.keep.preview(op.rules, op.from)
        break
      case 'listProbes':
        value = this.probes.list(op.limit)
        break
      case 'getProbe':
        value = this.probes.report(op.id)
        break
      case 'probesBeyond':
        value = this.probes.beyond(op.keep)
        break
      case 'openLegs':
        value = this.relay.openLegs(op.after, op.max)
        break
      case 'getLeg':
        this.keep.wasRead(parseLegId(op.id)?.message ?? op.id)
        value = this.relay.leg(op.id)
        break
      case 'overLegs':
        value = this.relay.over.list(op)
        break
      case 'overCounts':
        value = this.relay.over.counts()
        break
      case 'findLegs':
        value = this.relay.find(op)
        break
      case 'listAttempts':
        value = this.relayLog.attempts(op)
        break
      case 'listReports':
        value = this.relayLog.reports(op)
        break
      case 'getSetting': {
        const row = this.#getSetting.get(op.key)
        value = row === undefined ? null : String(row['json'])
        break
      }
    }
    return value
  }

  #message(op: FinishContent, rcptTo: readonly string[]): Stored {
    const { suffix, headers } = this.tags.rules()
    const head = this.contents.isNew(op.writer) ? summarizeShort(op.bytes, headers) : null
    if (head === null) return this.messages.put(op)
    return this.messages.put(op, head, tagsOf(suffix ? rcptTo : [], head.tags))
  }

  #finish(op: FinishContent): void {
    const content = this.contents.finish(op, null)
    if (op.relay !== undefined) this.relay.put(content, op.relay)
  }

  /** Time went by: what is too old may be another now. */
  look(): void {
    this.keep.look()
    this.relayKeep.look()
    this.loose.look()
  }

  /** Inside a transaction: one small step of what nobody asked for. False when nothing is left to do. */
  sweep(now: Date, quiet: boolean, rest: boolean): boolean {
    const isSafe = this.keep.isSafe(now)
    const kinds = [
      () => this.contents.clearAway(),
      () => this.#sweepRelay(now, isSafe),
      () => this.#sweepDialogues(now, isSafe),
      () => this.relayLog.step(),
      () => this.keep.step(now, quiet, rest),
    ]
    const first = this.#turn++
    return kinds.some((_, place) => kinds[(first + place) % kinds.length]!())
  }

  #sweepRelay(now: Date, isSafe: (id: string) => boolean): boolean {
    const rules = this.keep.rulesAt(now)
    return this.relayKeep.step({ now: now.getTime(), rules: rules.on ? rules : null, isSafe })
  }

  #sweepDialogues(now: Date, isSafe: (id: string) => boolean): boolean {
    const gone = this.loose.step(now.getTime(), isSafe)
    this.keep.gone(gone ?? [])
    return gone !== null
  }

  /** At the end of each transaction. `synced`: its commit brings all before it to the disk. */
  prepare(synced: boolean): void {
    this.contents.prepare(synced)
  }

  committed(synced = true): void {
    this.contents.committed(synced)
    this.messages.committed()
    this.keep.committed()
  }

  rolledBack(): void {
    this.contents.rolledBack()
    this.sessions.rolledBack()
    this.messages.rolledBack()
    this.keep.rolledBack()
    this.relay.rolledBack()
    this.relayLog.rolledBack()
    this.relayKeep.rolledBack()
    this.loose.rolledBack()
    this.tags.changed()
  }
}
