/** Owns: address literals (RFC 5321 §4.1.3). */
import { problem, type Read } from './problem.ts'

/** Reads `[1.2.3.4]`, `[IPv6:::1]`, `[tag:text]`; the value is its kind. */
export function parseLiteral(text: string): Read<'ipv4' | 'ipv6' | 'general'> {
  if (!text.startsWith('[') || !text.endsWith(']') || text.length < 3)
    return problem('address literal', text, 'write an address between [ and ]')
  const inside = text.slice(1, -1)
  if (isIpv4(inside)) return { ok: true, value: 'ipv4' }
  if (/^IPv6:/i.test(inside)) {
    if (isIpv6(inside.slice(5))) return { ok: true, value: 'ipv6' }
    return problem('address literal', text, 'not an IPv6 address; write it as [IPv6:2001:db8::1]')
  }
  if (isIpv6(inside)) return problem('address literal', text, 'an IPv6 address needs its tag; write [IPv6:…]')
  // Standardized-tag ":" 1*dcontent; no tag but IPv6 is registered, so its text has no meaning to us.
  if (/^[A-Za-z0-9-]*[A-Za-z0-9]:[!-Z^-~]+$/.test(inside)) return { ok: true, value: 'general' }
  return problem('address literal', text, 'write [192.0.2.1] or [IPv6:2001:db8::1]')
}

/** Four numbers from 0 to 255, three digits at most. */
export function isIpv4(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255)
}

/**
 * IPv6-addr of §4.1.3. `::` may stand for one group too: RFC 5321 asks for two at least, RFC 4291 §2.2 for one, and
 * libraries print both.
 */
export function isIpv6(text: string): boolean {
  if (text.length > 45) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const left = groups(halves[0]!, halves.length === 1)
  const right = halves.length === 2 ? groups(halves[1]!, true) : 0
  if (left < 0 || right < 0) return false
  return halves.length === 2 ? left + right <= 7 : left === 8
}

/** Number of 16-bit groups, an IPv4 tail counting for two; -1 when ill-formed. */
function groups(text: string, mayEndInIpv4: boolean): number {
  if (text === '') return 0
  const parts = text.split(':')
  const tail = mayEndInIpv4 && isIpv4(parts.at(-1)!) ? 2 : 0
  if (tail > 0) parts.pop()
  return parts.every((part) => /^[0-9A-Fa-f]{1,4}$/.test(part)) ? parts.length + tail : -1
}
