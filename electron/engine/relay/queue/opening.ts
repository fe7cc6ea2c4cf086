/** Owns: from a route to a connection that takes messages: host after host, and in clear where TLS was only an offer. */
import type { Hop } from '../types.ts'
import type { HopMemory } from './hopMemory.ts'
import type { HopVerdict } from './hopVerdict.ts'
import type { SmtpRoute } from './types.ts'

export interface OpeningParts {
  route: SmtpRoute
  memory: HopMemory
  /** Milliseconds since 1970. */
  now: () => number
  /** Begins a connection; null when it is ready. */
  open(hop: Hop, inClear: boolean, remarks: readonly string[]): Promise<HopVerdict | null>
}

export type OpeningEnd = { how: 'ready' } | { how: 'failed'; verdicts: HopVerdict[] } | { how: 'cancelled' }

export async function openWay(parts: OpeningParts): Promise<OpeningEnd> {
  const { route, memory, now } = parts
  const source = route.sourceAddress
  const { hops, why } = memory.order(route.hops, source, now())
  const remarks = [...route.remarks, ...why]
  const verdicts: HopVerdict[] = []
  for (const hop of hops) {
    const verdict = await openHop(hop, remarks, parts)
    if (verdict === null) {
      memory.worked(hop, source)
      return { how: 'ready' }
    }
    if (verdict.cancelled) return { how: 'cancelled' }
    memory.failed(hop, source, verdict.words, now())
    verdicts.push(verdict)
    remarks.push(`${hop.host}:${hop.port} was tried before: ${verdict.words} (dialogue ${verdict.session}).`)
  }
  return { how: 'failed', verdicts }
}

/** RFC 3207 §4.1 leaves it to the client; mail that asks for no TLS is better delivered than returned (RFC 7435 §3). */
async function openHop(hop: Hop, remarks: string[], parts: OpeningParts): Promise<HopVerdict | null> {
  const { memory, now, route } = parts
  const source = route.sourceAddress
  const opportunistic = hop.tls.level === 'opportunistic' && !hop.tls.implicit
  const known = opportunistic && memory.lacksTls(hop, source, now())
  if (known)
    remarks.push(`TLS with ${hop.host} failed a short while ago; it is only used where it works (${hop.tls.from}), so the connection stays in clear.`) // prettier-ignore
  const verdict = await parts.open(hop, known, remarks)
  if (verdict === null || known || !opportunistic || !verdict.tlsFailed || verdict.cancelled) return verdict
  memory.tlsFailed(hop, source, now())
  remarks.push(`TLS with ${hop.host} failed (${verdict.words}, dialogue ${verdict.session}); it is only used where it works (${hop.tls.from}), so the connection is made again in clear.`) // prettier-ignore
  return parts.open(hop, true, remarks)
}
