/**
 * Owns: what a cipher suite's name says (RFC 5246 Appendix C, RFC 8446 Appendix B.4): versions, key exchange,
 * authentication, cipher, and how strong it is. Judged by RFC 9325 §4.2, the advice for TLS today.
 */
import { cipherSuiteNames } from './cipherSuiteNames.ts'
import type { TlsVersion } from './versions.ts'

export interface CipherSuite {
  number: number
  /** As registered: `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`. */
  name: string
  /** TLS 1.3 suites are for nothing else, and nothing else is for TLS 1.3. */
  tls13: boolean
  /** Cipher with its own integrity check, for TLS 1.2 and later only (RFC 5246 §6.2.3.3). */
  aead: boolean
  /** `ECDHE`, `DHE`, `RSA`, `ECDH`, `DH`, `GOST…`; in TLS 1.3 the name does not say. */
  keyExchange: string
  /** The key of one connection is of no use for others (RFC 9325 §4.2). */
  forwardSecret: boolean
  /** Nobody proves who he is. */
  anonymous: boolean
}

function readSuite(line: string): CipherSuite {
  const [hex = '', bare = ''] = line.split(' ')
  const number = Number.parseInt(hex, 16)
  const [exchange = '', cipher] = bare.split('_WITH_')
  const tls13 = cipher === undefined
  const keyExchange = tls13 ? 'any' : (/^(?:SSL_)?([A-Za-z0-9]+)/.exec(exchange)?.[1] ?? '')
  return {
    number,
    name: bare.startsWith('SSL_') ? bare : `TLS_${bare}`,
    tls13,
    aead: tls13 || /GCM|CCM|POLY1305|MGM/.test(bare),
    keyExchange,
    forwardSecret: tls13 || keyExchange === 'ECDHE' || keyExchange === 'DHE',
    anonymous: exchange.includes('anon'),
  }
}

/** Every suite that can be asked for, by number. */
export const cipherSuites: ReadonlyMap<number, CipherSuite> = new Map(
  cipherSuiteNames
    .trim()
    .split('\n')
    .map(readSuite)
    .map((suite) => [suite.number, suite]),
)

/** The registered name, or `cipher suite 0x1234`. */
export const cipherSuiteName = (number: number): string =>
  cipherSuites.get(number)?.name ?? `cipher suite 0x${number.toString(16).padStart(4, '0')}`

export interface Weakness {
  /** `broken`: somebody who listens or sits between can be expected to win. `dated`: not advised any more. */
  grade: 'broken' | 'dated'
  /** As "no encryption at all". */
  why: string
  /** RFC and section. */
  reference: string
}

/** In the order of gravity: the first that fits is the one to tell. */
const weaknesses: readonly (Weakness & { fits: (suite: CipherSuite) => boolean })[] = [
  {
    fits: ({ name, tls13 }) => /WITH_NULL/.test(name) || (tls13 && /^TLS_SHA\d+_SHA\d+$/.test(name)),
    grade: 'broken',
    why: 'no encryption at all',
    reference: 'RFC 9325 §4.1',
  },
  {
    fits: ({ anonymous }) => anonymous,
    grade: 'broken',
    why: 'nobody proves who he is, so anybody on the path can sit between',
    reference: 'RFC 9325 §4.1',
  },
  {
    fits: ({ name }) => name.includes('EXPORT'),
    grade: 'broken',
    why: 'keys cut to export strength, broken within hours',
    reference: 'RFC 9325 §4.1',
  },
  { fits: ({ name }) => name.includes('RC4'), grade: 'broken', why: 'RC4', reference: 'RFC 7465 §2' },
  {
    fits: ({ name }) => /_(?:DES(?:40)?|RC2|IDEA)_/.test(name),
    grade: 'broken',
    why: 'a cipher of less than 112 bits of security, or out of use',
    reference: 'RFC 9325 §4.1, RFC 5469',
  },
  {
    fits: ({ name }) => name.includes('3DES'),
    grade: 'dated',
    why: '3DES: 64-bit blocks and 112 bits of security',
    reference: 'RFC 9325 §4.1',
  },
  {
    fits: ({ keyExchange }) => keyExchange === 'RSA' || keyExchange === 'ECDH' || keyExchange === 'DH',
    grade: 'dated',
    why: 'no forward secrecy: who gets the server’s key later reads what was recorded today',
    reference: 'RFC 9325 §4.1',
  },
  {
    fits: ({ aead }) => !aead,
    grade: 'dated',
    why: 'CBC with a separate integrity check, which attacks on padding made use of',
    reference: 'RFC 9325 §4.2.1',
  },
]

/** What is wrong with a suite by today's advice, the gravest only; null for a suite to use. */
export function weaknessOf(suite: CipherSuite): Weakness | null {
  const found = weaknesses.find(({ fits }) => fits(suite))
  return found ? { grade: found.grade, why: found.why, reference: found.reference } : null
}

/** Longer lists make some servers and middleboxes close the connection; 128 is where the first of them do. */
const mostOffered = 126

/** Ciphers that a server of our days may still have on, the likely ones first; what is not here comes last. */
const likely = [
  /AES_(?:128|256)_GCM/,
  /CHACHA20/,
  /AES/,
  /CAMELLIA_(?:128|256)_CBC/,
  /3DES/,
  /RC4_128/,
  /SEED|IDEA/,
]

function rank({ name, keyExchange, anonymous, number }: CipherSuite): number {
  const exchange = ['ECDHE', 'DHE', 'RSA'].indexOf(keyExchange)
  const cipher = likely.findIndex((pattern) => pattern.test(name))
  const odd =
    exchange < 0 || cipher < 0 || /DSS|EXPORT|SSL_/.test(name) || (number >= 0xcc13 && number <= 0xcc15)
  return (
    (odd ? 1000 : 0) + (anonymous ? 500 : 0) + (exchange < 0 ? 9 : exchange) * 10 + (cipher < 0 ? 9 : cipher)
  )
}

/** Lists to offer one after the other, which together hold every suite that the version can have. */
export function offersFor(version: TlsVersion): number[][] {
  const able = [...cipherSuites.values()].filter(({ tls13, aead }) =>
    version === 'TLSv1.3' ? tls13 : !tls13 && (!aead || version === 'TLSv1.2'),
  )
  const ordered = able
    .toSorted((a, b) => rank(a) - rank(b) || b.number - a.number)
    .map(({ number }) => number)
  const lists: number[][] = []
  for (let i = 0; i < ordered.length; i += mostOffered) lists.push(ordered.slice(i, i + mostOffered))
  return lists
}
