/** Owns: what an EHLO reply offers, in the words of chips, and what is new or gone against the one before it. */
import { parseCapabilities, type Capability } from '#shared/smtp/grammar/capabilities.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { sizeShort } from './measures.ts'
import { replyParts } from './wire.ts'

export interface CapabilityChip {
  text: string
  /** STARTTLS and AUTH decide how safe the rest is. */
  important: boolean
  isNew: boolean
}

export interface CapabilityWords {
  chips: CapabilityChip[]
  /** Offered before and offered still, not shown again. */
  same: number
  /** Keywords that are gone. */
  gone: string[]
  /** Said while the connection is in clear and AUTH is not offered. */
  authMissing: boolean
}

const chipText = ({ keyword, parameters }: Capability): string => {
  const size = keyword === 'SIZE' && /^[1-9]\d{0,14}$/.test(parameters[0] ?? '') ? Number(parameters[0]) : 0
  return size > 0 ? `SIZE ${sizeShort(size)}` : [keyword, ...parameters].join(' ')
}

const offeredBy = (reply: EventOf<'reply'>) => parseCapabilities(replyParts(reply).lines).capabilities

export function capabilityWords(reply: EventOf<'reply'>, before?: EventOf<'reply'>): CapabilityWords {
  const offered = offeredBy(reply)
  const earlier = before ? offeredBy(before) : []
  const known = new Set(earlier.map(chipText))
  const keywords = new Set(offered.map(({ keyword }) => keyword))
  const chips = offered.map((capability) => ({
    text: chipText(capability),
    important: capability.keyword === 'STARTTLS' || capability.keyword.startsWith('AUTH'),
    isNew: before !== undefined && !known.has(chipText(capability)),
  }))
  return {
    chips: before ? chips.filter(({ isNew }) => isNew) : chips,
    same: before ? chips.filter(({ isNew }) => !isNew).length : 0,
    // STARTTLS must not be offered again once TLS is up (RFC 3207 §4.2): that it is gone is no news.
    gone: earlier
      .map(({ keyword }) => keyword)
      .filter((keyword) => keyword !== 'STARTTLS' && !keywords.has(keyword)),
    authMissing: reply.sealed !== true && keywords.has('STARTTLS') && !keywords.has('AUTH'),
  }
}
