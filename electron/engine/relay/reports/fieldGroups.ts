/**
 * Owns: groups of fields as in message/delivery-status and message/feedback-report (RFC 3464 §2.1.1, RFC 5965 §3): header
 * syntax, groups apart by empty lines. Written by strangers: counts and lengths are bounded, what is no field is counted.
 */
import { decodeWords } from 'postal-mime'
import { oneLine } from './lines.ts'

/** Octets of such a part that are read. */
export const mostPart = 1 << 20
const mostFields = 200
const mostValue = 4000
const fieldForm = /^([A-Za-z][A-Za-z0-9-]{0,99})[ \t]*:(.*)$/su

/** By name in lower case, values in order. */
export type Fields = ReadonlyMap<string, readonly string[]>

export interface ReadGroups {
  groups: Fields[]
  problems: string[]
}

/** At most `most` groups. `bytes`: transfer encoding undone. */
export function readGroups(bytes: Uint8Array, most: number): ReadGroups {
  const problems: string[] = []
  if (bytes.length > mostPart)
    problems.push(`The part for programs has ${bytes.length} octets; the first ${mostPart} are read.`)
  const lines = new TextDecoder().decode(bytes.subarray(0, mostPart)).split(/\r?\n/u)
  const groups: Map<string, string[]>[] = []
  let group: Map<string, string[]> | null = null
  let odd = 0
  let over = 0
  for (const field of unfolded(lines)) {
    if (field === '') {
      group = null
      continue
    }
    const [, name, value] = fieldForm.exec(field) ?? []
    if (name === undefined || value === undefined) odd++
    else if (group === null && groups.length >= most) over++
    else {
      if (group === null) groups.push((group = new Map()))
      add(group, name.toLowerCase(), value)
    }
  }
  if (odd > 0)
    problems.push(`${odd} ${odd === 1 ? 'line' : 'lines'} of the part for programs ${odd === 1 ? 'is' : 'are'} no field (RFC 3464 §2.1.1).`) // prettier-ignore
  if (over > 0) problems.push(`It names more recipients than are read (${most - 1}).`)
  return { groups, problems }
}

function add(group: Map<string, string[]>, name: string, value: string): void {
  const values = group.get(name)
  if (values !== undefined) {
    if (values.length < mostFields) values.push(value)
  } else if (group.size < mostFields) group.set(name, [value])
}

/** Continued lines joined; an empty line, or one of white space alone, as `''`. */
function* unfolded(lines: readonly string[]): Generator<string> {
  let open: string | null = null
  for (const line of lines) {
    const blank = line.trim() === ''
    if (open !== null && !blank && /^[ \t]/u.test(line)) {
      if (open.length < mostValue) open += line
      continue
    }
    if (open !== null) yield open
    open = blank ? null : line
    if (blank) yield ''
  }
  if (open !== null) yield open
}

/** The first value on one line, encoded words decoded (RFC 2047); undefined when absent or empty. */
export function first(fields: Fields, name: string): string | undefined {
  const value = fields.get(name)?.[0]
  return value === undefined ? undefined : text(value)
}

export const every = (fields: Fields, name: string): string[] =>
  (fields.get(name) ?? []).flatMap((value) => text(value) ?? [])

function text(value: string): string | undefined {
  const line = oneLine(decoded(value.slice(0, mostValue)))
  return line === '' ? undefined : line
}

/** Words of a charset that nobody knows stay as they are. */
function decoded(value: string): string {
  try {
    return value.includes('=?') ? decodeWords(value) : value
  } catch {
    return value
  }
}

/** `type; value` (RFC 3464 §2.1.2); without a type the value alone, with an empty one. */
export function typedValue(value: string): { type: string; value: string } {
  const [, type = '', rest = value] = /^\s*([A-Za-z0-9-]{1,60})\s*;(.*)$/su.exec(value) ?? []
  return { type: type.toLowerCase(), value: rest.trim() }
}
