/** Owns: versions of TLS and their numbers on the wire (RFC 8446 §4.2.1, RFC 6101). Names as Node says them. */

/** Oldest first. */
export const tlsVersions = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const
export type TlsVersion = (typeof tlsVersions)[number]

/** 0x0300 for SSL 3.0 to 0x0304 for TLS 1.3. */
export const versionNumber = (version: TlsVersion): number => 0x0300 + tlsVersions.indexOf(version)

/** The version with this number, or undefined: a draft, DTLS, or nothing at all. */
export const versionOf = (number: number): TlsVersion | undefined => tlsVersions[number - 0x0300]

/** As people write it: "TLS 1.2". */
export const versionWords = (version: TlsVersion): string =>
  version === 'SSLv3' ? 'SSL 3.0' : version === 'TLSv1' ? 'TLS 1.0' : version.replace('TLSv', 'TLS ')

/** SSL 3.0, TLS 1.0 and TLS 1.1 must not be used (RFC 7568, RFC 8996; for mail RFC 8997 §3). */
export const isOldVersion = (version: TlsVersion): boolean => tlsVersions.indexOf(version) < 3
