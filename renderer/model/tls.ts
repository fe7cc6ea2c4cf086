/** Owns: certificates and TLS names in the page's words. */
import type { Certificate } from '#shared/transcript/event.ts'

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

/** The common name of a distinguished name, else the name as it is. */
export function commonName(name: string): string {
  const found = /(?:^|[,\n/])\s*CN\s*=\s*(?:"([^"]*)"|([^,\n/]+))/i.exec(name)
  return (found?.[1] ?? found?.[2] ?? name).trim()
}

/** Whole days that the certificate was still valid at that time; negative when it was over; null for a strange date. */
export function daysLeft(certificate: Pick<Certificate, 'validTo'>, at: string): number | null {
  const ends = Date.parse(certificate.validTo)
  const then = Date.parse(at)
  return Number.isNaN(ends) || Number.isNaN(then) ? null : Math.floor((ends - then) / 86_400_000)
}
