/**
 * Owns: the list of probes: those that run, those that ended, those of earlier runs of the program. A report is stored
 * when its probe ends, so that a probe cut off by a kill was never one. Only so many are kept.
 */
import { mostProbesKept, type ProbeChange, ProbeSummary } from '#shared/rpc/contract/probe.ts'
import { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { Log } from '#engine/ports.ts'
import type { ProbeRow, Store } from '#engine/store/types.ts'

/** Changes kept for a list that lags behind; it is told what it lost and reads anew. */
const changesKept = 2000
/** Characters of a report; a probe of 200 cells with TLS scans has some two million. */
const mostReport = 16 << 20
/** Characters of certificates that a line of the list carries: some authorities, not a system's bundle. */
const mostAuthority = 16_384
/** Ended ones kept in memory while the store takes none. */
const mostUnstored = 50

export interface HistoryDeps {
  store: Pick<Store, 'putProbe' | 'listProbes' | 'getProbe' | 'probesBeyond' | 'removeProbes'>
  log: Log
  /** Probes kept. */
  keep?: number
}

interface Ended {
  summary: ProbeSummary
  row: ProbeRow
}

/** How an ended probe is listed. */
export function summaryOf(report: ProbeReport, request: ProbeSummary['request']): ProbeSummary {
  const { id, target, kind, unicode, startedAt, took, cancelled, verdict, recommendation } = report
  return {
    id,
    target,
    kind,
    ...(unicode === undefined ? {} : { unicode }),
    startedAt,
    took: took ?? 0,
    running: false,
    cancelled,
    tone: verdict.tone,
    message: verdict.message,
    recommendation: recommendation && { port: recommendation.port, tls: recommendation.tls },
    request: withoutBundle(request),
  }
}

/** A list of two hundred must not carry a bundle of authorities each. */
function withoutBundle(request: ProbeSummary['request']): ProbeSummary['request'] {
  const { ca, ...rest } = request
  return ca !== undefined && ca.length > mostAuthority ? rest : request
}

export class ProbeHistory {
  readonly #deps: HistoryDeps
  readonly #changes = new EventLog<ProbeChange>(changesKept)
  readonly #running = new Map<string, ProbeSummary>()
  /** Until the store has them. */
  readonly #ended = new Map<string, Ended>()
  /** Rows that cannot be read; each is said once. */
  readonly #damaged = new Set<string>()
  #saving: Promise<void> = Promise.resolve()

  constructor(deps: HistoryDeps) {
    this.#deps = deps
  }

  get changes(): StreamSource<ProbeChange> {
    return this.#changes
  }

  /** Lists it as running until its report is there; resolves when that is stored. Never rejects. */
  async follow(begun: ProbeSummary, report: Promise<ProbeReport>): Promise<void> {
    const { id, request } = begun
    this.#running.set(id, begun)
    this.#changes.append({ type: 'put', summary: begun })
    try {
      this.#add(await report, request)
    } catch (error) {
      this.#deps.log('error', 'A probe failed by a defect of this program.', { probe: id, error: String(error) }) // prettier-ignore
      this.#changes.append({ type: 'gone', ids: [id] })
    }
    this.#running.delete(id)
    await this.#save()
  }

  /** Newest first. */
  async list(limit: number): Promise<ProbeSummary[]> {
    // Taken first: what the store learns meanwhile may leave memory before its answer is here.
    const here = [...this.#running.values(), ...[...this.#ended.values()].map(({ summary }) => summary)]
    const rows = await this.#deps.store.listProbes(limit)
    const stored = rows.flatMap(({ id, summary }) => this.#read(id, summary, ProbeSummary) ?? [])
    // Of the same probe the later one counts: what is stored has ended.
    return [...new Map([...here, ...stored].map((one) => [one.id, one])).values()]
      .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0))
      .slice(0, limit)
  }

  /** Of an ended probe; null when it is not known, `damaged` when what is stored of it cannot be read. */
  async report(id: string): Promise<ProbeReport | 'damaged' | null> {
    const text = this.#ended.get(id)?.row.report ?? (await this.#deps.store.getProbe(id))
    return text === null ? null : (this.#read(id, text, ProbeReport) ?? 'damaged')
  }

  /** Those that run stay. Answers with the ids that were ended ones, and how many there were. */
  async remove(ids: readonly string[]): Promise<{ ids: string[]; deleted: number }> {
    const ended = [...new Set(ids)].filter((id) => !this.#running.has(id))
    await this.#saving
    const unstored = ended.filter((id) => this.#ended.delete(id)).length
    const removed = await this.#deps.store.removeProbes(ended)
    const deleted = Math.min(ended.length, unstored + removed)
    if (ended.length > 0) this.#changes.append({ type: 'gone', ids: ended })
    return { ids: ended, deleted }
  }

  #add(report: ProbeReport, request: ProbeSummary['request']): void {
    const summary = summaryOf(report, request)
    this.#changes.append({ type: 'put', summary })
    const text = JSON.stringify(report)
    const { id, startedAt } = summary
    if (text.length > mostReport)
      this.#deps.log('warn', 'A report is too long to be kept.', { probe: id, characters: text.length })
    else
      this.#ended.set(id, {
        summary,
        row: { id, startedAt, summary: JSON.stringify(summary), report: text },
      })
  }

  /** One at a time, so that nothing is stored again that was removed meanwhile. */
  #save(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#saveAll())
    return this.#saving
  }

  async #saveAll(): Promise<void> {
    const { store, log, keep = mostProbesKept } = this.#deps
    try {
      const waiting = [...this.#ended]
      await Promise.all(waiting.map(([, { row }]) => store.putProbe(row)))
      for (const [id] of waiting) this.#ended.delete(id)
      const old = await store.probesBeyond(keep)
      if (old.length === 0) return
      await store.removeProbes(old)
      this.#changes.append({ type: 'gone', ids: old })
    } catch (error) {
      log('error', `A probe cannot be stored now and waits in memory. ${String(error)}`, {
        waiting: this.#ended.size,
      })
      for (const id of this.#ended.keys()) {
        if (this.#ended.size <= mostUnstored) break
        this.#ended.delete(id)
      }
    }
  }

  /** A row that a disk or another program spoilt is said and skipped. */
  #read<T>(id: string, text: string, schema: { parse(value: unknown): T }): T | undefined {
    try {
      return schema.parse(JSON.parse(text))
    } catch (error) {
      if (!this.#damaged.has(id))
        this.#deps.log('warn', 'A stored probe cannot be read and is left out.', {
          probe: id,
          error: String(error).slice(0, 300),
        })
      this.#damaged.add(id)
      return undefined
    }
  }
}
