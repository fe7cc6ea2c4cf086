import { assert, boolean, nat, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { concat, utf8 } from '#shared/bytes/bytes.ts'
import { clientHello, type HelloOptions } from '#shared/tls/clientHello.ts'
import { ServerAnswerReader, type ServerAnswer } from '#shared/tls/serverAnswer.ts'
import { alert, answerHello, type TlsScript } from '#test/support/tls/scriptedTls.ts'

const random = new Uint8Array(32).fill(5)
const script: TlsScript = {
  suites: { 'TLSv1.3': [0x1302, 0x1301], 'TLSv1.2': [0xc030, 0x009e], TLSv1: [0x0035] },
  certificates: [utf8('own'), utf8('issuer')],
  asksCertificate: true,
}
const answerTo = (hello: Partial<HelloOptions>, changed: Partial<TlsScript> = {}): Uint8Array =>
  answerHello(
    { ...script, ...changed },
    clientHello({
      version: 'TLSv1.2',
      suites: [0xc030],
      groups: [29],
      serverName: 'a.example',
      random,
      ...hello,
    }),
  )

/** Whole and byte by byte must be the same. */
function read(bytes: Uint8Array, wholeFlight = true): ServerAnswer | undefined {
  const whole = new ServerAnswerReader({ wholeFlight })
  const answer = whole.push(bytes) ?? whole.end()
  const slow = new ServerAnswerReader({ wholeFlight })
  let last: ServerAnswer | undefined
  for (const octet of bytes) last ??= slow.push(new Uint8Array([octet]))
  expect(last ?? slow.end()).toEqual(
    answer?.kind === 'other' ? { ...answer, bytes: expect.anything() } : answer,
  )
  return answer
}

test('a flight of TLS 1.2 tells suite, group, chain and the wish for a certificate', () => {
  expect(read(answerTo({}))).toEqual({
    kind: 'hello',
    hello: {
      version: 'TLSv1.2',
      suite: 0xc030,
      retry: false,
      group: 29,
      compression: 0,
      extensions: [0xff01],
      certificates: [utf8('own'), utf8('issuer')],
      asksCertificate: true,
    },
  })
})

test('DHE tells the size of its prime', () => {
  const answer = read(answerTo({ suites: [0x009e] }, { primeBits: 1024 }))
  expect(answer).toMatchObject({ kind: 'hello', hello: { suite: 0x009e, primeBits: 1024 } })
})

test('a HelloRetryRequest tells what TLS 1.3 would choose', () => {
  const answer = read(answerTo({ version: 'TLSv1.3', suites: [0x1301, 0x1302], groups: [23] }))
  expect(answer).toMatchObject({
    kind: 'hello',
    hello: { version: 'TLSv1.3', suite: 0x1302, retry: true, group: 23 },
  })
})

test('alerts are told by their number; a warning before the hello is not the answer', () => {
  expect(read(answerTo({ version: 'TLSv1.1' }))).toEqual({ kind: 'alert', description: 70 })
  expect(read(concat([alert(112, 1), answerTo({})]))?.kind).toBe('hello')
  expect(read(alert(0, 1))).toEqual({ kind: 'alert', description: 0 })
})

test('an alert behind the hello does not take it back', () => {
  const whole = answerTo({})
  const hello = whole.slice(0, 5 + whole[3]! * 256 + whole[4]!)
  expect(read(concat([hello, alert(40)]))).toMatchObject({ kind: 'hello', hello: { suite: 0xc030 } })
})

test('without the flight the hello is enough', () => {
  expect(read(answerTo({}), false)).toMatchObject({ kind: 'hello', hello: { certificates: [] } })
})

test('an answer that breaks off is said as that, unless the hello was there', () => {
  const whole = answerTo({})
  expect(read(whole.slice(0, 20))).toMatchObject({ kind: 'other', why: 'the answer broke off' })
  expect(read(whole.slice(0, whole.length - 3))).toMatchObject({ kind: 'hello', hello: { suite: 0xc030 } })
  expect(new ServerAnswerReader({ wholeFlight: true }).end()).toBeUndefined()
})

test('what is no TLS is said as that, with its first octets', () => {
  const answer = read(utf8('220 mx.example ESMTP\r\n'))
  expect(answer).toMatchObject({ kind: 'other', why: 'the answer is no TLS record' })
  expect(read(utf8('HTTP/1.1 400 Bad Request\r\n'))?.kind).toBe('other')
  expect(read(new Uint8Array([22, 3, 3, 0xff, 0xff]))).toMatchObject({
    why: 'a record is longer than TLS allows',
  })
})

test('an endless answer ends', () => {
  const reader = new ServerAnswerReader({ wholeFlight: true })
  const warning = concat(Array.from({ length: 2000 }, () => alert(90, 1)))
  let answer: ServerAnswer | undefined
  for (let i = 0; i < 100 && !answer; i++) answer = reader.push(warning)
  expect(answer).toMatchObject({ kind: 'other', why: 'more octets than any handshake has' })
})

test('no octets make it throw', () => {
  assert(
    property(uint8Array({ maxLength: 400 }), boolean(), (noise, asRecord) => {
      const bytes = asRecord
        ? concat([new Uint8Array([22, 3, 3, noise.length >> 8, noise.length & 255]), noise])
        : noise
      const reader = new ServerAnswerReader({ wholeFlight: true })
      reader.push(bytes)
      reader.end()
    }),
  )
  const whole = answerTo({})
  assert(
    property(nat(whole.length - 1), nat(255), (place, octet) => {
      const reader = new ServerAnswerReader({ wholeFlight: true })
      reader.push(whole.with(place, octet))
      reader.end()
    }),
  )
})
