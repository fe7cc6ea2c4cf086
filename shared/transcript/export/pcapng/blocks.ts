/**
 * Owns: the blocks of a pcapng file (IETF draft-ietf-opsawg-pcapng): section header, one interface, names, packets.
 * Little-endian. Knows nothing of SMTP, TCP or transcripts.
 */
import { concat, utf8 } from '../../../bytes/bytes.ts'

/** LINKTYPE_RAW: packets begin with an IPv4 or IPv6 header, so no Ethernet address has to be made up. */
const linkTypeRaw = 101
/** Octets of one comment: an option's length has 16 bits, and a reader wants a sentence. */
const mostComment = 4000

const options = { end: 0, comment: 1, application: 4, name: 2, description: 3, resolution: 9 } as const

export interface Packet {
  /** Microseconds since 1970. */
  time: number
  /** What is known of the packet, its headers included. */
  octets: Uint8Array
  /** Octets the packet had beyond those: a reader shows it as cut. */
  missing: number
  comments: readonly string[]
}

export interface KnownName {
  /** 4 or 16 octets. */
  address: Uint8Array
  name: string
}

const padding = (length: number): number => (4 - (length % 4)) % 4

function little(size: 2 | 4, ...values: number[]): Uint8Array {
  const octets = new Uint8Array(size * values.length)
  const view = new DataView(octets.buffer)
  for (const [i, value] of values.entries()) {
    if (size === 2) view.setUint16(i * 2, value, true)
    else view.setUint32(i * 4, value >>> 0, true)
  }
  return octets
}

/** A type or code, a length and a value filled up to 32 bits: the form of options and of name records alike. */
function field(code: number, value: Uint8Array): Uint8Array {
  return concat([little(2, code, value.length), value, new Uint8Array(padding(value.length))])
}

/** UTF-8 of at most `most` octets, never ending inside a character. */
function text(value: string, most = mostComment): Uint8Array {
  const octets = utf8(value)
  if (octets.length <= most) return octets
  let end = most
  while (end > 0 && (octets[end]! & 0xc0) === 0x80) end--
  return octets.subarray(0, end)
}

function block(type: number, parts: readonly Uint8Array[]): Uint8Array {
  let length = 12
  for (const part of parts) length += part.length
  return concat([little(4, type, length), ...parts, little(4, length)])
}

const withEnd = (fields: readonly Uint8Array[]): Uint8Array[] =>
  fields.length === 0 ? [] : [...fields, little(2, options.end, 0)]

/** Section Header Block (draft §4.1): the byte order, version 1.0, a length not told, what wrote it and what it is. */
export function sectionHeader(program: string, comments: readonly string[]): Uint8Array {
  return block(0x0a0d0d0a, [
    little(4, 0x1a2b3c4d),
    little(2, 1, 0),
    little(4, 0xffffffff, 0xffffffff),
    ...withEnd([
      ...comments.map((comment) => field(options.comment, text(comment))),
      field(options.application, text(program)),
    ]),
  ])
}

/** Interface Description Block (§4.2): raw IP, whole packets, times in microseconds. */
export function interfaceDescription(name: string, description: string): Uint8Array {
  return block(1, [
    little(2, linkTypeRaw, 0),
    little(4, 0),
    ...withEnd([
      field(options.name, text(name)),
      field(options.description, text(description)),
      field(options.resolution, Uint8Array.of(6)),
    ]),
  ])
}

/** Name Resolution Block (§4.5), so that a reader shows the names of the dialogue and asks no name server. */
export function nameResolution(names: readonly KnownName[]): Uint8Array {
  const records = names.map(({ address, name }) =>
    field(address.length === 4 ? 1 : 2, concat([address, text(name, 255), Uint8Array.of(0)])),
  )
  return block(4, [...records, little(2, 0, 0)])
}

/** Enhanced Packet Block (§4.3) on the first interface. */
export function enhancedPacket({ time, octets, missing, comments }: Packet): Uint8Array {
  const whole = Math.floor(time)
  return block(6, [
    little(4, 0, Math.floor(whole / 2 ** 32), whole % 2 ** 32, octets.length, octets.length + missing),
    octets,
    new Uint8Array(padding(octets.length)),
    ...withEnd(comments.map((comment) => field(options.comment, text(comment)))),
  ])
}
