/** Owns: at which certificate of a chain a fault belongs, and its words there. */
import { isWeakSignature } from '#shared/tls/certificateFacts.ts'
import type { Certificate } from '#shared/transcript/event.ts'
import { capital } from './measures.ts'
import type { CellFinding } from './probeDetailFindings.ts'
import { shownName, validity } from './tls.ts'

export interface ChainFault {
  /** Of the vocabulary of findings; '' for what only the TLS library said. */
  code: string
  grade: 'error' | 'warning'
  words: string
}

/** RFC 9325 §4.5. */
const shortRsa = ({ key }: Certificate): boolean =>
  /^RSA \d{1,6}$/.test(key ?? '') && Number(key?.slice(4)) < 2048

/** An authority's signature of itself is checked by nobody. */
const forgeable = ({ signature, subject, issuer }: Certificate): boolean =>
  subject !== issuer && signature !== undefined && isWeakSignature(signature)

/** What a certificate's own facts say against it. `now` in milliseconds of the epoch. */
export function ownFaults(certificate: Certificate, place: number, now: number): ChainFault[] {
  const life = validity(certificate, new Date(now).toISOString())
  const early = Date.parse(certificate.validFrom) > now
  const { purposes } = certificate
  const found: (ChainFault | false | undefined)[] = [
    life?.tone === 'bad' && !early && fault('certificate-expired', capital(life.words)),
    life?.tone === 'bad' && early && fault('certificate-not-yet-valid', capital(life.words)),
    life?.tone === 'warn' && fault('certificate-expires-soon', `Only ${life.words}: renew it now`, 'warning'),
    shortRsa(certificate) && fault('certificate-weak-key', `${certificate.key} is too short, 2048 bits are the least`, 'warning'),
    forgeable(certificate) && fault('certificate-weak-signature', `Signed by ${shownName(certificate.signature ?? '')}: that digest can be forged`, 'warning'), 
    place === 0 && purposes && !purposes.includes('server') && !purposes.includes('any') &&
      fault('certificate-purpose', `Meant for ${purposes.slice(0, 4).map(shownName).join(', ') || 'nothing'}, not for servers`),
  ] // prettier-ignore
  return found.filter((one): one is ChainFault => typeof one === 'object')
}

const fault = (code: string, words: string, grade: ChainFault['grade'] = 'error'): ChainFault => ({
  code,
  grade,
  words,
})

/** Faults that are in sight only in the whole chain, in their short words. */
const shortWords: ReadonlyMap<string, string> = new Map([
  ['certificate-name-mismatch', 'Not for the name that was asked for'],
  ['certificate-self-signed', 'Signed by itself: nobody vouches for it'],
  ['certificate-untrusted-root', 'This computer does not trust this authority'],
  ['certificate-chain-incomplete', 'Not sent, and not known to this computer'],
])

/** What the findings say of the chain, each at its certificate; `place` past the end: at the one that is missing. */
export function placedFaults(
  chain: readonly Certificate[],
  findings: readonly CellFinding[],
  now: number,
): (ChainFault & { place: number })[] {
  return findings
    .filter(({ code }) => code.startsWith('certificate-'))
    .flatMap(({ code, message, severity }) =>
      placesOf(code, chain, now).map((place) => ({
        code,
        grade: severity === 'error' ? ('error' as const) : ('warning' as const),
        words: shortWords.get(code) ?? shownName(message),
        place,
      })),
    )
}

/** Codes that `ownFaults` finds in a certificate's facts belong where those facts are. */
function placesOf(code: string, chain: readonly Certificate[], now: number): number[] {
  if (code === 'certificate-chain-incomplete') return [chain.length]
  if (code === 'certificate-untrusted-root') return [chain.length - 1]
  // Days go by: what was soon may be over, and then says so itself.
  if (code === 'certificate-expires-soon') return []
  const told: ReadonlyMap<string, (one: Certificate) => boolean> = new Map([
    ['certificate-weak-key', shortRsa],
    ['certificate-weak-signature', forgeable],
    ['certificate-expired', ({ validTo }) => Date.parse(validTo) < now],
  ])
  return chain.some((one) => told.get(code)?.(one) === true) ? [] : [0]
}
