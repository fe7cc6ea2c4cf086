/**
 * Owns: the certificates of the local server: one's own, the app's authority and what it signs. A private key goes into
 * the keychain and never comes back; that of a client certificate is told once, when it is made, and not kept.
 */
import { z } from 'zod'
import { FieldProblem } from './fieldProblem.ts'
import { call, nothing } from './kinds.ts'
import { tlsVersions } from './listener.ts'

/** Enough for a chain of several; more can be no certificate. */
const Pem = z.string().max(262_144)

export const CertificateFacts = z.object({
  /** As RFC 4514 writes it, roughly: `CN=mx.example.com, O=Example`. */
  subject: z.string(),
  issuer: z.string(),
  /** Names and addresses that it is for. */
  names: z.array(z.string()),
  validFrom: z.string(),
  expiresAt: z.string(),
  /** Upper-case hex with colons. */
  fingerprint256: z.string(),
  /** As `EC prime256v1` or `RSA 2048`. */
  key: z.string(),
})
export type CertificateFacts = z.infer<typeof CertificateFacts>

export const OwnCertificate = CertificateFacts.extend({
  /** What a listener calls it by. */
  name: z.string(),
  /** Certificates in the chain, its own included. */
  chain: z.int(),
  /** The key is here. `false`: it is gone, as when it was in memory only; give it again. */
  usable: z.boolean(),
  /** Worth knowing besides: it ends soon, or its chain is not whole. */
  notices: z.array(z.string()),
})
export type OwnCertificate = z.infer<typeof OwnCertificate>

export const Certificates = z.object({
  authority: CertificateFacts.extend({
    /** Path of its certificate in PEM. */
    file: z.string(),
    pem: z.string(),
    /** DER in base64. */
    der: z.string(),
  }),
  own: z.array(OwnCertificate),
})
export type Certificates = z.infer<typeof Certificates>

export const TlsSupport = z.object({
  /** As `OpenSSL 3.5.8` or `BoringSSL`. */
  library: z.string(),
  versions: z.array(
    z.object({
      version: z.enum(tlsVersions),
      usable: z.boolean(),
      /** Why not, or what it takes, in words. */
      words: z.string().optional(),
    }),
  ),
})
export type TlsSupport = z.infer<typeof TlsSupport>

const CertificatesAnswer = z.object({ certificates: Certificates, problems: z.array(FieldProblem) })

/** Letters, digits, point, hyphen and underscore: it stands in settings and on the command line. */
export const certificateName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/

export const certificateCalls = {
  'server.certificates': call(nothing, Certificates),
  /** Adds a certificate or replaces the one of this name; listeners that use it take it at once, sessions keep theirs. */
  'server.addCertificate': call(
    z.object({
      name: z.string(),
      /** The server's own first, then what signed it. */
      certificate: Pem,
      key: Pem,
      /** Where the key is encrypted; used once and not kept. */
      passphrase: z.string().max(1000).optional(),
    }),
    CertificatesAnswer,
  ),
  /** One that a listener uses stays, and the problem names the listener. */
  'server.removeCertificate': call(z.object({ name: z.string() }), CertificatesAnswer),
  /** Signed by the app's authority, for EXTERNAL and for servers that ask clients for one. The key is not kept here. */
  'server.issueClientCertificate': call(
    z.object({
      /** User that it stands for: a name, or an address, which goes into subjectAltName as well. */
      user: z.string(),
      /** Absent: 397. */
      days: z.int().min(1).max(3650).optional(),
    }),
    z.object({
      /** Absent when there are problems. */
      made: z
        .object({ certificate: z.string(), key: z.string(), authority: z.string(), facts: CertificateFacts })
        .optional(),
      problems: z.array(FieldProblem),
    }),
  ),
  /** Found out by trying, once. */
  'server.tlsSupport': call(nothing, TlsSupport),
}
