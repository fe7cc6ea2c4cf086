/** Owns: what an EHLO reply offers, in the words of chips, and what is new or gone against the one before it. */
import { findExtension } from '#shared/knowledge/extensions.ts'
import { parseCapabilities, type Capability } from '#shared/smtp/grammar/capabilities.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { sizeShort } from './measures.ts'
import { replyParts } from './wire.ts'

export interface CapabilityChip {
  text: string
  /** STARTTLS and AUTH decide how safe the rest is. */
  important: boolean
  /** Against the EHLO reply before: not offered then, or offered with other words. */
  change: 'new' | 'changed' | 'none'
  /** What it is, and where that is written. */
  about: string
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

function aboutOf({ keyword }: Capability): string {
  const row = findExtension(keyword)
  return row ? `${keyword}: ${row.words} ${row.reference}.` : `${keyword}: our tables do not know this one.`
}

const offeredBy = (reply: EventOf<'reply'>) => parseCapabilities(replyParts(reply).lines).capabilities

/** What is offered, against what was offered before; then the chips are those that are new or changed. */
export function offerWords(
  offered: readonly Capability[],
  before?: readonly Capability[],
): Omit<CapabilityWords, 'authMissing'> {
  const earlier = before ?? []
  const known = new Set(earlier.map(chipText))
  const keywordsBefore = new Set(earlier.map(({ keyword }) => keyword))
  const changeOf = (capability: Capability): CapabilityChip['change'] => {
    if (before === undefined || known.has(chipText(capability))) return 'none'
    return keywordsBefore.has(capability.keyword) ? 'changed' : 'new'
  }
  const keywords = new Set(offered.map(({ keyword }) => keyword))
  const chips = offered.map((capability) => ({
    text: chipText(capability),
    important: capability.keyword === 'STARTTLS' || capability.keyword.startsWith('AUTH'),
    change: changeOf(capability),
    about: aboutOf(capability),
  }))
  return {
    // New ones stand before changed ones, here as in the drawing: the keys go through them in this order.
    chips: before ? [...chips.filter(({ change }) => change === 'new'), ...chips.filter(({ change }) => change === 'changed')] : chips, // prettier-ignore
    same: before ? chips.filter(({ change }) => change === 'none').length : 0,
    // STARTTLS must not be offered again once TLS is up (RFC 3207 §4.2): that it is gone is no news.
    gone: earlier
      .map(({ keyword }) => keyword)
      .filter((keyword) => keyword !== 'STARTTLS' && !keywords.has(keyword)),
  }
}

export function capabilityWords(reply: EventOf<'reply'>, before?: EventOf<'reply'>): CapabilityWords {
  const offered = offeredBy(reply)
  const has = (wanted: string) => offered.some(({ keyword }) => keyword === wanted)
  return {
    ...offerWords(offered, before && offeredBy(before)),
    authMissing: reply.sealed !== true && has('STARTTLS') && !has('AUTH'),
  }
}
