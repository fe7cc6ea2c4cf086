/**
 * Owns: finding out by real handshakes, in memory, which TLS versions a context speaks. What a library says it supports
 * is not what it does: OpenSSL 3 takes a minimum of TLS 1.0 and then refuses each such client unless its security level
 * is 0, and BoringSSL has no such levels.
 */
import { type Duplex, duplexPair } from 'node:stream'
import { connect, createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { type TlsVersion, tlsVersions } from '#shared/rpc/contract/listener.ts'

export const nodeName = { '1.0': 'TLSv1', '1.1': 'TLSv1.1', '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' } as const

/** Milliseconds; a handshake in memory takes some 2. */
const patience = 5000

/** Those of `versions` that a client which takes every cipher can agree on with this context. */
export async function spokenVersions(
  context: SecureContext,
  versions: readonly TlsVersion[] = tlsVersions,
): Promise<TlsVersion[]> {
  const spoken: TlsVersion[] = []
  for (const version of versions) if (await speaks(context, version)) spoken.push(version)
  return spoken
}

/** All of TLS 1.3 (RFC 8446 §B.4): OpenSSL offers three of them where none is named. */
const suites13 =
  'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256'

/** With every cipher and no security level, where the library has levels; null when it cannot be made at all. */
export function openContext(options: Parameters<typeof createSecureContext>[0]): SecureContext | null {
  for (const ciphers of [`${suites13}:ALL:@SECLEVEL=0`, 'ALL:@SECLEVEL=0', 'ALL', undefined]) {
    try {
      return createSecureContext({ ...options, ...(ciphers === undefined ? {} : { ciphers }) })
    } catch {
      // The next one asks for less.
    }
  }
  return null
}

async function speaks(context: SecureContext, version: TlsVersion): Promise<boolean> {
  const name = nodeName[version]
  const client = openContext({ minVersion: name, maxVersion: name })
  if (client === null) return false
  const [near, far] = duplexPair()
  const sockets = [
    new TLSSocket(far, { isServer: true, secureContext: context }),
    // Both ends are ours: whose certificate it is does not matter.
    connect({ socket: near, secureContext: client, rejectUnauthorized: false }),
  ] as const
  const all: Duplex[] = [...sockets, near, far]
  // Whatever goes wrong on the way says no more than that it did not come about.
  for (const socket of all) socket.on('error', () => {})
  try {
    return await agreed(sockets, name)
  } finally {
    for (const socket of all) socket.destroy()
  }
}

function agreed([server, client]: readonly [TLSSocket, TLSSocket], name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const no = () => resolve(false)
    const timer = setTimeout(no, patience)
    for (const socket of [server, client]) socket.once('error', no).once('close', no).once('_tlsError', no)
    client.once('secureConnect', () => resolve(client.getProtocol() === name))
    client.once('close', () => clearTimeout(timer))
  })
}
