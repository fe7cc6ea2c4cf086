/**
 * Owns: one spelling for each domain, so that rules and recipients meet whichever way they were written: lower case, A-labels
 * (RFC 5890 §2.3.2.1). Letters are folded as UTS 46 does it for lookups (NFKC, small letters, each for itself: a sigma at
 * the end is none of its own). Nothing is refused here: what is no domain is only like itself.
 */
import { decodePunycode, encodePunycode } from './punycode.ts'

const ascii = /^[\0-\x7f]*$/
/** Full stops of other scripts (UTS 46 §4). */
const stops = /[\u3002\uff0e\uff61]/g

const folded = (text: string): string =>
  Array.from(text.normalize('NFKC'), (letter) => letter.toLowerCase())
    .join('')
    .normalize('NFC')

function aLabel(label: string): string {
  if (ascii.test(label)) return label
  const encoded = encodePunycode(label)
  return encoded === null ? label : `xn--${encoded}`
}

/** Lower case, A-labels. */
export const domainKey = (domain: string): string =>
  ascii.test(domain)
    ? domain.toLowerCase()
    : folded(domain.replace(stops, '.')).split('.').map(aLabel).join('.')

/** Lower case, U-labels where there are any. */
export function unicodeDomain(domain: string): string {
  const key = domainKey(domain)
  if (!key.includes('xn--')) return key
  return key
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join('.')
}

const parts = (address: string): [string, string] => {
  const at = address.lastIndexOf('@') + 1
  return [address.slice(0, at), address.slice(at)]
}

/** With its @. `"ab"@` and `ab@` are one mailbox (RFC 5321 §4.1.2). */
const unquotedLocal = (local: string): string =>
  /^".*"@$/s.test(local) ? `${local.slice(1, -2).replaceAll(/\\(.)/gs, '$1')}@` : local

/** An address to compare with: no regard to case and quotes, its domain in A-labels. */
export function addressKey(address: string): string {
  const [local, domain] = parts(address)
  return unquotedLocal(local).toLowerCase() + domainKey(domain)
}

/** The ways in which an address can be written, itself first: a pattern may mean either spelling of its domain. */
export function spellings(address: string): string[] {
  const [local, domain] = parts(address)
  if (ascii.test(domain) && !/xn--/i.test(domain)) return [address]
  return [...new Set([address, local + domainKey(domain), local + unicodeDomain(domain)])]
}
