import { describe, expect, test } from 'vitest'
import { fromBase64, toByteString, utf8 } from '#shared/bytes/bytes.ts'
import type {
  Binding,
  ClientStep,
  Hashes,
  ServerStep,
  ServerSurroundings,
} from '#shared/smtp/sasl/mechanism.ts'
import { scramClient, scramServer } from '#shared/smtp/sasl/scram.ts'
import { hashOf, keysOf, type ScramName } from '#shared/smtp/sasl/scramKeys.ts'
import { derive, hashes } from '#test/support/hashes.ts'

const withNonce = (nonce: string): Hashes => ({ ...hashes, nonce: () => nonce })
const alone = { binding: null, plusOffered: false }
const nobody: ServerSurroundings = { binding: () => null, plusOffered: false }
const credentials = { user: 'user', password: 'pencil' }

const said = (step: ClientStep): string =>
  step.type === 'respond' ? toByteString(step.response.bytes) : step.type
const asked = (step: ServerStep): string => (step.type === 'challenge' ? toByteString(step.bytes) : step.type)

interface Vector {
  name: ScramName
  nonces: [client: string, server: string]
  salt: string
  lines: [string, string, string, string]
}

// RFC 5802 §5 and RFC 7677 §3.
const vectors: Vector[] = [
  {
    name: 'SCRAM-SHA-1',
    nonces: ['fyko+d2lbbFgONRv9qkxdawL', '3rfcNHYJY1ZVvWVs7j'],
    salt: 'QSXCR+Q6sek8bf92',
    lines: [
      'n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL',
      'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
      'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
      'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
    ],
  },
  {
    name: 'SCRAM-SHA-256',
    nonces: ['rOprNGfwEbeRWgbNEkqO', '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0'],
    salt: 'W22ZaJ0SNY7soEsUEjb6gQ==',
    lines: [
      'n,,n=user,r=rOprNGfwEbeRWgbNEkqO',
      'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
      'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    ],
  },
]

describe.each(vectors)('the vector of $name', ({ name, nonces, salt, lines }) => {
  test('client', () => {
    const client = scramClient(name, credentials, withNonce(nonces[0]), alone)
    expect(toByteString(client.start()!.bytes)).toBe(lines[0])
    const step = client.step(utf8(lines[1]))
    if (step.type !== 'derive') throw new Error(said(step))
    expect(step.derivation.iterations).toBe(4096)
    expect(said(client.derived!(derive(step.derivation)))).toBe(lines[2])
    expect(client.doubt!()).toMatch(/without proving/)
    expect(client.step(utf8(lines[3]))).toEqual({ type: 'respond', response: { bytes: new Uint8Array(0), secret: false } }) // prettier-ignore
    expect(client.doubt!()).toBeNull()
    expect(said(client.step(utf8(lines[3])))).toBe('fail')
  })

  test('server', () => {
    const server = scramServer(name, withNonce(nonces[1]), nobody)
    expect(server.start(utf8(lines[0]))).toEqual({
      type: 'identify',
      question: { kind: 'scram-keys', mechanism: name, hash: hashOf(name), user: 'user' },
    })
    expect(asked(server.keys!(keys(name, salt)))).toBe(lines[1])
    const proof = server.step(utf8(lines[2]))
    expect(proof).toEqual({ type: 'challenge', bytes: utf8(lines[3]), secret: true })
    expect(server.step(new Uint8Array(0))).toEqual({
      type: 'identify',
      question: { kind: 'proven', mechanism: name, user: 'user' },
    })
  })
})

function keys(name: ScramName, salt: string, password = 'pencil') {
  const octets = fromBase64(salt)!
  const made = { salt: octets, iterations: 4096 }
  return keysOf(derive({ hash: hashOf(name), password: utf8(password), ...made }), made, hashOf(name), hashes)
}

const [vector] = vectors as [Vector, Vector]

/** A client that has sent its first message, in the vector of RFC 5802. */
const begun = () => {
  const client = scramClient('SCRAM-SHA-1', credentials, withNonce(vector.nonces[0]), alone)
  client.start()
  return client
}

test.each([
  ['r=other,s=QSXCR+Q6sek8bf92,i=4096', /does not go on/],
  ['r=fyko+d2lbbFgONRv9qkxdawL,s=QSXCR+Q6sek8bf92,i=4096', /added nothing/],
  [vector.lines[1].replace('4096', '4095'), /fewer than 4096/],
  [vector.lines[1].replace('4096', '1000001'), /more than 1000000/],
  [vector.lines[1].replace('4096', '04096'), /three fields/],
  [`m=x,${vector.lines[1]}`, /extension/],
  ['', /three fields/],
])('a first challenge %j is not followed', (challenge, words) =>
  expect(begun().step(utf8(challenge))).toMatchObject({
    type: 'fail',
    message: expect.stringMatching(words),
  }),
)

function proven() {
  const client = begun()
  const step = client.step(utf8(vector.lines[1]))
  if (step.type === 'derive') client.derived!(derive(step.derivation))
  return client
}

test('a server that cannot prove itself is told apart from one that refuses, and from nonsense', () => {
  expect(proven().step(utf8('v=AAAApqV8S7suAoZWja4dJRkFsKQ='))).toMatchObject({
    type: 'fail',
    why: 'unproven',
  })
  expect(proven().step(utf8('v=AAAA'))).toMatchObject({ type: 'fail', why: 'unproven' })
  expect(proven().step(utf8('e=invalid-proof'))).toMatchObject({ why: 'refused', message: expect.stringContaining('invalid-proof') }) // prettier-ignore
  expect(proven().step(utf8('e=server-does-support-channel-binding'))).toMatchObject({ why: 'binding' })
  expect(proven().step(utf8('hello'))).not.toHaveProperty('why')
  expect(begun().derived!(new Uint8Array(20))).toMatchObject({ type: 'fail' })
})

const data = new Uint8Array(32).fill(9)
const bound: Binding = { type: 'tls-exporter', data }

/** Runs both, with what each sees of the connection; the last step of the server. */
function together(
  name: ScramName,
  mine: Binding | null,
  plusOffered: boolean,
  theirs: ServerSurroundings,
): ServerStep {
  const client = scramClient(name, credentials, hashes, { binding: mine, plusOffered })
  const server = scramServer(name, hashes, theirs)
  let step = server.start(client.start()!.bytes)
  if (step.type !== 'identify') return step
  step = server.keys!(keys(name, 'QSXCR+Q6sek8bf92'))
  const answer = step.type === 'challenge' ? client.step(step.bytes) : null
  if (answer?.type !== 'derive') return step
  const last = client.derived!(derive(answer.derivation))
  return last.type === 'respond' ? server.step(last.response.bytes) : step
}

test('channel binding: equal on both ends is taken, different is not, stripped is noticed', () => {
  const both: ServerSurroundings = { binding: () => data, plusOffered: true }
  const other: ServerSurroundings = { binding: () => new Uint8Array(32), plusOffered: true }
  expect(together('SCRAM-SHA-256-PLUS', bound, true, both).type).toBe('challenge')
  expect(together('SCRAM-SHA-1-PLUS', bound, true, other)).toMatchObject({ type: 'refuse', why: 'binding' })
  expect(together('SCRAM-SHA-256-PLUS', bound, true, nobody)).toMatchObject({ type: 'fail' })
  // Somebody took -PLUS out of the list: the client says y, and the server knows better.
  expect(together('SCRAM-SHA-256', bound, false, both)).toMatchObject({ type: 'refuse', why: 'binding' })
  expect(together('SCRAM-SHA-256', bound, true, both).type).toBe('challenge')
  expect(together('SCRAM-SHA-256', null, false, both).type).toBe('challenge')
})

test('a wrong password is refused, whatever was stored', () => {
  const server = scramServer('SCRAM-SHA-1', withNonce(vector.nonces[1]), nobody)
  server.start(utf8(vector.lines[0]))
  server.keys!(keys('SCRAM-SHA-1', vector.salt, 'other'))
  expect(server.step(utf8(vector.lines[2]))).toMatchObject({ type: 'refuse', why: 'proof' })
})

test.each([
  'n,,n=user',
  'x,,n=user,r=abc',
  'n,,n=us=er,r=abc',
  'n,a=other,n=user,r=abc',
  'p=tls-unique,,n=user,r=abc',
  'n,,m=1,n=user,r=abc',
  'n,,n=,r=abc',
])('the first message %j is ill-formed', (text) =>
  expect(scramServer('SCRAM-SHA-1', hashes, nobody).start(utf8(text))).toMatchObject({ type: 'fail' }),
)

test.each(['c=biws,r=other,p=AAAA', 'c=biws', 'c=biws,r=x,p=!', ''])(
  'the last message %j is ill-formed',
  (text) => {
    const server = scramServer('SCRAM-SHA-1', hashes, nobody)
    server.start(utf8(vector.lines[0]))
    server.keys!(keys('SCRAM-SHA-1', vector.salt))
    expect(server.step(utf8(text))).toMatchObject({ type: 'fail' })
  },
)

test('user names with commas and equals signs travel; what RFC 4013 forbids does not', () => {
  const client = scramClient('SCRAM-SHA-1', { user: 'a,b=c', password: 'x' }, withNonce('abc'), alone)
  expect(toByteString(client.start()!.bytes)).toBe('n,,n=a=2Cb=3Dc,r=abc')
  expect(
    scramServer('SCRAM-SHA-1', hashes, nobody).start(utf8('n,a=a=2Cb=3Dc,n=a=2Cb=3Dc,r=abc')),
  ).toMatchObject({
    question: { user: 'a,b=c' },
  })
  const bad = { user: 'a', password: 'x\ue000' }
  expect(() => scramClient('SCRAM-SHA-1', bad, hashes, alone)).toThrow(/the password holds a character/)
})
