/** Owns: the rules about what a scan of TLS versions and server names shows, which the local TLS library cannot see. */
import { tlsVersions, type TlsVersion, type TlsScan, type ProbeFinding } from '../facts.ts'
import { cipherSuiteName, cipherSuites, weaknessOf } from '../../tls/cipherSuites.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

const old = new Set<string>(['SSLv3', 'TLSv1', 'TLSv1.1'])

export const tlsScan: ProbeRule = ({ scans = [] }) =>
  scans.flatMap((scan) => [
    ...versions(scan),
    ...weakCiphers(scan),
    ...nothingCommon(scan),
    ...disordered(scan),
    ...serverName(scan),
  ])

function versions({ host, port, versions: tried, proof }: TlsScan): ProbeFinding[] {
  const taken = tlsVersions.filter((version) => tried[version] === true)
  const oldOnes = taken.filter((version) => old.has(version))
  if (oldOnes.length === 0) return []
  const only = oldOnes.length === taken.length
  // Whoever did not try the current versions cannot say that there are none.
  const known = tried['TLSv1.2'] !== undefined && tried['TLSv1.3'] !== undefined
  const words = {
    side: 'server',
    confidence: 'certain',
    references: ['RFC 8996', 'RFC 8997 §3', 'RFC 9325 §3.1'],
  } as const
  const names = oldOnes.join(', ')
  if (only && known) {
    const message = `${host} port ${port} knows nothing newer than ${taken.at(-1)}: current clients cannot connect.`
    const next = 'Update the server’s TLS library and allow 1.2 and 1.3.'
    return [
      proved('tls-old-version-only', [proof], { ...words, references: [...words.references], message, next }),
    ]
  }
  const message = `${host} port ${port} still takes ${names}, which must not be used any more.`
  const next = 'Switch them off on the server and allow 1.2 and 1.3.'
  return [
    proved('tls-old-version-accepted', [proof], {
      ...words,
      references: [...words.references],
      message,
      next,
    }),
  ]
}

function serverName({ host, port, withSni, withoutSni, proof }: TlsScan): ProbeFinding[] {
  if (withSni !== true || withoutSni !== false) return []
  return [
    proved('tls-sni-required', [proof], {
      side: 'server',
      confidence: 'certain',
      severity: 'info',
      message: `${host} port ${port} makes TLS only with a client that names it (SNI); without the name the handshake fails.`,
      next: 'Clients that send no name, or connect by address, fail here: give the server a default certificate for them.',
      references: ['RFC 6066 §3'],
    }),
  ]
}

/** Suites named in one sentence. */
const mostNamed = 3

/**
 * Broken ones only: what is merely dated is on nearly everywhere, and shown beside each suite. On port 25 suites in which
 * nobody proves who he is are no worse than the clear text that is the alternative there (RFC 7435).
 */
function weakCiphers({ host, port, suites = {}, proof }: TlsScan): ProbeFinding[] {
  const numbers = new Set(tlsVersions.flatMap((version) => suites[version] ?? []))
  const broken = [...numbers].flatMap((number) => {
    const suite = cipherSuites.get(number)
    const weakness = suite && weaknessOf(suite)
    if (!suite || weakness?.grade !== 'broken' || (port === 25 && suite.anonymous)) return []
    return [{ name: suite.name, ...weakness }]
  })
  if (broken.length === 0) return []
  const names = broken.slice(0, mostNamed).map(({ name, why }) => `${name} (${why})`)
  const more = broken.length > mostNamed ? ` and ${broken.length - mostNamed} more` : ''
  return [
    proved('tls-weak-cipher-accepted', [proof], {
      side: 'server',
      confidence: 'certain',
      message: `${host} port ${port} takes ciphers that do not protect: ${names.join(', ')}${more}.`,
      next: 'Switch them off on the server: allow suites with ECDHE and AES-GCM or ChaCha20 (RFC 9325 §4.2).',
      references: [...new Set(broken.map(({ reference }) => reference))].slice(0, 4),
    }),
  ]
}

const current: readonly TlsVersion[] = ['TLSv1.2', 'TLSv1.3']

/** What this computer's TLS only saw as a failure: the server does speak, with nothing that is offered here. */
function nothingCommon({
  host,
  port,
  versions: tried,
  suites = {},
  failedHere,
  proof,
}: TlsScan): ProbeFinding[] {
  if (failedHere !== true) return []
  const taken = tlsVersions.filter((version) => tried[version] === true)
  const shared = taken.filter((version) => current.includes(version))
  const base = { side: 'server', references: ['RFC 9325 §3.1', 'RFC 9325 §4.2'] } as const
  if (taken.length > 0 && shared.length === 0 && current.every((version) => tried[version] === false))
    return [
      proved('tls-no-common-version', [proof], {
        ...base,
        references: [...base.references],
        confidence: 'certain',
        message: `${host} port ${port} takes ${taken.join(', ')}, and this computer offers TLS 1.2 and 1.3: they have no version in common.`,
        next: 'Update the server’s TLS and allow 1.2 and 1.3.',
      }),
    ]
  const names = shared.flatMap((version) => suites[version] ?? []).map(cipherSuiteName)
  if (names.length === 0) return []
  return [
    proved('tls-no-common-cipher', [proof], {
      ...base,
      references: [...base.references],
      confidence: 'likely',
      message: `${host} port ${port} takes ${shared.join(', ')} with ${names.slice(0, mostNamed).join(', ')}${names.length > mostNamed ? ' and others' : ''}, none of which this computer’s TLS agrees to.`,
      next: 'Allow suites with ECDHE and AES-GCM on the server.',
    }),
  ]
}

function disordered({ host, port, disordered: wrong, proof }: TlsScan): ProbeFinding[] {
  if (wrong !== true) return []
  return [
    proved('certificate-chain-incomplete', [proof], {
      side: 'server',
      confidence: 'certain',
      severity: 'warning',
      message: `${host} port ${port} sends its certificates out of order: a client that reads them one after the other finds the chain incomplete.`,
      next: 'Put the server’s own certificate first in its file, then each one that signed the one before.',
      references: ['RFC 5246 §7.4.2', 'RFC 8446 §4.4.2'],
    }),
  ]
}
