/**
 * Owns: looking at each message that arrives for being a report, beside the intake: one at a time, a bounded number waiting,
 * bounces before others. What finds no place is not looked at, which the log says; nothing here can fail a message.
 */
import { createHash } from 'node:crypto'
import type { EnginePorts } from '../../ports.ts'
import type { RelayStore } from '../types.ts'
import { mayBeReport, mostLooked, type Arrival } from './arrival.ts'
import { mostRead, readReport } from './readReport.ts'
import { tieReport } from './tie.ts'
import type { ReadReport } from './types.ts'

/** Messages that wait to be looked at, of each kind. */
export const mostWaiting = 1000
/** Reports that are remembered: one that the relay hands to the Inbox comes from both. */
const mostSeen = 1000

export interface ReportWatchDeps {
  store: Pick<RelayStore, 'findLegs' | 'putReport'>
  log: EnginePorts['log']
  /** Called after reports were kept. */
  kept?: ((count: number) => void) | undefined
  most?: number | undefined
}

export interface ReportWatch {
  /** Returns at once. Null is taken and means nothing. */
  arrived(arrival: Arrival | null): void
  /** Resolves when nothing waits. */
  idle(): Promise<void>
  /** Forgets what waits; resolves when the one under way is over. */
  stop(): Promise<void>
}

export function createReportWatch(deps: ReportWatchDeps): ReportWatch {
  const most = deps.most ?? mostWaiting
  // Those with an empty reverse-path are bounces nearly always: other mail cannot push them out.
  const bounces: Arrival[] = []
  const others: Arrival[] = []
  const seen = new Set<string>()
  let stopped = false
  let full = false
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    for (
      let next = bounces.shift() ?? others.shift();
      next !== undefined;
      next = bounces.shift() ?? others.shift()
    ) {
      await lookAt(next, deps, seen)
      if (stopped) break
      // Mail that is being received comes first.
      await new Promise((resolve) => setImmediate(resolve))
    }
    full = false
    running = null
  }

  return {
    arrived(arrival) {
      if (stopped || arrival === null) return
      if (arrival.head !== null && !mayBeReport(arrival.head, arrival.sender)) return
      const waiting = arrival.sender === '' ? bounces : others
      if (waiting.length < most) waiting.push(arrival)
      else if (!full) {
        full = true
        deps.log('warn', 'More messages came than could be looked at for being reports; some were left out.')
      }
      running ??= run()
    },
    async idle() {
      await running
    },
    async stop() {
      stopped = true
      bounces.length = 0
      others.length = 0
      await running
    },
  }
}

/** Never rejects. */
async function lookAt(arrival: Arrival, deps: ReportWatchDeps, seen: Set<string>): Promise<void> {
  const { store, log, kept } = deps
  try {
    const head = arrival.head ?? (await arrival.read(mostLooked))?.bytes
    if (head === undefined || !mayBeReport(head, arrival.sender)) return
    const whole = await arrival.read(mostRead)
    const read = whole === null ? null : await readReport(whole.bytes, arrival.sender)
    if (read === null || isOwn(read, arrival) || !isNew(read, arrival, seen)) return
    const reports = await tieReport(read, arrival, store)
    // At once: the store writes them in one transaction.
    await Promise.all(reports.map((report) => store.putReport(report)))
    kept?.(reports.length)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown'
    log('warn', 'A message could not be looked at for being a report.', { message: arrival.id, why })
  }
}

/** One that the relay made itself is named by the session that its content is kept under; nobody else knows that name. */
const isOwn = ({ messageId }: ReadReport, { session }: Arrival): boolean =>
  messageId?.startsWith(`<${session}@`) === true

function isNew(read: ReadReport, { session }: Arrival, seen: Set<string>): boolean {
  const key = createHash('sha256')
    .update(JSON.stringify([session, read]))
    .digest('base64')
  if (seen.has(key)) return false
  seen.add(key)
  if (seen.size > mostSeen) for (const oldest of [...seen].slice(0, mostSeen / 2)) seen.delete(oldest)
  return true
}
