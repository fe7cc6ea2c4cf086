/**
 * Owns: octets. Byte strings (one character U+0000 to U+00FF per octet, the form in which transcripts keep raw
 * bytes), base64 (RFC 4648 §4), UTF-8, joining. Pure; knows no protocol.
 */

const encoder = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Octets of a byte string. Throws RangeError on a character above U+00FF, so no text is ever cut silently. */
export function fromByteString(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0xff) throw new RangeError(`character ${i} is U+${code.toString(16)}, not an octet`)
    bytes[i] = code
  }
  return bytes
}

/** Octets of a stretch that is not worth failing for: the decoder throws at what is no UTF-8, and that takes longer. */
const short = 64

/**
 * Byte string of octets: one character per octet, nothing lost. ASCII is its own UTF-8 and goes through the decoder: this
 * runs several times for each line of each session, and spreading octets into arguments took twenty times as long.
 */
export function toByteString(bytes: Uint8Array): string {
  const ascii = bytes.length > short || allAscii(bytes) ? fromUtf8(bytes) : null
  // As many characters as octets: in valid UTF-8 each is one of ASCII.
  if (ascii !== null && ascii.length === bytes.length) return ascii
  let text = ''
  for (let i = 0; i < bytes.length; i += 8192) text += characters(bytes.subarray(i, i + 8192))
  return text
}

function allAscii(octets: Uint8Array): boolean {
  for (let i = 0; i < octets.length; i++) if (octets[i]! > 0x7f) return false
  return true
}

/** As many as a call may have arguments. */
function characters(octets: Uint8Array): string {
  const made: unknown = Reflect.apply(String.fromCharCode, String, octets)
  return String(made)
}

/** No character or octet above U+007F, so that a text is its own UTF-8. */
export const isAscii = (text: string): boolean => !/[\u0080-\uffff]/.test(text)

/** UTF-8 octets of a text (RFC 3629). */
export const utf8 = (text: string): Uint8Array => encoder.encode(text)

/** Octets that a text takes in UTF-8, without encoding it; a lone surrogate counts 3, as its replacement does. */
export function utf8Length(text: string): number {
  let size = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    const pair = code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00
    // A pair is two characters and four octets.
    if (pair) i++
    size += code < 0x800 ? 1 : 2
  }
  return size
}

/** Text of UTF-8 octets, or null when they are not valid UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return null
  }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!
  let size = 0
  for (const part of parts) size += part.length
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Int16Array(256).fill(-1)
for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i

/** Base64 with padding, without line breaks (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const n = (bytes[i]! << 16) | ((left > 1 ? bytes[i + 1]! : 0) << 8) | (left > 2 ? bytes[i + 2]! : 0)
    text += alphabet[n >> 18]! + alphabet[(n >> 12) & 63]!
    text += (left > 1 ? alphabet[(n >> 6) & 63]! : '=') + (left > 2 ? alphabet[n & 63]! : '=')
  }
  return text
}

/** Octets of strict base64, or null: wrong alphabet, wrong padding, bits left over (RFC 4648 §3.5). */
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null
  const pad = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - pad)
  let at = 0
  for (let i = 0; i < text.length; i += 4) {
    let n = 0
    for (let j = 0; j < 4; j++) {
      const last = i + j >= text.length - pad
      const code = text.charCodeAt(i + j)
      const value = last ? 0 : code < 256 ? values[code]! : -1
      if (value < 0) return null
      n = (n << 6) | value
    }
    for (let shift = 16; shift >= 0; shift -= 8) {
      if (at < bytes.length) bytes[at++] = (n >> shift) & 0xff
      else if (((n >> shift) & 0xff) !== 0) return null
    }
  }
  return bytes
}
