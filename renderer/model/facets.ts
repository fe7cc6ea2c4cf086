/** Owns: what occurs in a session and how often, for the choices of a filter. Incremental; bounded, whatever a peer invents. */
import type { Phase, TranscriptEvent } from '#shared/transcript/event.ts'

/** Different verbs, codes or enhanced codes that are counted by name. */
const mostNames = 200

export class Facets {
  readonly verbs = new Map<string, number>()
  /** By reply code, as "550". */
  readonly codes = new Map<string, number>()
  /** By enhanced code, as "5.7.1". */
  readonly enhanced = new Map<string, number>()
  readonly phases = new Map<Phase, number>()
  readonly directions = new Map<TranscriptEvent['direction'], number>()
  findings = 0

  take(event: TranscriptEvent): void {
    count(this.phases, event.phase)
    count(this.directions, event.direction)
    if (event.kind === 'finding') this.findings++
    else if (event.kind === 'line' && event.verb !== undefined) count(this.verbs, event.verb)
    else if (event.kind === 'reply' && event.code !== undefined) {
      count(this.codes, String(event.code))
      if (event.enhanced !== undefined) count(this.enhanced, event.enhanced)
    }
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  const known = counts.get(key)
  if (known !== undefined || counts.size < mostNames) counts.set(key, (known ?? 0) + 1)
}
