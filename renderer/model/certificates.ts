/** Owns: certificates in words: until when, for whom; and what is wrong with one that is given. */
import type { CertificateFacts } from '#shared/rpc/contract/certificates.ts'
import { certificateName } from '#shared/rpc/contract/certificates.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { trustGuides } from '#shared/knowledge/trust.ts'
import { countWords } from './measures.ts'
import { splitPem } from './pem.ts'

const dayMs = 86_400_000
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] // prettier-ignore

/** `4 March 2027`, in UTC as a certificate has it; what is no date as it stands. */
export function dateWords(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime())
    ? iso
    : `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

export interface Validity {
  tone: 'good' | 'warn' | 'bad'
  words: string
}

export function validity({ validFrom, expiresAt }: CertificateFacts, now: number): Validity {
  const left = Math.floor((Date.parse(expiresAt) - now) / dayMs)
  if (left < 0) return { tone: 'bad', words: `ended on ${dateWords(expiresAt)}` }
  if (Date.parse(validFrom) > now) return { tone: 'bad', words: `not valid before ${dateWords(validFrom)}` }
  const until = `valid until ${dateWords(expiresAt)}`
  return left < 30 ? { tone: 'warn', words: `${until}, ${countWords(left, 'day')} left` } : { tone: 'good', words: until } // prettier-ignore
}

/** Names it is for, the first three and how many more. */
export const namesWords = (names: readonly string[]): string =>
  names.length === 0
    ? 'no names'
    : [...names.slice(0, 3), ...(names.length > 3 ? [`and ${names.length - 3} more`] : [])].join(', ')

/** In two lines of equal length, as it is read aloud to compare. */
export const fingerprintLines = (fingerprint: string): string[] => {
  const octets = fingerprint.split(':')
  const half = Math.ceil(octets.length / 2)
  return [octets.slice(0, half).join(':'), octets.slice(half).join(':')].filter(Boolean)
}

/** By field; '' is about none. */
export type CertificateProblems = Record<string, string>

export function refusedFields(problems: readonly FieldProblem[]): CertificateProblems {
  const fields: CertificateProblems = {}
  for (const { field, value, message } of problems) {
    const words = /^[a-z]/.test(message) ? `${value ? `“${value}” ` : 'It '}${message}` : message
    fields[field] ??= words.endsWith('.') ? words : `${words}.`
  }
  return fields
}

export interface NewCertificate {
  name: string
  certificate: string
  key: string
  passphrase: string
}

/** What can be seen without the engine, which opens both and compares them. */
export function checkCertificate({ name, certificate, key }: NewCertificate): CertificateProblems {
  const problems: CertificateProblems = {}
  const typed = name.trim()
  if (typed === '') problems['name'] = 'The name is empty. Write what listeners should call it, such as mx.'
  else if (!certificateName.test(typed))
    problems['name'] = `“${typed.slice(0, 60)}” has something else than letters, digits, point, hyphen and underscore, or is longer than 60.`
  const given = splitPem(certificate)
  if (given.certificates === '')
    problems['certificate'] = certificate.trim() === '' ? 'There is no certificate. Choose its file, or paste PEM.' : 'There is no certificate in it. PEM begins with -----BEGIN CERTIFICATE-----.'
  if (splitPem(key).keys === '')
    problems['key'] = key.trim() === '' ? 'There is no key. Choose its file, or paste PEM.' : 'There is no private key in it. PEM begins with -----BEGIN PRIVATE KEY-----.'
  return problems
} // prettier-ignore

const guideOf: Record<string, string> = { linux: 'debian', darwin: 'macos', win32: 'windows' }

/** The guide that is shown first; `platform` as the engine tells it, "linux x64". */
export const firstGuide = (platform: string): (typeof trustGuides)[number]['id'] =>
  trustGuides.find(({ id }) => id === guideOf[platform.split(' ')[0] ?? ''])?.id ?? 'debian'
