/** Owns: what is wrong with the rules of one listener, by field: what is found here forbids the whole change. Pure. */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { ListenerConfig } from '#shared/rpc/contract/listener.ts'
import { isPem } from '../dialogue/checkCertificate.ts'
import { cipherProblem } from './cipherList.ts'

type Check = (
  listener: ListenerConfig,
  certificates: readonly string[],
) => [value: string, message: string] | null

const checks: Record<string, Check> = {
  clientCa: ({ clientCa }) =>
    clientCa === undefined || isPem(clientCa)
      ? null
      : ['', 'cannot be read; give certificates in PEM, beginning with -----BEGIN CERTIFICATE-----'],
  label: ({ label = '' }) =>
    /\p{Cc}/u.test(label) ? [JSON.stringify(label), 'has a control character'] : null,
  mappedPort: ({ port, mappedPort = 0 }) =>
    mappedPort > 0 && mappedPort === port
      ? [String(mappedPort), 'is the port itself; choose another, or 0 for none']
      : null,
  tlsVersions: ({ tlsVersions }) =>
    tlsVersions !== undefined && tlsVersions.min > tlsVersions.max
      ? [
          `${tlsVersions.min} to ${tlsVersions.max}`,
          'has the lowest version above the highest; change one of them',
        ]
      : null,
  ciphers: ({ ciphers }) => {
    const problem = ciphers === undefined ? null : cipherProblem(ciphers)
    return problem === null ? null : [(ciphers ?? '').slice(0, 100), problem]
  },
  certificate: ({ certificate }, names) =>
    certificate === undefined || names.includes(certificate)
      ? null
      : [certificate.slice(0, 60), unknownCertificate(names)],
  extensions: ({ extensions }) => {
    if (extensions === undefined) return null
    const twice = extensions.find((name, i) => extensions.indexOf(name) !== i)
    if (twice !== undefined) return [twice, 'stands twice; name each extension once']
    // RFC 3030 §3: such content cannot be sent by DATA, so nobody could use it.
    return extensions.includes('BINARYMIME') && !extensions.includes('CHUNKING')
      ? [
          'BINARYMIME',
          'needs CHUNKING, for such content is sent by BDAT only (RFC 3030 §3); add it, or take BINARYMIME away',
        ]
      : null
  },
}

const unknownCertificate = (names: readonly string[]): string =>
  names.length === 0
    ? 'is no certificate here; add one first, or leave it out for this computer’s own'
    : `is no certificate here; there is ${names.join(', ')}`

export function listenerProblems(
  listener: ListenerConfig,
  place: number,
  certificates: readonly string[],
): FieldProblem[] {
  return Object.entries(checks).flatMap(([field, check]) => {
    const found = check(listener, certificates)
    return found === null
      ? []
      : [{ field: `listeners[${place}].${field}`, value: found[0], message: found[1] }]
  })
}
