/** Owns: from dns-packet's records to the data of the types asked for here; a record that cannot be one is left out. */
import type { Answer } from 'dns-packet'
import { isIPv4, isIPv6 } from 'node:net'
import { toByteString } from '#shared/bytes/bytes.ts'
import type { RecordData, RecordType } from './types.ts'

type Readers = { [T in RecordType]: (answer: Answer) => RecordData[T] | undefined }

/** A name from a stranger in printable ASCII, other characters as `\DDD` (RFC 4343 §2.1), at most 255 octets on the wire. */
export const shownName = (name: string): string =>
  name
    .replace(/[^!-~]/gu, (character) =>
      [...Buffer.from(character, 'utf8')].map((octet) => `\\${String(octet).padStart(3, '0')}`).join(''),
    )
    .slice(0, 1020)

const readers: Readers = {
  A: (answer) => (answer.type === 'A' && isIPv4(answer.data) ? answer.data : undefined),
  AAAA: (answer) => (answer.type === 'AAAA' && isIPv6(answer.data) ? answer.data : undefined),
  CNAME: (answer) => (answer.type === 'CNAME' ? shownName(answer.data) : undefined),
  PTR: (answer) => (answer.type === 'PTR' ? shownName(answer.data) : undefined),
  MX: (answer) =>
    answer.type === 'MX'
      ? { preference: answer.data.preference ?? 0, exchange: shownName(answer.data.exchange) }
      : undefined,
  TXT: (answer) => (answer.type === 'TXT' ? joined(answer.data) : undefined),
  TLSA: (answer) => {
    if (answer.type !== 'TLSA') return undefined
    const { usage, selector, matchingType, certificate } = answer.data
    return { usage, selector, matching: matchingType, data: new Uint8Array(certificate) }
  },
}

function joined(data: string | Buffer | (string | Buffer)[]): string {
  const parts = Array.isArray(data) ? data : [data]
  return parts.map((part) => toByteString(typeof part === 'string' ? Buffer.from(part) : part)).join('')
}

/** The record's data when it is one of `type`, else undefined. */
export const recordData = <T extends RecordType>(type: T, answer: Answer): RecordData[T] | undefined =>
  readers[type](answer)

const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex')

const words: { [T in RecordType]: (data: RecordData[T]) => string } = {
  A: (address) => address,
  AAAA: (address) => address,
  CNAME: (name) => name,
  PTR: (name) => name,
  MX: ({ preference, exchange }) => `${preference} ${exchange}`,
  TXT: (text) => JSON.stringify(text.slice(0, 1000)),
  TLSA: ({ usage, selector, matching, data }) =>
    `${usage} ${selector} ${matching} ${hex(data.subarray(0, 64))}${data.length > 64 ? `… (${data.length} octets)` : ''}`,
}

/** A record as a zone file writes it, for a person. */
export const shownRecord = <T extends RecordType>(type: T, data: RecordData[T]): string => words[type](data)
