/** Owns: the local server's limits as fields: their names, units and ranges. */
import type { ServerStatus } from '#shared/rpc/contract/server.ts'

export type Limits = ServerStatus['limits']
/** Those that are always there; the others may be absent. */
export type LimitKey = Exclude<keyof Limits, 'line' | 'textLine' | 'commands' | 'errors' | 'transactions'>

export interface LimitField {
  key: LimitKey
  label: string
  unit: string
  /** One of these is so many octets, pieces or milliseconds. */
  factor: number
  max: number
  hint: string
}

export const limitFields: readonly LimitField[] = [
  {
    key: 'messageSize',
    label: 'Largest message',
    unit: 'MB',
    // Powers of 1000, as everywhere in the page and as SIZE is spoken of.
    factor: 1_000_000,
    max: 2048,
    hint: 'Told by SIZE; a larger one is refused with 552 (RFC 1870).',
  },
  {
    key: 'recipients',
    label: 'Recipients of a message',
    unit: '',
    factor: 1,
    max: 1_000_000,
    hint: 'One more is answered 452; at least 100 must be taken (RFC 5321 §4.5.3.1.8).',
  },
  {
    key: 'connections',
    label: 'Connections at once',
    unit: '',
    factor: 1,
    max: 1_000_000,
    hint: 'One more is answered 421.',
  },
  {
    key: 'connectionsPerAddress',
    label: 'At once from one address',
    unit: '',
    factor: 1,
    max: 1_000_000,
    hint: 'Keeps one client from taking all of them.',
  },
  {
    key: 'idle',
    label: 'Silence before we hang up',
    unit: 's',
    factor: 1000,
    max: 86_400,
    hint: 'The standard asks for 5 minutes at least (RFC 5321 §4.5.3.2.7).',
  },
  {
    key: 'session',
    label: 'Longest session',
    unit: 's',
    factor: 1000,
    max: 86_400,
    hint: 'Whatever happens in it.',
  },
]

/** The value in octets, pieces or milliseconds; null when the text is not one from the smallest unit to `max`. */
export function readLimit(field: Pick<LimitField, 'factor' | 'max'>, text: string): number | null {
  const typed = text.trim()
  if (!/^\d{1,10}(?:\.\d{1,6})?$/.test(typed)) return null
  const value = Math.round(Number(typed) * field.factor)
  return value < 1 || Number(typed) > field.max ? null : value
}

export const limitProblem = (
  field: Pick<LimitField, 'factor' | 'max' | 'unit'>,
  text: string,
): string | undefined =>
  readLimit(field, text) === null
    ? `“${text.trim().slice(0, 20)}” is not a number above 0 and up to ${field.max.toLocaleString('en-US')}${field.unit && ` ${field.unit}`}.`
    : undefined
