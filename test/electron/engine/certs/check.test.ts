import { beforeAll, expect, test } from 'vitest'
import { canonicalName, certificateNames, checkAuthority, checkServer } from '#engine/certs/check.ts'
import {
  authorityDays,
  makeAuthority,
  makeServerCertificate,
  serverDays,
  type KeyPair,
} from '#engine/certs/make.ts'

const now = new Date('2026-01-01T00:00:00Z')
const days = (n: number) => new Date(now.getTime() + n * 86_400_000)
const names = ['mx.test', '::1', '127.0.0.1']
let authority: KeyPair
let server: KeyPair
beforeAll(async () => {
  authority = await makeAuthority(now)
  server = await makeServerCertificate(authority, names, now)
})

test('a fresh pair is good; names are compared whatever their order and case', () => {
  expect(checkAuthority(authority, now).state).toBe('good')
  expect(checkServer(server, authority.cert, ['127.0.0.1', 'MX.test', '0:0:0:0:0:0:0:1'], now).state).toBe(
    'good',
  )
  expect(certificateNames(server.cert)).toEqual(['127.0.0.1', '::1', 'mx.test'])
  expect(canonicalName('2001:DB8:0:0::1')).toBe('2001:db8::1')
})

test('thirty days before its end a certificate is due', () => {
  expect(checkServer(server, authority.cert, names, days(serverDays - 31)).state).toBe('good')
  expect(checkServer(server, authority.cert, names, days(serverDays - 30)).state).toBe('due')
  expect(checkAuthority(authority, days(authorityDays - 29))).toMatchObject({ state: 'due' })
  expect(checkAuthority(authority, days(-2))).toEqual({ state: 'due', why: 'it is not valid yet' })
})

test('a changed name or another authority makes a server certificate due', async () => {
  expect(checkServer(server, authority.cert, ['other.test'], now)).toMatchObject({ state: 'due' })
  const other = await makeAuthority(now)
  expect(checkServer(server, other.cert, names, now)).toMatchObject({
    state: 'due',
    why: /another authority/,
  })
})

test('what cannot be read or does not belong together is damaged', () => {
  const half = { cert: authority.cert.slice(0, 200), key: authority.key }
  expect(checkAuthority(half, now)).toEqual({ state: 'damaged', why: 'the certificate cannot be read' })
  expect(checkAuthority({ cert: authority.cert, key: '' }, now)).toMatchObject({ state: 'damaged' })
  expect(checkAuthority({ cert: authority.cert, key: server.key }, now)).toMatchObject({ state: 'damaged' })
  expect(checkAuthority(server, now)).toMatchObject({ state: 'damaged' })
})
