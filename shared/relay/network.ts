/**
 * Owns: addresses and networks as the rules of a relay write them: an address, CIDR (RFC 4632 §3.1, RFC 4291 §2.3) with
 * trailing zero octets left out (`10/8`), and `0/0`, which is everybody over IPv4 and IPv6.
 */
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

export interface Network {
  /** Absent: everybody. */
  range?: readonly [Address, number]
  /** Bits that are fixed: the more, the narrower. Everybody is wider than every network. */
  bits: number
}

const octets = /^\d{1,3}(?:\.\d{1,3}){0,3}$/
const right =
  'write an address such as 10.0.5.20, a network such as 10.0.0.0/8 or 2001:db8::/32, or 0/0 for everybody'

/** IPv4 in four decimal parts only: a leading zero is octal to some programs and decimal to others. */
function addressOf(text: string): Address | null {
  if (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text)) return null
  // IPv4 in IPv6 is IPv4 (RFC 4291 §2.5.5.2). A zone names an interface of this machine and no other host.
  return text.includes('%') || !ipaddr.isValid(text) ? null : ipaddr.process(text)
}

/** `10` of `10/8` is `10.0.0.0`. */
const filled = (text: string): string =>
  octets.test(text) ? [...text.split('.'), '0', '0', '0'].slice(0, 4).join('.') : text

const firstOf = (address: Address, bits: number): string => {
  const cidr = `${address.toString()}/${bits}`
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return family.networkAddressFromCIDR(cidr).toString()
}

/** The network, or what is wrong with the text, in words that follow it. */
export function readNetwork(text: string): Network | string {
  if (text === '0/0') return { bits: -1 }
  const slash = text.indexOf('/')
  const address = addressOf(slash < 0 ? text : filled(text.slice(0, slash)))
  if (address === null) return `is no IP address and no network; ${right}`
  const most = address.kind() === 'ipv4' ? 32 : 128
  const prefix = slash < 0 ? String(most) : text.slice(slash + 1)
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity
  if (bits > most) return `has a prefix length that is none of 0 to ${most}; ${right}`
  const first = firstOf(address, bits)
  if (first !== address.toString())
    return `names a host inside its network; write ${first}/${bits} for the network, or ${address.toString()} for the host`
  return { range: [address, bits], bits }
}

/** One client is asked about by many rules in a row: the last one that was read. */
let last: { text: string; address: Address | null } = { text: '', address: null }

function clientAddress(client: string): Address | null {
  if (client !== last.text) last = { text: client, address: addressOf(client.replace(/%.*$/, '')) }
  return last.address
}

/** Whether the client is in the network. */
export function inNetwork(client: string, { range }: Network): boolean {
  const address = clientAddress(client)
  if (address === null) return false
  if (range === undefined) return true
  const [network, bits] = range
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, bits)
  return network instanceof ipaddr.IPv6 && address.match(network, bits)
}

/** Where hosts of the Internet stand, those behind tunnels of RFC 3056 and RFC 4380 included. */
const publicRanges = new Set<string>(['unicast', '6to4', 'teredo'])

const everywhere: readonly Address[] = [ipaddr.parse('0.0.0.0'), ipaddr.parse('::')]

/**
 * Public addresses out of every eighth of a network with fewer fixed bits than `few`; none of a narrower one. One that begins
 * among private or reserved addresses may reach far beyond them: `0.0.0.0/1`, `10.0.0.0/7`, `192.0.0.0/8`.
 */
export function publicSamples({ range }: Network, few: { v4: number; v6: number }): string[] {
  const starts = range === undefined ? everywhere : [range[0]]
  const bits = range?.[1] ?? 0
  return starts.flatMap((start) => {
    if (bits >= (start.kind() === 'ipv4' ? few.v4 : few.v6)) return []
    return Array.from({ length: 8 }, (_, eighth) => {
      const bytes = start.toByteArray()
      for (let at = 0; at < 3; at++)
        if ((eighth & (4 >> at)) !== 0) bytes[(bits + at) >> 3]! |= 0x80 >> ((bits + at) & 7)
      return ipaddr.fromByteArray(bytes)
    }).flatMap((one) => (publicRanges.has(one.range()) ? [one.toString()] : []))
  })
}

/** The first bits of an address, as text. */
function prefixOf(address: Address, bits: number): string {
  const all = address.toByteArray()
  const whole = Math.floor(bits / 8)
  const rest = bits % 8 === 0 ? [] : [all[whole]! & (0xff << (8 - (bits % 8)))]
  return String.fromCodePoint(...all.slice(0, whole), ...rest)
}

/**
 * The place of the first network that holds a client, -1: none. It costs as much as there are lengths of prefixes, however
 * many networks there are.
 */
export function networkIndex(networks: readonly Network[]): (client: string) => number {
  const lengths = new Map<string, Set<number>>()
  const places = new Map<string, number>()
  let everybody = Infinity
  for (const [place, { range }] of networks.entries()) {
    if (range === undefined) {
      everybody = Math.min(everybody, place)
      continue
    }
    const [address, bits] = range
    const kind = address.kind()
    lengths.set(kind, (lengths.get(kind) ?? new Set()).add(bits))
    const key = `${kind} ${bits} ${prefixOf(address, bits)}`
    if (!places.has(key)) places.set(key, place)
  }
  return (client) => {
    const address = clientAddress(client)
    if (address === null) return -1
    const kind = address.kind()
    const found = [...(lengths.get(kind) ?? [])].map(
      (bits) => places.get(`${kind} ${bits} ${prefixOf(address, bits)}`) ?? Infinity,
    )
    const first = Math.min(everybody, ...found)
    return first === Infinity ? -1 : first
  }
}
