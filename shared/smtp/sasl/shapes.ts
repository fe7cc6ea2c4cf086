/** Owns: the shapes that mechanisms and the machines' language have in common. No behaviour. */

export type ScramHash = 'sha1' | 'sha256'

/** PBKDF2 with HMAC and as many octets as the hash has (RFC 5802 §2.2, Hi). `iterations` is bounded by the mechanism. */
export interface Derivation {
  hash: ScramHash
  password: Uint8Array
  salt: Uint8Array
  iterations: number
}

/** Names of the registry of RFC 5056 §7: RFC 9266 for `tls-exporter`, RFC 5929 §3 and §4 for the others. */
export type BindingType = 'tls-exporter' | 'tls-server-end-point' | 'tls-unique'

/** What a server keeps instead of a password (RFC 5802 §3). */
export interface ScramKeys {
  salt: Uint8Array
  iterations: number
  storedKey: Uint8Array
  serverKey: Uint8Array
}
