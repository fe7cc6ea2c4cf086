/**
 * Owns: how SASL octets travel in SMTP (RFC 4954 §4): base64 without line breaks; `=` alone for an empty initial
 * response; `*` alone to cancel.
 */
import { fromBase64, toBase64, toByteString } from '../../bytes/bytes.ts'

/** Argument of AUTH: `=` when the response is empty, because nothing at all would mean that there is none. */
export function encodeInitial(bytes: Uint8Array): string {
  return bytes.length === 0 ? '=' : toBase64(bytes)
}

/** Content of a line that answers a 334, or of a 334; empty for no octets. */
export function encodeResponse(bytes: Uint8Array): string {
  return toBase64(bytes)
}

/** Argument of AUTH: octets, or null when it is not base64 (501 5.5.2). */
export function decodeInitial(text: string): Uint8Array | null {
  return text === '=' ? new Uint8Array(0) : fromBase64(text)
}

/** Content of a line that answers a 334 (no line end): octets, `cancel` for `*`, null when it is not base64. */
export function decodeResponse(content: Uint8Array): Uint8Array | 'cancel' | null {
  const text = toByteString(content)
  return text === '*' ? 'cancel' : fromBase64(text)
}

/** Text of a 334 (without code): octets, or null when it is not base64. */
export function decodeChallenge(text: string): Uint8Array | null {
  return fromBase64(text.trim())
}
