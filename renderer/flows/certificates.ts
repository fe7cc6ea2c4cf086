/** Owns: reading, adding and removing certificates, and having one made for a client. Keys pass through and stay nowhere. */
import { fromBase64 } from '#shared/bytes/bytes.ts'
import type { CallInput, CallResult } from '#shared/rpc/contract.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { refusedFields, type CertificateProblems } from '../model/certificates.ts'
import { splitPem } from '../model/pem.ts'
import { download } from './download.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

export async function loadCertificates({ client, stores }: Services): Promise<void> {
  const { set } = stores.certificates.getState()
  try {
    set({ certificates: await client.call('server.certificates', {}), failed: null })
  } catch (error) {
    set({ failed: wordsOf(error) })
  }
}

/** Found out by trying, so it is asked when it is wanted and kept. Unknown, every version may be chosen. */
export async function loadTlsSupport({ client, stores }: Services): Promise<void> {
  const { support, set } = stores.certificates.getState()
  if (support !== null) return
  try {
    set({ support: await client.call('server.tlsSupport', {}) })
  } catch {
    // The engine says on the card of a listener what its TLS cannot do.
  }
}

/** Null when done, else what is wrong by field; '' is about no field. */
async function change(
  { stores }: Services,
  work: () => Promise<CallResult<'server.addCertificate'>>,
): Promise<CertificateProblems | null> {
  try {
    const { certificates, problems } = await work()
    stores.certificates.getState().set({ certificates })
    return problems.length === 0 ? null : refusedFields(problems)
  } catch (error) {
    return { '': wordsOf(error) }
  }
}

export const addCertificate = (services: Services, given: CallInput<'server.addCertificate'>) =>
  change(services, () => services.client.call('server.addCertificate', given))

export const removeCertificate = (services: Services, name: string) =>
  change(services, () => services.client.call('server.removeCertificate', { name }))

export type MadeCertificate = NonNullable<CallResult<'server.issueClientCertificate'>['made']>

export async function issueCertificate(
  { client }: Services,
  wanted: CallInput<'server.issueClientCertificate'>,
): Promise<{ made: MadeCertificate } | { problems: CertificateProblems }> {
  try {
    const { made, problems } = await client.call('server.issueClientCertificate', wanted)
    const told: readonly FieldProblem[] = problems
    return made === undefined ? { problems: refusedFields(told) } : { made }
  } catch (error) {
    return { problems: { '': wordsOf(error) } }
  }
}

export const savePem = (name: string, pem: string): void => download(name, pem, 'application/x-pem-file')

/** What is no base64 saves nothing: half a certificate is worse than none. */
export function saveDer(name: string, der: string): void {
  const octets = fromBase64(der)
  if (octets !== null) download(name, new Uint8Array(octets), 'application/pkix-cert')
}

/** A certificate with its chain and key is some KB; more is no such file. */
const mostOctets = 262_144

/** Certificates and keys of chosen files, each with its own; a string says what is wrong. */
export async function readPemFiles(
  files: readonly File[],
): Promise<{ certificates: string; keys: string } | string> {
  const certificates: string[] = []
  const keys: string[] = []
  for (const file of files.slice(0, 20)) {
    if (file.size > mostOctets) return `${file.name} is larger than 256 KB, so it is no certificate.`
    // A few small files, in the order they were chosen.
    const parts = splitPem(await file.text())
    if (parts.certificates === '' && parts.keys === '')
      return `${file.name} has neither a certificate nor a key in PEM. PKCS #12 and DER have to be turned into PEM first.`
    if (parts.certificates !== '') certificates.push(parts.certificates)
    if (parts.keys !== '') keys.push(parts.keys)
  }
  return { certificates: certificates.join('\n'), keys: keys.join('\n') }
}
