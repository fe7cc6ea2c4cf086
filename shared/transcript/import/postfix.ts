/**
 * Owns: Postfix's log. Each connection of smtpd and each delivery of smtp is a session; with -v or debug_peer_list its log
 * holds the whole dialogue. What belongs to no connection stands in the session before it.
 */
import { PostfixSession } from './postfixSession.ts'
import { type LogLine, readLogLine } from './syslog.ts'
import type { ImportedSession, Problem, SourceLine, Steps, Surroundings } from './types.ts'

/** Sessions of one log; lines of further ones are told as not read. */
const mostSessions = 2000

export interface Log {
  sessions: ImportedSession[]
  problems: Problem[]
}

export function* readPostfix(lines: readonly SourceLine[], { now }: Surroundings): Steps<Log> {
  const log = new PostfixLog(now)
  for (const line of lines) {
    log.take(line)
    yield* log.takeOver()
    yield line.number
  }
  return yield* log.finish()
}

/** By the names that Postfix's own master.cf gives its listeners for submission (RFC 6409, RFC 8314). */
const servicePorts = new Map([
  ['submission', 587],
  ['submissions', 465],
  ['smtps', 465],
])
const opened = /^connect from (\S{0,255}\[[0-9a-fA-Funkow:.]{1,45}\])/
const delivery = /^(?:> |< )?(\S{0,255}\[[0-9a-fA-F:.]{2,45}\]):(\d{1,5})(?:: |$)/
const toServer = /(?:to|with|relay=|host) ?(\S{1,255}\[[0-9a-fA-F:.]{2,45}\])(?::(\d{1,5}))?/
const queued = /^([0-9A-Z]{6,12}|[0-9A-Za-z]{12,20}|NOQUEUE): /

class PostfixLog {
  readonly #now: number
  readonly #sessions: PostfixSession[] = []
  /** Open connections by daemon and process, deliveries by process and peer. */
  readonly #open = new Map<string, PostfixSession>()
  readonly #byQueue = new Map<string, PostfixSession>()
  /** Lines before the first session. */
  #before: SourceLine[] = []
  #last: PostfixSession | undefined
  /** The line that began the first session: it waits for those before it. */
  #first: { session: PostfixSession; entry: LogLine; line: SourceLine } | undefined
  #unread: { line: number; count: number } | undefined

  constructor(now: number) {
    this.#now = now
  }

  *finish(): Steps<Log> {
    if (this.#sessions.length === 0) {
      const none = new PostfixSession('server', this.#now, '', 25)
      this.#sessions.push(none)
      yield* this.#giveBefore(none)
    }
    const problems: Problem[] = []
    if (this.#unread)
      problems.push({ line: this.#unread.line, message: `More than ${mostSessions.toLocaleString('en-US')} connections; ${this.#unread.count.toLocaleString('en-US')} lines of the others stand beside the last one.` }) // prettier-ignore
    const sessions: ImportedSession[] = []
    for (const session of this.#sessions) sessions.push(yield* session.finish(`s${sessions.length + 1}`))
    return { sessions, problems }
  }

  take(line: SourceLine): void {
    if (line.text.trim() === '') return
    const entry = readLogLine(line.text, this.#now)
    if (entry === null) return this.#beside(line, false)
    if (entry.daemon === 'smtpd' || entry.daemon === 'postscreen') this.#incoming(entry, line)
    else if (entry.daemon === 'smtp' || entry.daemon === 'lmtp') this.#outgoing(entry, line)
    else this.#ofQueue(entry, line)
  }

  #beside(line: SourceLine, understood: boolean): void {
    if (this.#last) this.#last.beside(line, understood)
    else this.#before.push(understood ? line : { ...line })
  }

  #begin(session: PostfixSession, line: SourceLine): PostfixSession | undefined {
    if (this.#sessions.length >= mostSessions) {
      this.#unread ??= { line: line.number, count: 0 }
      return undefined
    }
    this.#sessions.push(session)
    return session
  }

  /** What stood before the first session becomes part of it, ahead of its own first line. To be called after each line. */
  *takeOver(): Steps<void> {
    if (this.#first === undefined) return
    const { session, entry, line } = this.#first
    this.#first = undefined
    yield* this.#giveBefore(session)
    session.take(entry, line)
  }

  *#giveBefore(session: PostfixSession): Steps<void> {
    for (const line of this.#before) {
      session.beside(line, readLogLine(line.text, this.#now) !== null)
      yield undefined
    }
    this.#before = []
  }

  #incoming(entry: LogLine, line: SourceLine): void {
    const key = `${entry.daemon} ${entry.pid}`
    const peer = /^(?:connect|CONNECT) from (\S{1,300})/.test(entry.message) ? opened.exec(entry.message)?.[1] : undefined // prettier-ignore
    if (peer !== undefined) {
      const made = this.#begin(
        new PostfixSession('server', entry.time, peer, servicePorts.get(entry.service) ?? 25),
        line,
      )
      if (made) this.#open.set(key, made)
      else this.#open.delete(key)
    }
    const session = this.#open.get(key)
    this.#give(session, entry, line)
    if (entry.message.startsWith('disconnect from ')) this.#open.delete(key)
  }

  #outgoing(entry: LogLine, line: SourceLine): void {
    const [, peer, port] = delivery.exec(entry.message) ?? []
    const named = peer === undefined ? toServer.exec(entry.message) : null
    const host = peer ?? named?.[1]
    const key = host === undefined ? undefined : `smtp ${entry.pid} ${host}`
    let session = key === undefined ? this.#open.get(`smtp ${entry.pid}`) : this.#open.get(key)
    const known = session !== undefined && !session.over
    if (key !== undefined && host !== undefined && !known) {
      session = this.#begin(new PostfixSession('client', entry.time, host, Number(port ?? named?.[2] ?? 25)), line) // prettier-ignore
      if (session) this.#open.set(key, session)
    }
    if (session) this.#open.set(`smtp ${entry.pid}`, session)
    this.#give(session, entry, line)
  }

  #ofQueue(entry: LogLine, line: SourceLine): void {
    const id = queued.exec(entry.message)?.[1]
    this.#give(id === undefined ? undefined : this.#byQueue.get(id), entry, line)
  }

  #give(session: PostfixSession | undefined, entry: LogLine, line: SourceLine): void {
    if (session === undefined) {
      if (this.#unread) this.#unread.count++
      return this.#beside(line, true)
    }
    const id = queued.exec(entry.message)?.[1]
    if (id !== undefined && id !== 'NOQUEUE' && !this.#byQueue.has(id)) this.#byQueue.set(id, session)
    this.#last = session
    if (this.#before.length > 0) this.#first = { session, entry, line }
    else session.take(entry, line)
  }
}
