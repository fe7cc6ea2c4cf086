/** Owns: telling a stand-in of a redacted transcript from an address that somebody has (things.ts makes them). */
import { standInIpNumber } from './ip.ts'
import type { Kind } from './numbers.ts'
import { isRole } from './wellKnown.ts'

/** As `person1@shop.example` of a real domain, and `info@host2.domain1.example`: `.example` is nobody's (RFC 2606 §2). */
const person = /^person\d{1,7}@/i
const name = /@(?:[\w-]{1,63}\.){0,8}(?:host|domain)\d{1,7}\.example$/i

export const isStandInAddress = (address: string): boolean => person.test(address) || name.test(address)

const domainForm = /^(host|domain)(\d{1,7})(?:\.(?:host|domain)\d{1,7}){0,3}\.example$/
const isDomain = (domain: string): boolean => domainForm.test(domain) || standInIpNumber(domain.replace(/^\[(?:ipv6:)?|\]$/g, '')) !== undefined // prettier-ignore

/**
 * Which stand-in this is; null for what is none. In lower case. A local part counts only at a domain that is a stand-in
 * too: `person1` of a real domain may be somebody.
 */
export function standInIn(text: string): { kind: Kind; number: number } | null {
  const at = text.lastIndexOf('@')
  if (at >= 0) {
    const local = text.slice(0, at)
    if (!isDomain(text.slice(at + 1))) return null
    if (isRole(local)) return { kind: 'person', number: 0 }
    const [, kind, number] = /^(person|id)(\d{1,7})$/.exec(local) ?? []
    return kind === 'person' || kind === 'id' ? { kind, number: Number(number) } : null
  }
  const [, word, number] = domainForm.exec(text) ?? /^(host|domain|person)(\d{1,7})$/.exec(text) ?? []
  if (word === 'host' || word === 'domain' || word === 'person') return { kind: word, number: Number(number) }
  const [, spoken, count] = /^(person|name) (\d{1,7})$/.exec(text) ?? []
  return spoken === undefined
    ? null
    : { kind: spoken === 'person' ? 'person' : 'word', number: Number(count) }
}
