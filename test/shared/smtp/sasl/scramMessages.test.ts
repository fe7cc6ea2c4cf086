import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '#shared/bytes/bytes.ts'
import {
  decodeName,
  encodeName,
  readClientFinal,
  readClientFirst,
  readServerFinal,
  readServerFirst,
} from '#shared/smtp/sasl/scramMessages.ts'

test('any name comes back; an equals sign of another kind is no name', () => {
  fc.assert(fc.property(fc.string(), (name) => decodeName(encodeName(name)) === name))
  expect(decodeName('a=2c')).toBeNull()
  expect(encodeName('a,b=c')).toBe('a=2Cb=3Dc')
})

test('the first message of a client, with and without binding', () => {
  expect(readClientFirst(utf8('y,a=x=2Cy,n=u,r=abc,f=new'))).toEqual({
    flag: 'y',
    type: null,
    authzid: 'x,y',
    header: 'y,a=x=2Cy,',
    bare: 'n=u,r=abc,f=new',
    user: 'u',
    nonce: 'abc',
  })
  expect(readClientFirst(utf8('p=tls-exporter,,n=u,r=abc'))).toMatchObject({
    flag: 'p',
    type: 'tls-exporter',
  })
  expect(readClientFirst(utf8('p=tls-new,,n=u,r=abc'))).toMatchObject({ flag: 'p', type: null })
  expect(readClientFirst(utf8(`n,,n=u,r=${'x'.repeat(9000)}`))).toBeNull()
})

test('the first message of a server goes on from the client’s nonce', () => {
  expect(readServerFirst(utf8('r=abcdefghijk,s=AAAA,i=5000,x=ext'), 'abc')).toEqual({
    ok: true,
    nonce: 'abcdefghijk',
    salt: new Uint8Array(3),
    iterations: 5000,
  })
  // RFC 5802 §5.1 sets no least length for what a server adds.
  expect(readServerFirst(utf8('r=abcd,s=AAAA,i=5000'), 'abc')).toMatchObject({ ok: true, nonce: 'abcd' })
  for (const nonce of ['abc', 'ab', 'xabcd', 'abX d', 'abc d', `abc${'d'.repeat(1024)}`])
    expect(readServerFirst(utf8(`r=${nonce},s=AAAA,i=5000`), 'abc')).toMatchObject({ ok: false })
})

test('the last messages', () => {
  expect(readServerFinal(utf8('v=AAAA,x=1'))).toEqual({ verifier: new Uint8Array(3) })
  expect(readServerFinal(utf8('e=other error\x07'))).toEqual({ error: 'other-error-'.replace(/-/g, '?') })
  expect(readServerFinal(utf8('x=1'))).toBeNull()
  expect(readClientFinal(utf8('c=biws,r=abc,x=1,p=AAAA'))).toMatchObject({ nonce: 'abc', withoutProof: 'c=biws,r=abc,x=1' }) // prettier-ignore
})

test('no octets make a reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
      readClientFirst(octets)
      readServerFirst(octets, 'a')
      readServerFinal(octets)
      readClientFinal(octets)
    }),
  )
})
