/**
 * Owns: the octets of a ClientHello (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2, RFC 6101 §5.6.1.2), asking for exactly one
 * version and for any suites and groups, also such that no library of ours could go on with. Only the server's answer
 * is wanted; no key is ever agreed.
 */
import { concat, utf8 } from '../bytes/bytes.ts'
import { isForTls13 } from './groups.ts'
import { uint, uint16s, vector } from './octets.ts'
import { versionNumber, type TlsVersion } from './versions.ts'

export interface HelloOptions {
  version: TlsVersion
  /** Numbers of suites, in the order of our wish. */
  suites: readonly number[]
  /** Numbers of groups, in the order of our wish. */
  groups: readonly number[]
  /** The name asked for (RFC 6066 §3): a host name, never an address. */
  serverName?: string | undefined
  /** 32 octets. */
  random: Uint8Array
}

const extensions = {
  serverName: 0,
  groups: 10,
  pointFormats: 11,
  signatures: 13,
  padding: 21,
  extendedMainSecret: 23,
  versions: 43,
  keyShare: 51,
  renegotiation: 0xff01,
} as const

/** Signature schemes of RFC 8446 §4.2.3 and hash-and-signature pairs of RFC 5246 §7.4.1.4.1, SHA-1 and DSA included. */
const signatures = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x081a, 0x081b, 0x081c, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b,
  0x0401, 0x0501, 0x0601, 0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0502, 0x0602, 0x0302, 0x0202, 0x0708,
] // prettier-ignore

/** Stands in the list of suites where there are no extensions, to say the same as the empty extension (RFC 5746 §3.3). */
const renegotiationSuite = 0x00ff

const extension = (type: number, ...content: readonly Uint8Array[]): Uint8Array =>
  concat([uint(2, type), vector(2, ...content)])

/** Whole records, ready for the wire. */
export function clientHello(options: HelloOptions): Uint8Array {
  const { version } = options
  const legacy = version === 'TLSv1.3' ? versionNumber('TLSv1.2') : versionNumber(version)
  const bare = version === 'SSLv3'
  const start = concat([
    uint(2, legacy),
    options.random,
    // A session id that looks like a resumption gets TLS 1.3 through middleboxes (RFC 8446 appendix D.4).
    vector(1, version === 'TLSv1.3' ? options.random : new Uint8Array()),
    vector(2, uint16s(bare ? [...options.suites, renegotiationSuite] : options.suites)),
    vector(1, uint(1, 0)),
  ])
  const body = bare ? start : concat([start, vector(2, ...padded(start.length, extensionsOf(options)))])
  const message = concat([uint(1, 1), vector(3, body)])
  // Servers of TLS 1.0 and later expect 3.1 on the first record (RFC 8446 §5.1); one of SSL 3.0 may want its own.
  return concat([uint(1, 22), uint(2, bare ? 0x0300 : 0x0301), vector(2, message)])
}

function extensionsOf({ version, groups, serverName }: HelloOptions): Uint8Array[] {
  const tls13 = version === 'TLSv1.3'
  const usable = tls13 ? groups.filter(isForTls13) : groups
  const list: Uint8Array[] = []
  if (serverName !== undefined)
    list.push(extension(extensions.serverName, vector(2, uint(1, 0), vector(2, utf8(serverName)))))
  if (usable.length > 0) list.push(extension(extensions.groups, vector(2, uint16s(usable))))
  if (!tls13) {
    list.push(extension(extensions.pointFormats, vector(1, new Uint8Array([0, 1, 2]))))
    list.push(extension(extensions.renegotiation, vector(1)))
    list.push(extension(extensions.extendedMainSecret))
  }
  if (tls13 || version === 'TLSv1.2')
    list.push(extension(extensions.signatures, vector(2, uint16s(signatures))))
  if (!tls13) return list
  list.push(extension(extensions.versions, vector(1, uint(2, versionNumber('TLSv1.3')))))
  // No share at all: the server names the group it wants in a HelloRetryRequest (RFC 8446 §4.2.8), and nothing is computed.
  list.push(extension(extensions.keyShare, vector(2)))
  return list
}

/** Some load balancers wait for ever on a ClientHello of 256 to 511 octets: those are filled up (RFC 7685 §1, §4). */
function padded(startLength: number, list: Uint8Array[]): Uint8Array[] {
  const length = 4 + startLength + 2 + concat([new Uint8Array(), ...list]).length
  if (length < 256 || length > 511) return list
  return [...list, extension(extensions.padding, new Uint8Array(Math.max(0, 512 - length - 4)))]
}
