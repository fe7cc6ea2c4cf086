/**
 * Owns: what a probe answers, as one document: `relayscope.probe/1`. The page reads it, `probe --json` prints it, tests
 * hold it against these schemas. A field is only ever added to it. Times are microseconds.
 */
import { z } from 'zod'
import { DomainReport, ReverseRow } from './probeDomain.ts'
import { AskedMode, PortMode, ProbeRequest } from './probeRequest.ts'
import { Certificate, connectOutcomes, findingBody, Phase } from '../../transcript/event.ts'

export const tones = ['good', 'warn', 'bad', 'neutral'] as const

const family = z.union([z.literal(4), z.literal(6)])
const micros = z.int().min(0)

export const Finding = z.object({ ...findingBody, phase: Phase })

/** Event numbers inside one dialogue. */
export const Proof = z.object({ session: z.string(), events: z.array(z.int().min(1)) })

/** A finding about several dialogues: `evidence` are the numbers in the first one of `proof`. */
export const ProbeFinding = Finding.extend({ proof: z.array(Proof) })
export type ProbeFinding = z.infer<typeof ProbeFinding>

/** Absent: the connection did not get as far. `total` from the first packet to the end. */
export const Timings = z.object({
  dns: micros.optional(),
  tcp: micros.optional(),
  /** From the open connection (with implicit TLS: from the handshake) to the greeting. */
  banner: micros.optional(),
  ehlo: micros.optional(),
  starttls: micros.optional(),
  tls: micros.optional(),
  ehloAfterTls: micros.optional(),
  total: micros,
})
export type Timings = z.infer<typeof Timings>

/**
 * Where in its dialogue a result was read: numbers of events. Absent: the connection did not get as far, or the report is
 * of an earlier version.
 */
export const Landmarks = z.object({
  connect: z.int().min(1).optional(),
  banner: z.int().min(1).optional(),
  /** The reply to EHLO: in clear, with implicit TLS the sealed one. */
  ehlo: z.int().min(1).optional(),
  starttls: z.int().min(1).optional(),
  /** The handshake, with the certificates. */
  tls: z.int().min(1).optional(),
  ehloAfterTls: z.int().min(1).optional(),
  /** The last one: so many events the dialogue has. */
  last: z.int().min(1).optional(),
})
export type Landmarks = z.infer<typeof Landmarks>

export const TlsVersionRow = z.object({
  version: z.string(),
  accepted: z.boolean(),
  /** Who decides among the suites; from a scan only. */
  order: z.enum(['server', 'client', 'mixed', 'one']).optional(),
  /** How the server said no: an alert's name, or closed, reset, silent. */
  refusal: z.string().optional(),
})

export const CipherRow = z.object({
  version: z.string(),
  /** As registered: TLS_AES_128_GCM_SHA256. */
  name: z.string(),
  weakness: z
    .object({ grade: z.enum(['broken', 'dated']), why: z.string(), reference: z.string() })
    .optional(),
})

/** A scan by ClientHellos of our own. `limited`, `stopped`: in words, when the server turned connections away. */
export const ScanRow = z.object({
  session: z.string(),
  connections: z.int(),
  took: micros,
  groups: z.array(z.object({ version: z.string(), names: z.array(z.string()) })),
  withoutName: z.enum(['same', 'other', 'refused', 'unknown']),
  /** Of the prime in DHE. */
  primeBits: z.int().optional(),
  secureRenegotiation: z.boolean().optional(),
  compression: z.boolean(),
  asksCertificate: z.boolean(),
  /** The server stopped answering what it had answered: what is missing may be there. */
  doubtful: z.boolean(),
  limited: z.string().optional(),
  stopped: z.string().optional(),
})

export const ChainCertificate = Certificate.extend({ verified: z.boolean(), chain: z.array(Certificate) })

export const TlsRow = z.object({
  /** Agreed on with this computer's TLS. */
  version: z.string(),
  cipher: z.string(),
  group: z.string().optional(),
  verified: z.boolean(),
  problem: z.string().optional(),
  /** `scan`: enumerated; `this-computer`: only what this computer's TLS agreed on. */
  seenBy: z.enum(['scan', 'this-computer']),
  versions: z.array(TlsVersionRow),
  /** In the server's order where it has one. */
  ciphers: z.array(CipherRow),
  certificate: ChainCertificate.optional(),
  scan: ScanRow.optional(),
})
export type TlsRow = z.infer<typeof TlsRow>

