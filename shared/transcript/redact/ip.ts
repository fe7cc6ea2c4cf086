/** Owns: IP addresses as redaction sees them: which are told from which, which tell nothing, and what stands for them. */
import { isIpv4, isIpv6 } from '../../smtp/grammar/literal.ts'

export const ipFamily = (text: string): 4 | 6 | null => (isIpv4(text) ? 4 : isIpv6(text) ? 6 : null)

/** One spelling for all spellings of an IPv6 address: eight groups, lower case, no leading zeros. */
export function canonicalIp(text: string): string {
  if (isIpv4(text)) return text.split('.').map(Number).join('.')
  const [left = '', right] = text.toLowerCase().split('::')
  const first = groupsOf(left)
  const second = right === undefined ? [] : groupsOf(right)
  const zeros = Array<string>(Math.max(0, 8 - first.length - second.length)).fill('0')
  return [...first, ...(right === undefined ? [] : zeros), ...second].join(':')
}

function groupsOf(text: string): string[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16).toString(16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)]
  })
}

/** Loopback and "any": the same on every computer. */
export const isCommonIp = (canonical: string): boolean =>
  /^127\.|^0\.0\.0\.0$|^255\.255\.255\.255$|^0:0:0:0:0:0:0:[01]$/.test(canonical)

const nets = ['192.0.2', '198.51.100', '203.0.113']

/** RFC 5737's three networks, then RFC 2544's, which no public host has either; undefined when they are used up. */
export function standInIpv4(number: number): string | undefined {
  const index = number - 1
  const net = nets[Math.floor(index / 254)]
  if (net !== undefined) return `${net}.${(index % 254) + 1}`
  const rest = index - nets.length * 254
  if (rest >= 1 << 17) return undefined
  return `198.${18 + (rest >> 16)}.${(rest >> 8) & 255}.${rest & 255}`
}

/** RFC 3849. */
export const standInIpv6 = (number: number): string =>
  number <= 0xffff
    ? `2001:db8::${number.toString(16)}`
    : `2001:db8::${(number >> 16).toString(16)}:${(number & 0xffff).toString(16)}`

/** The number of a stand-in; undefined for an address that is none. */
export function standInIpNumber(canonical: string): number | undefined {
  if (canonical.includes(':')) {
    const low = /^2001:db8:0:0:0:0:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonicalIp(canonical))
    const number = low === null ? 0 : Number.parseInt(low[1]!, 16) * 0x10000 + Number.parseInt(low[2]!, 16)
    return number > 0 ? number : undefined
  }
  const parts = /^(\d{1,3}\.\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(canonical)
  if (parts === null) return undefined
  const [, front = '', third, fourth] = parts
  const net = nets.indexOf(`${front}.${third}`)
  const last = Number(fourth)
  if (net >= 0) return last >= 1 && last <= 254 ? net * 254 + last : undefined
  const second = front === '198.18' ? 0 : front === '198.19' ? 1 : -1
  return second < 0 ? undefined : nets.length * 254 + 1 + second * 65_536 + Number(third) * 256 + last
}
