/** Owns: one TCP segment in an IPv4 or IPv6 packet (RFC 9293 §3.1, RFC 791, RFC 8200), with its checksums. */
import { concat } from '../../../bytes/bytes.ts'
import type { End } from './address.ts'

export const flags = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const

export interface Segment {
  from: End
  to: End
  seq: number
  ack: number
  flags: number
  payload: Uint8Array
  /** Octets after `payload` that were sent and not kept: counted in every length, absent from the packet. */
  missing: number
  /** Identification of an IPv4 packet. */
  id: number
}

/** With a shift of 14 (RFC 7323 §2.3) the window is 1 GiB: no sender is ever shown as held up by it. */
const synOptions = (ipv6: boolean): Uint8Array =>
  // Maximum segment size, no operation, window scale.
  Uint8Array.of(2, 4, (ipv6 ? 1440 : 1460) >> 8, (ipv6 ? 1440 : 1460) & 255, 1, 3, 3, 14)

/** Sum of 16-bit words in one's complement (RFC 1071); an octet left over is the high half of a word. */
function onesSum(octets: Uint8Array, from = 0): number {
  let sum = from
  for (let i = 0; i + 1 < octets.length; i += 2) sum += (octets[i]! << 8) | octets[i + 1]!
  if (octets.length % 2 === 1) sum += octets.at(-1)! << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return sum
}

function tcpHeader(segment: Segment, options: Uint8Array): Uint8Array {
  const octets = new Uint8Array(20 + options.length)
  const view = new DataView(octets.buffer)
  view.setUint16(0, segment.from.port)
  view.setUint16(2, segment.to.port)
  view.setUint32(4, segment.seq % 2 ** 32)
  view.setUint32(8, (segment.flags & flags.ack) === 0 ? 0 : segment.ack % 2 ** 32)
  octets[12] = (octets.length / 4) << 4
  octets[13] = segment.flags
  view.setUint16(14, 0xffff)
  octets.set(options, 20)
  return octets
}

/** Addresses, length and protocol, as every TCP checksum covers them (RFC 9293 §3.1). */
function pseudoHeader({ from, to }: Segment, length: number): Uint8Array {
  const tail = Uint8Array.of(
    length >>> 24,
    (length >> 16) & 255,
    (length >> 8) & 255,
    length & 255,
    0,
    0,
    0,
    6,
  )
  return concat([from.address, to.address, tail])
}

function ipv4Header({ from, to, id }: Segment, length: number): Uint8Array {
  const octets = new Uint8Array(20)
  const view = new DataView(octets.buffer)
  octets[0] = 0x45
  view.setUint16(2, 20 + length)
  view.setUint16(4, id & 0xffff)
  // Do not fragment; 64 hops; TCP.
  view.setUint16(6, 0x4000)
  octets.set([64, 6], 8)
  octets.set(from.address, 12)
  octets.set(to.address, 16)
  view.setUint16(10, ~onesSum(octets) & 0xffff)
  return octets
}

function ipv6Header({ from, to }: Segment, length: number): Uint8Array {
  const octets = new Uint8Array(40)
  octets[0] = 0x60
  new DataView(octets.buffer).setUint16(4, length)
  octets.set([6, 64], 6)
  octets.set(from.address, 8)
  octets.set(to.address, 24)
  return octets
}

/** Octets of the packet as far as they are known. What is missing counts as zeros in the checksum. */
export function ipPacket(segment: Segment): Uint8Array {
  const ipv6 = segment.from.address.length === 16
  const tcp = tcpHeader(segment, (segment.flags & flags.syn) === 0 ? new Uint8Array(0) : synOptions(ipv6))
  const length = tcp.length + segment.payload.length + segment.missing
  let sum = onesSum(pseudoHeader(segment, length))
  sum = onesSum(segment.payload, onesSum(tcp, sum))
  new DataView(tcp.buffer).setUint16(16, ~sum & 0xffff)
  return concat([(ipv6 ? ipv6Header : ipv4Header)(segment, length), tcp, segment.payload])
}
