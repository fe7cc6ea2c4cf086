/** Owns: limits as fields: of one listener, where empty is as for all, and for all, where empty takes away what may be absent. */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { limitFields, limitProblem, readLimit, type LimitField, type Limits } from './serverLimits.ts'

export type OwnLimitKey = keyof Limits
export interface OwnLimitField extends Omit<LimitField, 'key'> {
  key: OwnLimitKey
}
export type OwnLimitTexts = Partial<Record<OwnLimitKey, string>>
type OwnLimits = NonNullable<ListenerConfig['limits']>

export const ownLimitFields: readonly OwnLimitField[] = [
  ...limitFields,
  {
    key: 'line',
    label: 'Command line',
    unit: 'octets',
    factor: 1,
    max: 1_000_000,
    hint: 'A longer one is answered 500; at least 512 must be taken (RFC 5321 §4.5.3.1.4).',
  },
  {
    key: 'textLine',
    label: 'Line of content',
    unit: 'octets',
    factor: 1,
    max: 100_000_000,
    hint: 'At least 1,000 must be taken (RFC 5321 §4.5.3.1.6).',
  },
  {
    key: 'commands',
    label: 'Commands in a session',
    unit: '',
    factor: 1,
    max: 1_000_000_000,
    hint: 'The next one is answered 421.',
  },
  {
    key: 'errors',
    label: 'Refusals in a session',
    unit: '',
    factor: 1,
    max: 1_000_000_000,
    hint: 'After so many 4xx and 5xx the next one is 421.',
  },
  {
    key: 'transactions',
    label: 'Messages in a session',
    unit: '',
    factor: 1,
    max: 1_000_000_000,
    hint: 'The next MAIL is answered 421. Announced as MAILMAX (RFC 9422).',
  },
]

/** Whether it may be absent for all listeners. */
export const isOptional = ({ key }: OwnLimitField): boolean => !limitFields.some((field) => field.key === key)

/** What the contract asks at least, where that is more than one. */
const least: Partial<Record<OwnLimitKey, number>> = { line: 16, textLine: 2 }

const shown = (value: number, factor: number): string => String(Math.round((value / factor) * 1e6) / 1e6)

/** Only those that the listener has for itself. */
export const ownLimitTexts = (limits: OwnLimits): OwnLimitTexts =>
  Object.fromEntries(
    ownLimitFields.flatMap(({ key, factor }) => {
      const value = limits[key]
      return value === undefined ? [] : [[key, shown(value, factor)]]
    }),
  )

/** Of the contract, where nothing is said for all. */
const unsaid: Partial<Record<OwnLimitKey, number>> = { line: 2048, errors: 20 }

/** What holds where the field is empty, for its placeholder. */
export function limitForAll({ key, factor }: OwnLimitField, limits: Partial<Limits>): string {
  const value = limits[key] ?? unsaid[key]
  return value === undefined ? 'no limit' : shown(value, factor)
}

export function ownLimits(texts: OwnLimitTexts): OwnLimits {
  const read = ownLimitFields.flatMap((field) => {
    const text = texts[field.key] ?? ''
    const value = text.trim() === '' ? null : readLimit(field, text)
    return value === null ? [] : [[field.key, value] as const]
  })
  return Object.fromEntries(read)
}

/** By `limits.KEY`, as the engine names them. */
export function ownLimitProblems(texts: OwnLimitTexts): Record<string, string | undefined> {
  return Object.fromEntries(
    ownLimitFields.map((field) => {
      const text = texts[field.key] ?? ''
      if (text.trim() === '') return [`limits.${field.key}`, undefined]
      const low = least[field.key]
      const value = readLimit(field, text)
      const words =
        value !== null && low !== undefined && value < low
          ? `“${text.trim()}” is less than ${low} octets, in which no line fits.`
          : limitProblem(field, text)
      return [`limits.${field.key}`, words]
    }),
  )
}

type LimitsChange = NonNullable<CallInput<'server.configure'>['limits']>

/** Of the limits for all, those that were changed; null takes one away. */
export const limitsChange = (texts: OwnLimitTexts, changed: readonly OwnLimitField[]): LimitsChange =>
  Object.fromEntries(changed.map((field) => [field.key, ownLimits(texts)[field.key] ?? null]))

/** Of the limits for all that were changed, by key: what always has to be there may not be empty. */
export const limitsProblems = (
  texts: OwnLimitTexts,
  changed: readonly OwnLimitField[],
): Partial<Record<OwnLimitKey, string>> => {
  const wrong = ownLimitProblems(texts)
  return Object.fromEntries(
    changed.map((field) => {
      const isMissing = !isOptional(field) && (texts[field.key] ?? '').trim() === ''
      const words = `A number belongs here, above 0 and up to ${field.max.toLocaleString('en-US')}${field.unit && ` ${field.unit}`}.`
      return [field.key, isMissing ? words : wrong[`limits.${field.key}`]]
    }),
  )
}
