/** Owns: the rules about what a scan of TLS versions and server names shows, which the local TLS library cannot see. */
import { tlsVersions, type TlsScan, type ProbeFinding } from '../facts.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

const old = new Set<string>(['SSLv3', 'TLSv1', 'TLSv1.1'])

export const tlsScan: ProbeRule = ({ scans = [] }) =>
  scans.flatMap((scan) => [...versions(scan), ...serverName(scan)])

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