export const PortResult = z.object({
  /** The dialogue that this result tells of. */
  session: z.string(),
  /** Further dialogues about the same cell, in order: look-up, a trial before this one, a TLS scan or a relay trial after it. */
  others: z.array(
    z.object({
      session: z.string(),
      why: z.enum(['look-up', 'trial', 'turned-away', 'tls-scan', 'relay-trial']),
    }),
  ),
  /** As connected to: the host asked for, or one MX of the domain. */
  host: z.string(),
  port: z.int(),
  /** Absent when there was no address to connect to. */
  address: z.string().optional(),
  family: family.optional(),
  mode: PortMode,
  /** `auto`: the mode was found out. */
  asked: AskedMode,
  reachable: z.boolean(),
  connect: z.enum(connectOutcomes).optional(),
  banner: z.string().optional(),
  capabilities: z.array(z.string()),
  capabilitiesAfterTls: z.array(z.string()).optional(),
  /** AUTH mechanisms of the last EHLO reply. */
  auth: z.array(z.string()),
  tls: TlsRow.optional(),
  timings: Timings,
  events: Landmarks.optional(),
  /** One sentence for a person. */
  message: z.string(),
  next: z.string().optional(),
  tone: z.enum(tones),
  findings: z.array(Finding),
  /** Microseconds. */
  took: micros,
})
export type PortResult = z.infer<typeof PortResult>

export const ControlResult = z.object({
  session: z.string(),
  host: z.string(),
  port: z.int(),
  address: z.string().optional(),
  connect: z.enum(connectOutcomes).optional(),
  greeted: z.boolean(),
})
export type ControlResult = z.infer<typeof ControlResult>

export const View = z.object({ who: z.string(), says: z.string(), date: z.string() })

export const Recommendation = z.object({
  port: z.int(),
  tls: z.enum(['implicit', 'starttls', 'opportunistic']),
  /** One sentence. */
  reason: z.string(),
  /** Standard and articles, each dated, where they differ. */
  views: z.array(View),
  provider: z
    .object({
      name: z.string(),
      agrees: z.boolean(),
      says: z.string(),
      checked: z.string(),
      source: z.string(),
    })
    .optional(),
  proof: z.array(Proof),
})

export const probeSchema = 'relayscope.probe/1'

export const ProbeReport = z.object({
  schema: z.literal(probeSchema),
  id: z.string(),
  /** As understood, in ASCII (A-labels). */
  target: z.string(),
  kind: z.enum(['server', 'domain']),
  /** With its own letters, when the name has some that ASCII lacks. */
  unicode: z.string().optional(),
  /** Whose server this is, and the sign that tells it: a name in MX, as typed, in PTR, in the greeting. */
  provider: z
    .object({
      name: z.string(),
      by: z.enum(['mx', 'host', 'ptr', 'greeting']),
      sign: z.string(),
      checked: z.string(),
      source: z.string(),
    })
    .optional(),
  startedAt: z.iso.datetime(),
  /** Of the whole probe; absent in reports of earlier versions, as `request` is. */
  took: micros.optional(),
  /** What was asked for, defaults filled in. */
  request: ProbeRequest.optional(),
  cancelled: z.boolean(),
  /** The answer, in one sentence, with the next step where there is one. */
  verdict: z.object({
    tone: z.enum(tones),
    message: z.string(),
    next: z.string().optional(),
  }),
  /** What was understood, left out or slowed down, in sentences. */
  remarks: z.array(z.string()),
  results: z.array(PortResult),
  controls: z.array(ControlResult),
  /** Of a mail domain. */
  domain: DomainReport.optional(),
  /** Names of the addresses, when they were asked for. */
  reverse: z.array(ReverseRow),
  /** What only several dialogues together show, or DNS. */
  findings: z.array(ProbeFinding),
  recommendation: Recommendation.nullable(),
})
export type ProbeReport = z.infer<typeof ProbeReport>
