/** Owns: rows of a probe's report with much in them, for tests of what is drawn of it. */
import type { DomainReport } from '#shared/rpc/contract/probeDomain.ts'
import type { PortResult, ProbeFinding, TlsRow } from '#shared/rpc/contract/probeReport.ts'
import type { Certificate } from '#shared/transcript/event.ts'
import { working } from './probeReport.ts'

export const now = Date.parse('2026-03-01T12:00:00Z')

export const certificate = (change: Partial<Certificate> = {}): Certificate => ({
  subject: 'CN=mx.test',
  issuer: 'O=Trust, CN=Trust CA 2',
  names: ['DNS:mx.test', 'DNS:a.test', 'DNS:b.test', 'DNS:c.test', 'DNS:d.test', 'DNS:e.test'],
  validFrom: '2026-02-01T00:00:00.000Z',
  validTo: '2026-05-01T12:00:00.000Z',
  serial: '0A',
  fingerprint256: 'AA:BB',
  key: 'RSA 2048',
  signature: 'RSA with SHA-256',
  purposes: ['server'],
  ...change,
})

export const intermediate = certificate({
  subject: 'O=Trust, CN=Trust CA 2',
  issuer: 'CN=Trust Root',
  names: [],
  fingerprint256: 'CC:DD',
})

export const withChain = (chain: Certificate[], change: Partial<TlsRow> = {}): TlsRow => ({
  ...working.tls!,
  certificate: { ...chain[0]!, verified: change.verified ?? true, chain },
  ...change,
})

const weak = {
  grade: 'broken',
  why: 'no encryption at all',
  reference: 'RFC 9325 §4.1',
} as const
const dated = { grade: 'dated', why: 'no forward secrecy', reference: 'RFC 9325 §4.1' } as const

/** A scan that found much: four versions, ten suites, weak ones among them. */
export const scanned: TlsRow = withChain([certificate(), intermediate], {
  seenBy: 'scan',
  versions: [
    { version: 'TLSv1.3', accepted: true, order: 'server' },
    { version: 'TLSv1.2', accepted: true, order: 'client' },
    { version: 'TLSv1.1', accepted: true, order: 'one' },
    { version: 'TLSv1', accepted: false, refusal: 'alert protocol_version' },
    { version: 'SSLv3', accepted: false, refusal: 'closed' },
  ],
  ciphers: [
    { version: 'TLSv1.3', name: 'TLS_AES_256_GCM_SHA384' },
    ...Array.from({ length: 7 }, (_, i) => ({
      version: 'TLSv1.2',
      name: `TLS_RSA_WITH_${i}`,
      weakness: dated,
    })),
    { version: 'TLSv1.2', name: 'TLS_RSA_WITH_NULL_SHA', weakness: weak },
    { version: 'TLSv1.1', name: 'TLS_RSA_WITH_OLD', weakness: dated },
  ],
  scan: {
    session: 'scan1',
    connections: 38,
    took: 412_000,
    groups: [{ version: 'TLSv1.2', names: ['x25519', 'secp256r1'] }],
    withoutName: 'other',
    primeBits: 1024,
    secureRenegotiation: false,
    compression: true,
    asksCertificate: true,
    doubtful: true,
    limited: 'at the greeting: 421 busy',
    stopped: 'connecting: refused',
  },
})

export const cell = (change: Partial<PortResult> = {}): PortResult => ({ ...working, ...change })

type CellFinding = PortResult['findings'][number]

export const found = (change: Partial<CellFinding> = {}): CellFinding => ({
  code: 'tcp-refused',
  severity: 'error',
  side: 'server',
  confidence: 'certain',
  phase: 'tcp',
  evidence: [3],
  message: 'It refused the connection: nothing listens there.',
  next: 'Check the port.',
  references: ['RFC 9293'],
  ...change,
})

export const proved = (change: Partial<ProbeFinding> = {}): ProbeFinding => ({
  ...found(),
  proof: [{ session: 's1', events: [3] }],
  ...change,
})

export const domain = (change: Partial<DomainReport> = {}): DomainReport => ({
  session: 'dns1',
  name: 'shop.test',
  mx: 'found',
  hasAddress: true,
  security: 'unproven',
  records: [
    { preference: 10, host: 'mx1.shop.test', addresses: ['192.0.2.1', '192.0.2.2'] },
    { preference: 20, host: 'mx2.shop.test', addresses: [], problem: 'not-found' },
  ],
  tlsa: [
    {
      host: 'mx1.shop.test',
      port: 25,
      security: 'unproven',
      answered: true,
      records: [
        { usage: 3, selector: 1, matching: 1, matches: true },
        { usage: 2, selector: 0, matching: 2, matches: false, why: 'no authority in the chain fits it' },
      ],
    },
    { host: 'mx2.shop.test', port: 25, security: 'unproven', answered: true, records: [] },
  ],
  mtaSts: {
    record: 'found',
    policy: 'read',
    mode: 'testing',
    patterns: ['*.shop.test'],
    failing: [{ host: 'mx1.shop.test', why: 'its certificate does not hold' }],
  },
  tlsReporting: { record: 'found', reports: ['mailto:tls@shop.test'] },
  ...change,
})

/** Words of a stranger: long, without blanks, turning the writing direction. */
export const hostile = `\u202e${'x'.repeat(400)}`
