/** Owns: the names of an address (PTR, RFC 1035 §3.5, RFC 3596 §2.5), and which of them lead back to it. */
import { isIPv4, isIPv6 } from 'node:net'
import type { ReverseFacts } from '#shared/diagnosis/facts.ts'
import type { Witness } from './witness.ts'

/** Names of one address that are looked up again; some addresses have thousands. */
const maxNames = 5

/** `192.0.2.1` -> `1.2.0.192.in-addr.arpa`; `''` for what is no address. A zone (`%eth0`) is not part of it. */
export function reverseName(address: string): string {
  const bare = address.replace(/%.*$/, '')
  if (isIPv4(bare)) return `${bare.split('.').toReversed().join('.')}.in-addr.arpa`
  if (!isIPv6(bare)) return ''
  return `${groups(bare).join('').split('').toReversed().join('.')}.ip6.arpa`
}

/** The eight groups of an IPv6 address, four hexadecimal digits each. */
function groups(address: string): string[] {
  // The last 32 bits may be written as IPv4 (RFC 4291 §2.2).
  const text = address.replace(/[\d.]+\.[\d.]+$/, (four) => {
    const [a = 0, b = 0, c = 0, d = 0] = four.split('.').map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  const [head = '', tail] = text.split('::')
  const [left, right] = [split(head), split(tail ?? '')]
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  const all = [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
  return all.map((group) => group.toLowerCase().padStart(4, '0'))
}

const split = (part: string): string[] => (part === '' ? [] : part.split(':'))

export async function readReverse(address: string, witness: Witness): Promise<ReverseFacts> {
  const { result, seq } = await witness.ask(reverseName(address), 'PTR', `of ${address}`)
  const names = [...new Set(result.records)].slice(0, maxNames)
  const type = isIPv4(address) ? 'A' : 'AAAA'
  const own = groupsOf(address)
  const back = await Promise.all(names.map((name) => witness.ask(name, type)))
  const { outcome } = result
  const none = outcome === 'no-data' || outcome === 'not-found'
  return {
    address,
    state: outcome === 'answers' ? 'found' : none ? 'none' : 'unanswered',
    names,
    confirmed: names.filter((_, i) => back[i]?.result.records.some((found) => groupsOf(found) === own)),
    proof: witness.proof(seq, ...back.map((one) => one.seq)),
  }
}

/** One spelling for each address. */
const groupsOf = (address: string): string => reverseName(address)
