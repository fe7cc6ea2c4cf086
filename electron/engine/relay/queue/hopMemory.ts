/**
 * Owns: which hosts could not be used a short while ago, so that not every message tries them first, and to which of them
 * TLS could not be made, so that not every connection fails in it before it goes in clear. Bounded; the oldest go first.
 */
import type { Hop } from '../types.ts'

const mostRemembered = 10_000

export class HopMemory {
  readonly #ms: number
  readonly #failed = new Map<string, { until: number; words: string }>()
  readonly #noTls = new Map<string, number>()

  /** `ms`: how long a failure is remembered. */
  constructor(ms: number) {
    this.#ms = ms
  }

  failed(hop: Hop, source: string | undefined, words: string, now: number): void {
    remember(this.#failed, keyOf(hop, source), { until: now + this.#ms, words })
  }

  worked(hop: Hop, source: string | undefined): void {
    if (this.#failed.size > 0) this.#failed.delete(keyOf(hop, source))
  }

  tlsFailed(hop: Hop, source: string | undefined, now: number): void {
    remember(this.#noTls, keyOf(hop, source), now + this.#ms)
  }

  /** TLS with it failed a short while ago. */
  lacksTls(hop: Hop, source: string | undefined, now: number): boolean {
    return (this.#noTls.get(keyOf(hop, source)) ?? 0) > now
  }

  /** The same hops in the same order, those that failed lately behind the others; `why` says so of each of them. */
  order(hops: readonly Hop[], source: string | undefined, now: number): { hops: Hop[]; why: string[] } {
    const late = hops.map((hop) => {
      const known = this.#failed.get(keyOf(hop, source))
      return known !== undefined && known.until > now ? known.words : null
    })
    if (late.every((words) => words !== null)) return { hops: [...hops], why: [] }
    const behind = hops.filter((_, i) => late[i] !== null)
    const why = hops.flatMap(({ host, port }, i) =>
      late[i] === null ? [] : [`${host}:${port} is tried last: a short while ago ${late[i]}`],
    )
    return { hops: [...hops.filter((_, i) => late[i] === null), ...behind], why }
  }
}

const keyOf = ({ host, port }: Hop, source: string | undefined): string => `${host.toLowerCase()} ${port} ${source ?? ''}` // prettier-ignore

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  if (map.size > mostRemembered) map.delete(map.keys().next().value ?? '')
}
