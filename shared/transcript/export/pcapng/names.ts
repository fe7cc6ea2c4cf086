/** Owns: which names a capture knows its addresses by: those that were looked up, and the host as it was asked for. */
import type { SessionSummary, TranscriptEvent } from '../../event.ts'
import { addressOctets } from './address.ts'
import type { KnownName } from './blocks.ts'

const mostNames = 64

/** One name an address, the first that was found for it. */
export function knownNames(head: SessionSummary, events: readonly TranscriptEvent[]): KnownName[] {
  const names = new Map<string, KnownName>()
  const add = (text: string, name: string) => {
    const address = addressOctets(text)
    const nothingNew = address === null || name === '' || addressOctets(name) !== null || names.has(text)
    if (!nothingNew && names.size < mostNames) names.set(text, { address, name })
  }
  for (const event of events) {
    if (event.kind === 'resolve') for (const { address } of event.addresses) add(address, event.name)
    if (event.kind === 'connect' && head.role === 'client') add(event.address, head.host)
  }
  return [...names.values()]
}
