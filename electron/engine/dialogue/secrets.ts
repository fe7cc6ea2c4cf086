/** Owns: the forms in which a password can appear on the wire. */
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'

/**
 * The password as text and in base64: alone (LOGIN), inside the PLAIN message (RFC 4616) with and without an authorization
 * identity, and as a token inside the XOAUTH2 message; what OAUTHBEARER says besides is found by its token. Longest
 * first, so that no part of a longer form is left over.
 */
export function secretForms(user: string, password: string): string[] {
  if (password === '') return []
  const plain = [`\0${user}\0${password}`, `${user}\0${user}\0${password}`]
  const bearer = [`user=${user}\x01auth=Bearer ${password}\x01\x01`, `auth=Bearer ${password}\x01\x01`]
  const encoded = [...plain, ...bearer, password].map((text) => toBase64(utf8(text)))
  const forms = [...encoded, ...encoded.map((text) => text.replace(/=+$/, '')), password]
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length)
}
