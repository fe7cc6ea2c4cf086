/** Owns: a certificate chain as it is drawn: one card each, its life on a line, its faults, and the gap where one is missing. */
import type { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import type { Certificate } from '#shared/transcript/event.ts'
import { ownFaults, placedFaults, type ChainFault } from './probeDetailFaults.ts'
import type { CellFinding } from './probeDetailFindings.ts'
import { commonName, dayOf, shownName, validity, type Validity } from './tls.ts'

export interface LifeLine {
  from: string
  to: string
  /** Parts of the axis, 0 to 1, which holds the whole life and today. */
  start: number
  end: number
  today: number
  life: Validity
}

export interface CertificateView {
  key: string
  role: 'server' | 'intermediate' | 'root'
  name: string
  /** The whole distinguished name where it says more than `name`. */
  subject: string
  names: string[]
  issuer: string
  selfSigned: boolean
  line: LifeLine | null
  keyText: string
  signature: string
  purposes: string
  serial: string
  fingerprint: string
  faults: ChainFault[]
}

export interface ChainView {
  certificates: CertificateView[]
  /**
   * What stands above the last one. `missing`: nobody sent the issuer and nobody here knows it; `here`: this computer
   * knows it, so that nobody needs to send it. `unsettled`: another fault came first.
   */
  above: { kind: 'missing' | 'here' | 'unsettled'; issuer: string; faults: ChainFault[] } | null
}

function lifeLine({ validFrom, validTo }: Certificate, now: number): LifeLine | null {
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)]
  const life = validity({ validFrom, validTo }, new Date(now).toISOString())
  if (!life || Number.isNaN(from) || to <= from) return null
  const [first, last] = [Math.min(from, now), Math.max(to, now)]
  const part = (at: number) => (at - first) / (last - first)
  return {
    from: dayOf(validFrom),
    to: dayOf(validTo),
    start: part(from),
    end: part(to),
    today: part(now),
    life,
  }
}

const roleOf = (certificate: Certificate, place: number): CertificateView['role'] =>
  place === 0 ? 'server' : certificate.subject === certificate.issuer ? 'root' : 'intermediate'

function viewOf(certificate: Certificate, place: number, now: number): Omit<CertificateView, 'faults'> {
  const name = commonName(certificate.subject)
  const subject = shownName(certificate.subject)
  return {
    key: `${place} ${certificate.fingerprint256}`,
    role: roleOf(certificate, place),
    name: name === '' ? 'No name' : name,
    subject: subject === `CN=${name}` || subject === name ? '' : subject,
    names: certificate.names.map(shownName),
    issuer: commonName(certificate.issuer),
    selfSigned: certificate.subject === certificate.issuer,
    line: lifeLine(certificate, now),
    keyText: shownName(certificate.key ?? ''),
    signature: shownName(certificate.signature ?? ''),
    purposes: certificate.purposes?.slice(0, 6).map(shownName).join(', ') ?? '',
    serial: certificate.serial,
    fingerprint: certificate.fingerprint256,
  }
}

function aboveOf(
  { subject, issuer }: Certificate,
  faults: ChainFault[],
  verified: boolean,
): ChainView['above'] {
  const name = commonName(issuer)
  if (faults.length > 0) return { kind: 'missing', issuer: name, faults }
  if (subject === issuer) return null
  return { kind: verified ? 'here' : 'unsettled', issuer: name, faults: [] }
}

/** `findings` of the same dialogue; `now` in milliseconds of the epoch. Null when no certificate was shown. */
export function chainView(
  { certificate, verified, problem }: Pick<TlsRow, 'certificate' | 'verified' | 'problem'>,
  findings: readonly CellFinding[],
  now: number,
): ChainView | null {
  const chain = certificate?.chain ?? []
  const last = chain.at(-1)
  if (!last) return null
  const placed = placedFaults(chain, findings, now)
  const grave = new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code))
  const graver = (fault: ChainFault): ChainFault =>
    grave.has(fault.code) ? { ...fault, grade: 'error' } : fault
  const all = chain.map((one, place) => ({
    ...viewOf(one, place, now),
    faults: unique([...ownFaults(one, place, now), ...placed.filter((fault) => fault.place === place)]).map(
      graver,
    ),
  }))
  const gap = placed.filter(({ place }) => place === chain.length)
  const silent = !verified && gap.length === 0 && all.every(({ faults }) => faults.length === 0)
  if (silent) all.at(-1)?.faults.push({ code: '', grade: 'error', words: shownName(problem ?? 'It could not be verified.') }) // prettier-ignore
  return { certificates: all, above: aboveOf(last, gap, verified) }
}

/** Of one kind the first: what the certificate's own dates say is more exact than the finding about them. */
const unique = (faults: readonly ChainFault[]): ChainFault[] =>
  faults.filter(({ code }, place) => faults.findIndex((one) => one.code === code) === place)
