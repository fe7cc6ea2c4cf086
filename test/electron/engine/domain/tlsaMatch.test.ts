import 'reflect-metadata'
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509Certificate, X509CertificateGenerator } from '@peculiar/x509' // prettier-ignore
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { matchTlsa, type DaneChain, type Match } from '#engine/domain/tlsaMatch.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 86_400_000
const { crypto } = globalThis

interface Made {
  der: Uint8Array
  spki: Uint8Array
  keys: Awaited<ReturnType<typeof newKeys>>
  subject: string
}
const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

async function make(subject: string, issuer: Made | undefined, { ca = false, days = 9 } = {}): Promise<Made> {
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: '0a',
      subject,
      issuer: issuer?.subject ?? subject,
      notBefore: new Date(Date.now() - 30 * day),
      notAfter: new Date(Date.now() + days * day),
      signingKey: (issuer?.keys ?? keys).privateKey,
      publicKey: keys.publicKey,
      signingAlgorithm: algorithm,
      extensions: ca
        ? [new BasicConstraintsExtension(true)]
        : [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'mx.x.test' }])],
    },
    crypto,
  )
  const read = new X509Certificate(certificate.rawData)
  return { der: new Uint8Array(read.rawData), spki: new Uint8Array(read.publicKey.rawData), keys, subject }
}

let root: Made
let middle: Made
let own: Made
let stranger: Made
beforeAll(async () => {
  root = await make('CN=Root', undefined, { ca: true })
  middle = await make('CN=Middle', root, { ca: true })
  own = await make('CN=mx.x.test', middle)
  stranger = await make('CN=Root', undefined, { ca: true })
})

const hash = (kind: 'sha256' | 'sha512', data: Uint8Array): Uint8Array =>
  new Uint8Array(createHash(kind).update(data).digest())
const chainOf = (...made: Made[]): Uint8Array[] => made.map(({ der }) => der)
function match(numbers: [number, number, number], data: Uint8Array, more: Partial<DaneChain> = {}): Match {
  const [usage, selector, matching] = numbers
  const seen = { chain: chainOf(own, middle, root), host: 'mx.x.test', now: new Date() }
  return matchTlsa({ usage, selector, matching, data }, { ...seen, ...more })
}
const yes = { matches: true }

/** Selector and matching type, and the octets that a record for it must have. */
const forms: [number, number, (made: Made) => Uint8Array][] = [
  [0, 0, ({ der }) => der],
  [0, 1, ({ der }) => hash('sha256', der)],
  [0, 2, ({ der }) => hash('sha512', der)],
  [1, 0, ({ spki }) => spki],
  [1, 1, ({ spki }) => hash('sha256', spki)],
  [1, 2, ({ spki }) => hash('sha512', spki)],
]

describe.each(forms)('selector %i, matching %i', (selector, matching, data) => {
  test('usage 3 is the server’s own certificate, and none above it', () => {
    expect(match([3, selector, matching], data(own))).toEqual(yes)
    const other = { matches: false, why: 'it is of another certificate or key' }
    expect(match([3, selector, matching], data(middle))).toEqual(other)
    expect(match([3, selector, matching], data(stranger))).toEqual(other)
  })
  test('usage 2 is an authority above it, near or far, and not the server’s own', () => {
    expect(match([2, selector, matching], data(root))).toEqual(yes)
    expect(match([2, selector, matching], data(middle))).toEqual(yes)
    const none = { matches: false, why: 'no authority in the chain fits it' }
    expect(match([2, selector, matching], data(own))).toEqual(none)
    expect(match([2, selector, matching], data(stranger))).toEqual(none)
  })
})

describe('usage 3', () => {
  test('minds neither date nor name (RFC 7672 §3.1.1)', async () => {
    const old = await make('CN=old', middle, { days: -1 })
    expect(match([3, 1, 1], hash('sha256', old.spki), { chain: [old.der], host: 'other.test' })).toEqual(yes)
  })
})

