/** Owns: certificates and TLS names in the page's words. */
import type { Certificate } from '#shared/transcript/event.ts'
import { shownRemark } from '#shared/transcript/shown.ts'
import { countWords } from './measures.ts'

/** As "TLS 1.3" from a library's "TLSv1.3". */
export const tlsName = (version: string | undefined): string =>
  version === undefined ? 'TLS' : version.replace(/^TLSv?\s*/i, 'TLS ')

/** The part of a cipher suite's name that protects the bytes: "AES-256-GCM" of "TLS_AES_256_GCM_SHA384". */
export function cipherName(suite: string | undefined): string | undefined {
  const found = /(AES|CHACHA20|CAMELLIA|ARIA|3DES|RC4)[-_]?(128|256)?[-_]?(GCM|CBC|CCM|POLY1305)?/i.exec(
    suite ?? '',
  )
  return found ? found.slice(1).filter(Boolean).join('-').toUpperCase() : suite
}

/** A name that the other side chose: what turns the writing direction or shows as nothing is spelt out. */
export const shownName = (name: string): string => shownRemark(name).join(' ')

/** The common name of a distinguished name, else the name as it is; as `shownName`. */
export function commonName(name: string): string {
  const found = /(?:^|[,\n/])\s*CN\s*=\s*(?:"([^"]*)"|([^,\n/]+))/i.exec(name)
  return shownName((found?.[1] ?? found?.[2] ?? name).trim())
}

/** As `2026-11-22`; a date that cannot be read stays as it is, cut short. */
export function dayOf(date: string): string {
  const at = Date.parse(date)
  return Number.isNaN(at) ? shownName(date.slice(0, 24)) : new Date(at).toISOString().slice(0, 10)
}

export interface Validity {
  /** As “61 days left”, “expired 3 days ago”, “not valid for 2 days yet”. */
  words: string
  tone: 'good' | 'warn' | 'bad'
}

/** Days before its end from which on a certificate is called short. */
const short = 15

/** `at`: when the session began, because a certificate is judged by that time; null for a strange date. */
export function validity(
  certificate: Pick<Certificate, 'validFrom' | 'validTo'>,
  at: string,
): Validity | null {
  const days = daysLeft(certificate, at)
  if (days === null) return null
  const early = Math.ceil((Date.parse(certificate.validFrom) - Date.parse(at)) / 86_400_000)
  if (early > 0) return { words: `not valid for ${countWords(early, 'day')} yet`, tone: 'bad' }
  if (days < 0) return { words: expiredWords(daysOver(certificate, at)), tone: 'bad' }
  return { words: `${countWords(days, 'day')} left`, tone: days < short ? 'warn' : 'good' }
}

const expiredWords = (days: number): string =>
  days === 0 ? 'expired today' : `expired ${countWords(days, 'day')} ago`

/** Whole days since a certificate was over at that time. */
export const daysOver = ({ validTo }: Pick<Certificate, 'validTo'>, at: string): number =>
  Math.floor((Date.parse(at) - Date.parse(validTo)) / 86_400_000)

/** Whole days that the certificate was still valid at that time; negative when it was over; null for a strange date. */
export function daysLeft(certificate: Pick<Certificate, 'validTo'>, at: string): number | null {
  const ends = Date.parse(certificate.validTo)
  const then = Date.parse(at)
  return Number.isNaN(ends) || Number.isNaN(then) ? null : Math.floor((ends - then) / 86_400_000)
}
