/**
 * Owns: text in the octets of a charset. What the charset lacks is named, never replaced: a question mark in place of a
 * letter is how mail gets damaged. The tables are those of the runtime's decoder, turned round.
 */
import type { charsets } from '#shared/rpc/contract/message.ts'

export type Charset = (typeof charsets)[number]
export type Encoded = { ok: true; bytes: Buffer } | { ok: false; problem: string }

const tables = new Map<Charset, Map<string, number> | null>()

/** Character -> octet above 127; null when this runtime does not know the charset. */
function tableOf(charset: 'iso-8859-15' | 'windows-1252'): Map<string, number> | null {
  const known = tables.get(charset)
  if (known !== undefined) return known
  let table: Map<string, number> | null = null
  try {
    const decoder = new TextDecoder(charset, { fatal: true })
    table = new Map<string, number>()
    for (let octet = 0x80; octet < 0x100; octet++) {
      const character = decoder.decode(Uint8Array.of(octet))
      // Octets without a character of their own are decoded as controls (Encoding Standard, windows-1252).
      if (octet >= 0xa0 || !/\p{Cc}/u.test(character)) table.set(character, octet)
    }
  } catch {
    table = null
  }
  tables.set(charset, table)
  return table
}

/** Octets of `text`, or what it holds that the charset lacks, with its line. */
export function encodeText(text: string, charset: Charset): Encoded {
  if (charset === 'utf-8') return { ok: true, bytes: Buffer.from(text.toWellFormed(), 'utf8') }
  const table =
    charset === 'us-ascii' || charset === 'iso-8859-1' ? new Map<string, number>() : tableOf(charset)
  if (table === null) return { ok: false, problem: `this runtime has no table for ${charset}; choose utf-8` }
  const bytes = Buffer.alloc(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const octet =
      code < 0x80 || (charset === 'iso-8859-1' && code >= 0xa0 && code < 0x100) ? code : table.get(text[i]!)
    if (octet === undefined) return { ok: false, problem: lacking(text, i, charset) }
    bytes[i] = octet
  }
  return { ok: true, bytes }
}

function lacking(text: string, at: number, charset: Charset): string {
  const code = text.codePointAt(at)!
  const character = /[\p{C}\p{Z}]/u.test(String.fromCodePoint(code)) ? '' : ` ${String.fromCodePoint(code)}`
  const line = text.slice(0, at).split('\n').length
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return `the character${character} (${name}) in line ${line} is not in ${charset}; choose utf-8, or write it in another way`
}
