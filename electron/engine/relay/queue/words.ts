/** Owns: small pieces of the queue's words. */
import type { Tls } from '#shared/smtp/machine/types.ts'

const mostCharacters = 500

/** What a server says has no line ends or other controls here, and an end. */
export const oneLineWords = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .slice(0, mostCharacters)
    .trim()

/** `TLS 1.3, verified`, `TLS 1.2, not verified`, `in clear`. */
export const sealedWords = (tls: Tls | null | undefined): string =>
  tls ? `${tlsName(tls)}, ${tls.verified ? 'verified' : 'not verified'}` : 'in clear'

export const tlsName = ({ version }: Pick<Tls, 'version'>): string => version.replace('TLSv', 'TLS ')

export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count < 1000 ? count : count.toLocaleString('en-US')} ${count === 1 ? one : many}`

/** The largest unit that says it exactly enough: `10 min`, `1 h 30 min`, `5 days`. */
export function spanWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return hours % 24 === 0
    ? countOf(hours / 24, 'day')
    : `${countOf(Math.floor(hours / 24), 'day')} ${hours % 24} h`
}
