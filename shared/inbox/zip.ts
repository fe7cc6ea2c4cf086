/** Owns: several files as one ZIP archive, stored without compression (APPNOTE 6.3.3); names in UTF-8, each once. */
import { utf8 } from '../bytes/bytes.ts'

export interface ZipFile {
  name: string
  bytes: Uint8Array
  date: Date
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

/** CRC-32 as ZIP has it (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const octet of bytes) crc = table[(crc ^ octet) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** Two octets each of time and date, as MS-DOS kept them; from 1980 on. */
function dosTime(date: Date): [number, number] {
  const year = Math.max(1980, date.getUTCFullYear())
  return [
    (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1),
    ((year - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate(),
  ]
}

/** Little-endian fields: `[octets, value]` each. */
function fields(list: readonly (readonly [2 | 4, number])[]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((sum, [size]) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [size, value] of list) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return bytes
}

const nameFlag = 0x0800
const version = 20

/** Names as they are, a number added to those that were there. At most 65,535 files and 4 GB. */
export function zip(files: readonly ZipFile[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  const used = new Map<string, number>()
  let offset = 0
  for (const file of files) {
    const name = utf8(unique(file.name, used))
    const [time, date] = dosTime(file.date)
    const { length } = file.bytes
    const about = [[2, nameFlag], [2, 0], [2, time], [2, date], [4, crc32(file.bytes)], [4, length], [4, length], [2, name.length], [2, 0]] as const // prettier-ignore
    const head = fields([[4, 0x04034b50], [2, version], ...about])
    directory.push(fields([[4, 0x02014b50], [2, version], [2, version], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), name) // prettier-ignore
    parts.push(head, name, file.bytes)
    offset += head.length + name.length + length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = fields([[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]]) // prettier-ignore
  return joined([...parts, ...directory, end])
}

/** `used`: names that are taken, in lower case, each with the last number that was added to it. */
function unique(name: string, used: Map<string, number>): string {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let n = used.get(name.toLowerCase()) ?? 0
  let found = name
  if (n > 0)
    do found = `${stem} ${++n}${ending}`
    while (used.has(found.toLowerCase()))
  used.set(name.toLowerCase(), Math.max(1, n))
  if (found !== name) used.set(found.toLowerCase(), 1)
  return found
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
