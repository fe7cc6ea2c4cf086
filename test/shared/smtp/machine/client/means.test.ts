import { expect, test } from 'vitest'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import { ClientCore } from '#shared/smtp/machine/client/core.ts'
import { bindingOf, checkCredentials, goesWithAuth, mechanismFor, meansOf, secretOf } from '#shared/smtp/machine/client/means.ts' // prettier-ignore
import type { ClientAuth } from '#shared/smtp/machine/options.ts'
import type { BindingType } from '#shared/smtp/sasl/mechanism.ts'
import type { Tls } from '#shared/smtp/machine/types.ts'
import { auth, clientOptions } from '#test/support/smtp/pump.ts'

const given = (change: Partial<ClientAuth> = {}): ClientAuth => ({ ...auth(), ...change })
const octets = (type: BindingType) => new TextEncoder().encode(type)
const tlsWith = (version: string, ...types: BindingType[]): Tls => ({
  version,
  cipher: 'x',
  verified: true,
  binding: (type) => (types.includes(type) ? octets(type) : null),
})

test.each([
  ['TLSv1.3', ['tls-exporter', 'tls-unique', 'tls-server-end-point'], 'tls-exporter'],
  ['TLSv1.2', ['tls-unique', 'tls-server-end-point'], 'tls-unique'],
  ['TLSv1.2', ['tls-server-end-point'], 'tls-server-end-point'],
  ['TLSv1.3', ['tls-unique'], undefined],
] as const)('on %s with %j the binding is %s', (version, types, type) =>
  expect(bindingOf(given(), tlsWith(version, ...types))?.type).toBe(type),
)

test('a kind that was asked for is taken, or none', () => {
  const tls = tlsWith('TLSv1.3', 'tls-exporter', 'tls-server-end-point')
  expect(bindingOf(given({ channelBinding: 'tls-server-end-point' }), tls)).toEqual({ type: 'tls-server-end-point', data: octets('tls-server-end-point') }) // prettier-ignore
  expect(bindingOf(given({ channelBinding: 'tls-unique' }), tls)).toBeNull()
  expect(bindingOf(given(), null)).toBeNull()
})

test('what the secret is: said, or seen from what is there', () => {
  expect(secretOf(given())).toBe('password')
  expect(secretOf(given({ secret: 'token' }))).toBe('token')
  expect(secretOf(given({ password: '', certificate: true }))).toBe('none')
  expect(secretOf(given({ password: '' }))).toBe('password')
})

test('the first response goes along while the line is a command’s (RFC 4954 §4)', () => {
  expect([512, 513].map((size) => goesWithAuth(given(), size))).toEqual([true, false])
  const on = given({ initialResponse: 'on' })
  expect([513, 12_288, 12_289].map((size) => goesWithAuth(on, size))).toEqual([true, true, false])
  expect(goesWithAuth(given({ initialResponse: 'off' }), 10)).toBe(false)
})

test('what can never be sent is refused at the start, without its value', () => {
  const bad = { mechanism: 'xoauth2', password: 'two words' } as const
  expect(() => checkCredentials(given(bad))).toThrow(/^XOAUTH2: the token holds/)
  expect(() => createClientMachine(clientOptions({ auth: given(bad) }))).toThrow(RangeError)
  // SCRAM cannot carry it, PLAIN can: auto goes on.
  expect(() => checkCredentials(given({ password: 'x\ue000' }))).not.toThrow()
  expect(() => checkCredentials(given({ mechanism: 'scram-sha-1', password: 'x\ue000' }))).toThrow(
    /SCRAM-SHA-1/,
  )
  expect(() => checkCredentials(given({ password: 'a\0b' }))).toThrow(RangeError)
})

test('a mechanism that this connection or these credentials cannot have is none', () => {
  const core = new ClientCore(clientOptions({ auth: given() }))
  expect(mechanismFor(core, 'SCRAM-SHA-1')?.name).toBe('SCRAM-SHA-1')
  for (const name of ['SCRAM-SHA-1-PLUS', 'GSSAPI']) expect(mechanismFor(core, name)).toBeNull()
  expect(mechanismFor(new ClientCore(clientOptions()), 'PLAIN')).toBeNull()
  expect(meansOf(core)).toMatchObject({
    sealed: false,
    bindable: false,
    secret: 'password',
    certificate: false,
  })
})
