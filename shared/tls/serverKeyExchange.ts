/** Owns: the parameters of a ServerKeyExchange up to TLS 1.2: a named curve (RFC 8422 §5.4) or a prime (RFC 5246 §7.4.3). */
import { cipherSuites } from './cipherSuites.ts'
import { Octets } from './octets.ts'

/** `named_curve`; the explicit forms were never in use (RFC 8422 §5.4). */
const namedCurve = 3

/** Group or prime of the key exchange of a suite; empty when it says neither, or cannot be read. */
export function readKeyExchange(body: Uint8Array, suite: number): { group?: number; primeBits?: number } {
  const exchange = cipherSuites.get(suite)?.keyExchange
  const octets = new Octets(body)
  if (exchange === 'ECDHE' || exchange === 'ECDH') {
    if (octets.uint(1) !== namedCurve) return {}
    const group = octets.uint(2)
    return octets.broken ? {} : { group }
  }
  if (exchange !== 'DHE' && exchange !== 'DH') return {}
  const prime = octets.vector(2)
  const first = prime.findIndex((octet) => octet !== 0)
  if (octets.broken || first < 0) return {}
  return { primeBits: (prime.length - first) * 8 - Math.clz32(prime[first]!) + 24 }
}
