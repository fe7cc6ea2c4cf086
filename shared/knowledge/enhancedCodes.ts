/**
 * Owns: what an enhanced status code means: class, subject, detail (RFC 3463 §2, registry of RFC 5248). A detail that
 * nobody registered is explained by class and subject and said to be unknown.
 *
 * The rows were compared one by one with IANA's registry “SMTP Enhanced Status Codes” on 2026-11-22: its third table as
 * CSV (X.0.0 to X.7.30) in an undated public copy (github.com/singhrastu/smtp-responses), and the head of the registry
 * itself, which said “updated 2024-12-06”. No code beyond X.7.30 stood in either.
 */
import { mailStatus } from './mailStatus.ts'
import { policyStatus } from './policyStatus.ts'
import { otherMeanings, type ProviderCode } from './providerCodes.ts'
import type { EnhancedDetail, Reference } from './types.ts'

export const enhancedDetails: readonly EnhancedDetail[] = [...mailStatus, ...policyStatus]

const byKey: ReadonlyMap<string, EnhancedDetail> = new Map(enhancedDetails.map((row) => [row.key, row]))

/** RFC 3463 §3.1. */
export const classes: Readonly<Record<'2' | '4' | '5', string>> = {
  2: 'Success',
  4: 'Not now',
  5: 'Failure',
}

/** RFC 3463 §3. */
export const subjects: Readonly<Record<'0' | '1' | '2' | '3' | '4' | '5' | '6' | '7', string>> = {
  0: 'about nothing in particular',
  1: 'about the address',
  2: 'about the mailbox',
  3: 'about the mail system',
  4: 'about the network or routing',
  5: 'about the protocol',
  6: 'about the content',
  7: 'about security or policy',
}

export interface EnhancedMeaning {
  code: string
  /** The detail is registered. */
  known: boolean
  name: string
  /** As "Failure, about the address." */
  kind: string
  /** The detail. */
  words: string
  reference: Reference
  /** What providers use the same code for. */
  others: ProviderCode[]
}

const at = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** `code` as `5.7.1`; null when it has not that form or a class other than 2, 4 and 5. */
export function explainEnhanced(code: string): EnhancedMeaning | null {
  const parts = /^([245])\.(\d{1,3})\.(\d{1,3})$/.exec(code)
  if (!parts) return null
  const [, kind = '', subject = '', detail = ''] = parts
  const about = at(subjects, subject) ?? 'about something that the registry does not name'
  const row = byKey.get(`${Number(subject)}.${Number(detail)}`)
  return {
    code,
    known: row !== undefined,
    name: row?.name ?? 'Unknown detail',
    kind: `${at(classes, kind) ?? ''}, ${about}.`,
    words:
      row?.words ?? `The registry has no detail ${subject}.${detail}, so class and subject are all it says.`,
    reference: row?.reference ?? 'RFC 3463 §3',
    others: otherMeanings(code),
  }
}
