/** Owns: the relay's store as the engine sees it: texts made and read on this side, tables on the other. */
import { RelayAttemptRow, RelayReport } from '#shared/rpc/contract/relay.ts'
import type { Leg, QueuedMessage, QueuePage, RelayStore } from '../relay/types.ts'
import { overStates } from './relayColumns.ts'
import { legText, overState, plainName, readJson, readLegs } from './relayText.ts'
import type { JsonPage } from './relayWireTypes.ts'
import { chunkSize } from './schema.ts'
import type { ContentWriter, StoreError } from './types.ts'
import type { ReadOp, ReadResults, WriteOp } from './wireTypes.ts'

/** What it needs of the store's client. */
export interface RelayLink {
  /** Resolves when durable. */
  write(op: WriteOp): Promise<number>
  read<K extends ReadOp['type']>(op: Extract<ReadOp, { type: K }>): Promise<ReadResults[K]>
  openContent(session: string, body: number): ContentWriter
  fault(error: unknown): void
}

const mostWords = 20

const isAttempt = (value: unknown): value is RelayAttemptRow => RelayAttemptRow.safeParse(value).success
const isReport = (value: unknown): value is RelayReport => RelayReport.safeParse(value).success

export class RelayClient implements RelayStore {
  readonly #link: RelayLink
  readonly #fault = (error: StoreError): void => this.#link.fault(error)

  constructor(link: RelayLink) {
    this.#link = link
  }

  async openLegs(after: string | null, max: number): Promise<Leg[]> {
    const legs: Leg[] = []
    // A short answer says that nothing follows: what is damaged or goes in several pieces must not end it early.
    for (let from = after; legs.length < max;) {
      const page: ReadResults['openLegs'] = await this.#link.read<'openLegs'>({ type: 'openLegs', after: from, max: max - legs.length }) // prettier-ignore
      for (const leg of readLegs(page, this.#fault)) legs.push(leg)
      from = page.legs.at(-1)?.id ?? from
      if (!page.more) break
    }
    return legs
  }

  async putLegs(legs: readonly Leg[]): Promise<void> {
    if (legs.length > 0) await this.#link.write({ type: 'putLegs', legs: legs.map(legText) })
  }

  async addMessage(message: QueuedMessage, legs: readonly Leg[], content: Uint8Array): Promise<void> {
    const writer = this.#link.openContent(message.session, message.body)
    for (let at = 0; at < content.byteLength; at += chunkSize) {
      if (!writer.append(content.subarray(at, at + chunkSize))) await writer.drain()
    }
    await writer.queue({ message, legs: [...legs] })
  }

  async leg(id: string): Promise<Leg | null> {
    return readLegs(await this.#link.read<'getLeg'>({ type: 'getLeg', id }), this.#fault)[0] ?? null
  }

  async overLegs({ state, text, before, limit }: Parameters<RelayStore['overLegs']>[0]): Promise<QueuePage> {
    const only = state === undefined ? null : overState({ state })
    const states = state === undefined ? overStates : only === null ? [] : [only]
    const words = text.toLowerCase().split(/\s+/u).filter(Boolean).slice(0, mostWords)
    const page = await this.#link.read<'overLegs'>({ type: 'overLegs', states, words, before, limit })
    return { items: readLegs(page, this.#fault), next: page.next, total: page.total }
  }

  overCounts(): ReturnType<RelayStore['overCounts']> {
    return this.#link.read<'overCounts'>({ type: 'overCounts' })
  }

  async findLegs({ messageId, envid, id }: Parameters<RelayStore['findLegs']>[0]): Promise<Leg[]> {
    const [plainId, plainEnvid] = [plainName(messageId), plainName(envid)]
    const found = await this.#link.read<'findLegs'>({
      type: 'findLegs',
      ...(plainId === null ? {} : { messageId: plainId }),
      ...(plainEnvid === null ? {} : { envid: plainEnvid }),
      ...(id === undefined ? {} : { id }),
    })
    return readLegs(found, this.#fault)
  }

  queueAttempts(rows: readonly RelayAttemptRow[]): void {
    if (rows.length === 0) return
    const texts = rows.map((row) => ({ refused: !row.decision.relay, json: JSON.stringify(row) }))
    this.#link.write({ type: 'putAttempts', rows: texts }).catch((error: unknown) => this.#link.fault(error))
  }

  async attempts(query: Parameters<RelayStore['attempts']>[0]): ReturnType<RelayStore['attempts']> {
    return this.#rows(
      await this.#link.read<'listAttempts'>({ type: 'listAttempts', ...query }),
      'Attempt',
      isAttempt,
    )
  }

  async putReport(report: RelayReport): Promise<void> {
    const { id, leg } = report
    await this.#link.write({ type: 'putReport', id, leg: leg ?? null, json: JSON.stringify(report) })
  }

  async reports(query: Parameters<RelayStore['reports']>[0]): ReturnType<RelayStore['reports']> {
    return this.#rows(
      await this.#link.read<'listReports'>({ type: 'listReports', ...query }),
      'Report',
      isReport,
    )
  }

  #rows<T>(
    { rows, next }: JsonPage,
    what: string,
    is: (value: unknown) => value is T,
  ): { items: T[]; next?: string } {
    const items = rows.flatMap(({ name, json }) => {
      const row = readJson(json, `${what} ${name} of the relay`, this.#fault, is)
      return row === null ? [] : [row]
    })
    return { items, ...(next === undefined ? {} : { next }) }
  }
}
