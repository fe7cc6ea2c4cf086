/**
 * Owns: finding secrets that we know in bytes that somebody else chose: a hostile or careless server may echo a password
 * in its reply, raw or in base64, alone or inside `\0user\0password`.
 *
 * In base64 three octets become four characters, so the same secret has three spellings, by where it begins. Of each
 * spelling the characters that the secret alone decides are searched for, and the whole run of base64 around a hit is
 * masked, because its edge characters hold bits of the secret too.
 */
import { fromBase64, toBase64, toByteString, utf8 } from '../../bytes/bytes.ts'
import type { Range, Shown } from '../machine/types.ts'
import { replaceRanges } from './ranges.ts'

/**
 * Shorter secrets of letters and digits are masked only where they stand as a word: to mask every `a` would make the
 * transcript unreadable, and by its gaps tell what the secret is.
 */
const shortest = 3
const wordForm = /^[A-Za-z0-9+/_-]+$/
const base64Run = /[A-Za-z0-9+/_-]+={0,2}/g

interface Patterns {
  raw: string[]
  words: string[]
  base64: string[]
}

/**
 * Masks any occurrence of known secrets, raw (UTF-8, and Latin-1 where it can be) or inside base64 of either alphabet.
 * Ranges that `shown` has already stay masked. Empty secrets are passed over.
 */
export function maskSecrets(shown: Shown | Uint8Array, secrets: readonly string[]): Shown {
  const { bytes, masked } = shown instanceof Uint8Array ? { bytes: shown, masked: [] } : shown
  const patterns = patternsOf(secrets.filter((secret) => secret !== ''))
  const text = toByteString(bytes)
  const found = [...findRaw(text, patterns.raw), ...findRuns(text, patterns)]
  return found.length === 0 ? { bytes, masked } : replaceRanges(bytes, [...masked, ...found])
}

function patternsOf(secrets: readonly string[]): Patterns {
  const patterns: Patterns = { raw: [], words: [], base64: [] }
  for (const octets of new Set(secrets.flatMap(spellings))) {
    const short = octets.length < shortest
    if (short) patterns.words.push(octets)
    else patterns.base64.push(...cores(octets))
    if (!short || !wordForm.test(octets)) patterns.raw.push(octets)
  }
  return patterns
}

/** The secret's octets as byte strings: UTF-8, and one octet a character where that is possible. */
function spellings(secret: string): string[] {
  const inUtf8 = toByteString(utf8(secret))
  return /^[\0-\xff]*$/.test(secret) ? [inUtf8, secret] : [inUtf8]
}

/** For each of the three alignments the base64 characters that the secret alone decides. */
function cores(octets: string): string[] {
  return [0, 1, 2].map((before) => {
    const padded = Uint8Array.from('\0'.repeat(before) + octets, (c) => c.charCodeAt(0))
    const from = Math.ceil((before * 8) / 6)
    const to = Math.floor((padded.length * 8) / 6)
    return toBase64(padded).slice(from, to)
  })
}

function findRaw(text: string, secrets: readonly string[]): Range[] {
  const found: Range[] = []
  for (const secret of secrets)
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
      const last = found.at(-1)
      if (last && at > last.start && at <= last.end) last.end = at + secret.length
      else found.push({ start: at, end: at + secret.length })
    }
  return found
}

/** Runs of base64 (or plain words, which look the same) that hold a secret. */
function findRuns(text: string, { base64, words }: Patterns): Range[] {
  if (base64.length === 0 && words.length === 0) return []
  const found: Range[] = []
  for (const run of text.matchAll(base64Run)) {
    const standard = run[0].replaceAll('-', '+').replaceAll('_', '/')
    const holds =
      base64.some((core) => standard.includes(core)) || words.some((word) => isWord(run[0], standard, word))
    if (holds) found.push({ start: run.index, end: run.index + run[0].length })
  }
  return found
}

/** A short secret stands alone, or as one of the NUL-separated fields of base64. */
function isWord(run: string, standard: string, secret: string): boolean {
  if (run === secret) return true
  const decoded = fromBase64(standard)
  return decoded !== null && toByteString(decoded).split('\0').includes(secret)
}