const pin = (made: Made) => hash('sha256', made.spki)

describe('usage 2', () => {
  test('minds the name: the MX or the domain (RFC 7672 §3.2.2)', () => {
    expect(match([2, 1, 1], pin(root), { host: 'mx.other.test' })).toEqual({ matches: false, why: 'the chain fits it, but the certificate is not for mx.other.test' }) // prettier-ignore
    expect(match([2, 1, 1], pin(root), { host: 'mx.other.test', domain: 'mx.x.test' })).toEqual(yes)
  })
  test('minds dates, of the certificate and of authorities', async () => {
    const old = await make('CN=old', middle, { days: -1 })
    expect(match([2, 1, 1], pin(root), { chain: chainOf(old, middle, root) }).why).toMatch(/the certificate is out of date/) // prettier-ignore
    const oldMiddle = await make('CN=Middle', root, { ca: true, days: -1 })
    const below = await make('CN=mx.x.test', oldMiddle)
    expect(match([2, 1, 1], pin(root), { chain: chainOf(below, oldMiddle, root) }).why).toMatch(/an authority of it is out of date/) // prettier-ignore
  })
  test('minds signatures: an authority that is only sent along is none', () => {
    const fake = chainOf(own, stranger)
    expect(match([2, 1, 1], pin(stranger), { chain: fake })).toMatchObject({ matches: false })
    // As the issuer's name says, but not with its key.
    expect(match([2, 1, 1], pin(root), { chain: chainOf(own, middle, stranger, root) })).toEqual(yes)
  })
  test('minds who may sign', async () => {
    const leaf = await make('CN=Leaf', root)
    const below = await make('CN=mx.x.test', leaf)
    expect(match([2, 1, 1], pin(leaf), { chain: chainOf(below, leaf, root) })).toMatchObject({
      matches: false,
    })
  })
  test('needs the authority in the chain, unless the record holds it', () => {
    const without = { chain: chainOf(own, middle) }
    expect(match([2, 1, 1], pin(root), without)).toMatchObject({ matches: false })
    expect(match([2, 0, 0], root.der, without)).toEqual(yes)
    expect(match([2, 1, 0], root.spki, without)).toEqual(yes)
    expect(match([2, 0, 0], stranger.der, without)).toMatchObject({ matches: false })
    expect(match([2, 1, 0], Uint8Array.of(1, 2), without)).toMatchObject({ matches: false })
  })
  test('takes the chain in any order, and with strangers in it', () => {
    expect(match([2, 1, 1], pin(root), { chain: chainOf(own, root, stranger, middle) })).toEqual(yes)
  })
})

test.each<[string, [number, number, number], Uint8Array, Partial<DaneChain>, RegExp]>([
  ['usage 0', [0, 1, 1], new Uint8Array(32), {}, /mail does not use certificate usage 0/],
  ['usage 1', [1, 1, 1], new Uint8Array(32), {}, /usage 1/],
  ['a usage of its own', [255, 1, 1], new Uint8Array(32), {}, /usage 255/],
  ['another selector', [3, 2, 1], new Uint8Array(32), {}, /selector 2 is not known/],
  ['another matching type', [3, 1, 3], new Uint8Array(32), {}, /matching type 3 is not known/],
  ['a digest cut short', [3, 1, 1], new Uint8Array(31), {}, /31 octets instead of 32/],
  ['a digest of the other kind', [3, 1, 2], new Uint8Array(32), {}, /32 octets instead of 64/],
  ['no data', [3, 1, 0], new Uint8Array(), {}, /holds no data/],
  ['no certificate', [3, 1, 1], new Uint8Array(32), { chain: [] }, /sent no certificate/],
  ['garbage as certificate', [3, 1, 1], new Uint8Array(32), { chain: [Uint8Array.of(1)] }, /cannot be read/],
])('%s does not match, and it is said why', (_, numbers, data, more, why) => {
  expect(match(numbers, data, more)).toEqual({ matches: false, why: expect.stringMatching(why) })
})
