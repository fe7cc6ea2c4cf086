/** Owns: what a server offers before TLS and inside it, side by side: what is new, what changed, what is gone. */
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { parseCapabilities, sizeLimit, type Capability } from '#shared/smtp/grammar/capabilities.ts'
import { offerWords, type CapabilityChip } from './capabilities.ts'
import { sizeShort } from './measures.ts'

export interface OfferList {
  title: string
  /** Readable by others, or sealed. */
  sealed: boolean
  chips: CapabilityChip[]
  /** Keywords that were offered before and are not any more. */
  gone: string[]
}

export interface OfferFact {
  name: string
  value: string
  tone: 'good' | 'warn' | 'open' | 'info'
}

export interface Offers {
  lists: OfferList[]
  facts: OfferFact[]
}

/** The lines of a report have no greeting before them. */
const read = (lines: readonly string[]): Capability[] => parseCapabilities(['', ...lines]).capabilities

function authFact({ auth, mode, capabilitiesAfterTls }: PortResult, clear: readonly Capability[]): OfferFact {
  const name = 'AUTH'
  if (auth.length === 0) return { name, value: 'not offered', tone: 'info' }
  const sealed = mode === 'implicit' || capabilitiesAfterTls !== undefined
  const inClear = mode !== 'implicit' && clear.some(({ keyword }) => keyword.startsWith('AUTH'))
  const list = auth.join(', ')
  if (!sealed) return { name, value: `${list}, in clear only`, tone: 'open' }
  return inClear
    ? { name, value: `${list}, in clear too`, tone: 'open' }
    : { name, value: `${list}, inside TLS only`, tone: 'good' }
}

function sizeFact(last: readonly Capability[]): OfferFact {
  const size = sizeLimit(last)
  const stated = last.some(({ keyword }) => keyword === 'SIZE')
  const value = size === null ? (stated ? 'no fixed limit' : 'not stated') : `${sizeShort(size)} at most`
  return { name: 'SIZE', value, tone: 'info' }
}

/** Null when no reply to EHLO came. */
export function offersOf(result: PortResult): Offers | null {
  const first = read(result.capabilities)
  const after = result.capabilitiesAfterTls && read(result.capabilitiesAfterTls)
  if (first.length === 0 && !after) return null
  const sealed = result.mode === 'implicit'
  const lists: OfferList[] = [
    { title: sealed ? 'Inside TLS' : 'Before TLS', sealed, chips: offerWords(first).chips, gone: [] },
  ]
  if (after) {
    const { chips, gone } = offerWords(after, first)
    const news = new Set(chips.map(({ text }) => text))
    const same = offerWords(after).chips.filter(({ text }) => !news.has(text))
    lists.push({ title: 'Inside TLS', sealed: true, chips: [...chips, ...same], gone: [...new Set(gone)] })
  }
  return { lists, facts: [authFact(result, first), sizeFact(after ?? first)] }
}
