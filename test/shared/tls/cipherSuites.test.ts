import { expect, test } from 'vitest'
import { cipherSuiteName, cipherSuites, offersFor, weaknessOf } from '#shared/tls/cipherSuites.ts'

const suite = (number: number) => cipherSuites.get(number)!
const grades = (numbers: number[]) => numbers.map((number) => weaknessOf(suite(number))?.grade ?? 'good')

test('a name tells key exchange and kind of cipher', () => {
  expect(suite(0xc02f)).toEqual({
    number: 0xc02f,
    name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    tls13: false,
    aead: true,
    keyExchange: 'ECDHE',
    forwardSecret: true,
    anonymous: false,
  })
  expect(suite(0x1301)).toMatchObject({ name: 'TLS_AES_128_GCM_SHA256', tls13: true, forwardSecret: true })
  expect(suite(0x000a)).toMatchObject({ keyExchange: 'RSA', aead: false, forwardSecret: false })
  expect(suite(0x0018)).toMatchObject({ keyExchange: 'DH', anonymous: true })
  expect(cipherSuiteName(0xfffe)).toBe('cipher suite 0xfffe')
})

test('values that are signals are not offered', () => {
  for (const signal of [0x0000, 0x00ff, 0x5600, 0x0a0a]) expect(cipherSuites.has(signal)).toBe(false)
  expect(cipherSuites.size).toBeGreaterThan(250)
})

test('weaknesses by RFC 9325: broken, dated, or nothing to say', () => {
  // NULL, anonymous, export, RC4, DES, TLS 1.3 without encryption
  expect(grades([0x0002, 0x0034, 0x0003, 0x0005, 0x0009, 0xc0b4])).toEqual(Array(6).fill('broken'))
  // 3DES, RSA key exchange, CBC
  expect(grades([0xc012, 0x009c, 0xc013])).toEqual(['dated', 'dated', 'dated'])
  expect(grades([0xc02f, 0xcca8, 0x1301, 0x009e])).toEqual(['good', 'good', 'good', 'good'])
  expect(weaknessOf(suite(0x009c))?.why).toContain('forward secrecy')
})

test('each version is offered every suite it can have, once, in lists that middleboxes bear', () => {
  for (const version of ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const) {
    const lists = offersFor(version)
    const all = lists.flat()
    expect(new Set(all).size).toBe(all.length)
    expect(Math.max(...lists.map((list) => list.length))).toBeLessThan(128)
    expect(all.every((number) => suite(number).tls13 === (version === 'TLSv1.3'))).toBe(true)
    if (version !== 'TLSv1.2' && version !== 'TLSv1.3') expect(all.some((n) => suite(n).aead)).toBe(false)
  }
  expect(offersFor('TLSv1.2').flat().length + offersFor('TLSv1.3').flat().length).toBe(cipherSuites.size)
})

test('what servers of today have on stands on the first list', () => {
  const [first] = offersFor('TLSv1.2')
  for (const number of [0xc02f, 0xc030, 0xcca8, 0xcca9, 0x009e, 0xc013, 0x002f, 0x000a])
    expect(first).toContain(number)
})
