/**
 * Owns: reading the header section of a message that is to be relayed: how many hops it has behind it, what it is called, and
 * the fields that rules go by, with the octets that they take. Only looked at, never written anew. A line ends with LF, with
 * or without a CR before it: a field must not hide behind a bare LF. What is no field ends the header, as an empty line does.
 */
import { fromUtf8 } from '#shared/bytes/bytes.ts'

export interface HeaderField {
  /** Octets [from, to), the line ends and continuation lines included. */
  from: number
  to: number
  /** Unfolded (RFC 5322 §2.2.3), without white space around it. */
  value: string
}

export interface Header {
  /** Received fields (RFC 5321 §6.3). */
  received: number
  /** The fields that were asked for, in order, by name in lower case; at most `mostOfAName` of each. */
  fields: Map<string, HeaderField[]>
  /** Octets of the header, the empty line not included. */
  end: number
  /** False: it goes on behind what was read, and its last field was left out. */
  whole: boolean
  /** All of them. */
  count: number
  /** What follows the last field is neither an empty line nor the end: whoever puts a field before it would own it. */
  direct: boolean
}

/** Fields of one name that are kept. */
export const mostOfAName = 101
/** Octets of a name; no field that means something has a longer one. */
const longestName = 256

const [lf, cr, space, tab, colon] = [0x0a, 0x0d, 0x20, 0x09, 0x3a]
const latin1 = new TextDecoder('latin1')

interface Line {
  from: number
  /** Behind its LF. */
  to: number
  kind: 'empty' | 'folded' | 'field' | 'other'
  name: string
  /** Behind the colon. */
  value: number
}

/** `obs-optional`: spaces before the colon (RFC 5322 §4.5.8). */
function nameOf(bytes: Uint8Array, from: number, to: number): { name: string; value: number } | null {
  const at = bytes.subarray(from, Math.min(to, from + longestName)).indexOf(colon)
  if (at < 1) return null
  const written = latin1.decode(bytes.subarray(from, from + at)).replace(/[ \t]{1,255}$/, '')
  return /^[!-9;-~]+$/.test(written) ? { name: written.toLowerCase(), value: from + at + 1 } : null
}

function lineAt(bytes: Uint8Array, from: number): Line {
  const found = bytes.indexOf(lf, from)
  const to = found < 0 ? bytes.length : found + 1
  const bare = { from, to, name: '', value: from }
  const first = bytes[from]
  if (first === lf || (first === cr && bytes[from + 1] === lf)) return { ...bare, kind: 'empty' }
  if (first === space || first === tab) return { ...bare, kind: 'folded' }
  const read = nameOf(bytes, from, to)
  return read === null ? { ...bare, kind: 'other' } : { from, to, kind: 'field', ...read }
}

/** Behind the separator line of a mailbox file, which some programs leave before the header; nobody takes it for a field. */
function beginning(bytes: Uint8Array): number {
  if (!/^>?From /.test(latin1.decode(bytes.subarray(0, 6)))) return 0
  return bytes.indexOf(lf) + 1
}

/** Where the header ends, the empty line not included; -1 when that is not in these octets. */
export function headerEnd(bytes: Uint8Array): number {
  const start = beginning(bytes)
  for (let at = start; at < bytes.length;) {
    const line = lineAt(bytes, at)
    // The last line may go on: it says nothing yet.
    if (bytes[line.to - 1] !== lf) return -1
    if (line.kind === 'empty' || line.kind === 'other' || (line.kind === 'folded' && at === start)) return at
    at = line.to
  }
  return -1
}

const text = (bytes: Uint8Array): string => fromUtf8(bytes) ?? latin1.decode(bytes)

const unfolded = (bytes: Uint8Array): string =>
  text(bytes)
    .replace(/\r?\n(?=[ \t])/g, '')
    .trim()

/** Fields with their continuation lines; ends with the header. */
function* fieldsOf(bytes: Uint8Array): Generator<Line> {
  let open: Line | undefined
  for (let at = beginning(bytes); at < bytes.length;) {
    const line = lineAt(bytes, at)
    if (line.kind === 'empty' || line.kind === 'other') break
    if (line.kind === 'folded') {
      if (open === undefined) break
      open = { ...open, to: line.to }
    } else {
      if (open !== undefined) yield open
      open = line
    }
    at = line.to
  }
  if (open !== undefined) yield open
}

/** `whole`: nothing follows these octets. `wanted`: names in lower case. */
export function readHeader(bytes: Uint8Array, whole: boolean, wanted: ReadonlySet<string>): Header {
  const all = [...fieldsOf(bytes)]
  const [count, behind] = [all.length, all.at(-1)?.to ?? beginning(bytes)]
  const direct = behind < bytes.length && lineAt(bytes, behind).kind !== 'empty'
  const ended = whole || headerEnd(bytes) >= 0
  // Its end was not seen: half a field is none.
  if (!ended) all.pop()
  const fields = new Map<string, HeaderField[]>()
  for (const { name, from, to, value } of all) {
    const before = wanted.has(name) ? (fields.get(name) ?? []) : null
    if (before === null || before.length >= mostOfAName) continue
    before.push({ from, to, value: unfolded(bytes.subarray(value, to)) })
    fields.set(name, before)
  }
  const received = all.filter(({ name }) => name === 'received').length
  return { received, fields, end: all.at(-1)?.to ?? 0, whole: ended, count, direct }
}
