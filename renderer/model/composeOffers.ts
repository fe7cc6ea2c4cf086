/** Owns: what a server was seen to offer, and what the Send form says beside a switch that needs it. */
import { parseCapabilities, type Capability } from '#shared/smtp/grammar/capabilities.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import type { Draft } from './compose.ts'
import { portText } from './compose.ts'
import { replyParts } from './wire.ts'

/** Keywords with their parameters, as in `SIZE` → `52428800`. */
export type Offers = Readonly<Record<string, string>>

/** The server that offers hold for: another port of a host may be another program. */
export const serverKey = (draft: Pick<Draft, 'host' | 'portChoice' | 'otherPort'>): string =>
  `${draft.host.trim().toLowerCase()}:${portText(draft)}`

export const asOffers = (capabilities: readonly Capability[]): Offers =>
  Object.fromEntries(capabilities.map(({ keyword, parameters }) => [keyword, parameters.join(' ')]))

/** What the last answer to EHLO offers: after TLS the one that counts (RFC 3207 §4.2). Null before any. */
export function offersIn(events: Iterable<TranscriptEvent>): Offers | null {
  let found: Offers | null = null
  for (const event of events) {
    if (event.kind !== 'reply' || event.phase !== 'ehlo' || event.code !== 250) continue
    found = asOffers(parseCapabilities(replyParts(event).lines).capabilities)
  }
  return found
}

export interface OfferNote {
  known: boolean
  offered: boolean
  /** '' while nothing is known of this server. */
  words: string
}

export function offerNote(offers: Offers | undefined, keyword: string): OfferNote {
  // What is offered inside TLS alone is not known from what was said before it.
  const later = keyword === 'REQUIRETLS' && Object.hasOwn(offers ?? {}, 'STARTTLS')
  if (offers === undefined || later) return { known: false, offered: true, words: '' }
  const offered = Object.hasOwn(offers, keyword)
  return {
    known: true,
    offered,
    words: offered ? `${keyword}, offered here` : `${keyword}, not offered by this server`,
  }
}

interface Probed {
  host: string
  port: number
  capabilities: readonly string[]
  capabilitiesAfterTls?: readonly string[] | undefined
}

/** What a test of this host's ports saw; the last one counts, after TLS before in clear. */
export function offersOfProbe(
  results: readonly Probed[],
  host: string,
  port: number | null,
): Offers | undefined {
  const same = results.filter(
    (one) => one.port === port && one.host.toLowerCase() === host.trim().toLowerCase(),
  )
  const found = same.findLast(({ capabilities }) => capabilities.length > 0)
  if (!found) return undefined
  const lines = found.capabilitiesAfterTls ?? found.capabilities
  return asOffers(parseCapabilities(['', ...lines]).capabilities)
}
