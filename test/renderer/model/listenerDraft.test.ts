import { assert, constantFrom, option, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkListener,
  configOf,
  draftOf,
  newListener,
  readPort,
  refusals,
} from '#renderer/model/listenerDraft.ts'
import { ruleOf } from '#renderer/model/server.ts'
import { listenerPresets } from '#shared/knowledge/listenerPresets.ts'
import { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { listenerStatus } from '#test/support/mail.ts'

const addressSaid = (address: string) =>
  checkListener({ ...newListener(), port: '1025', address }, []).address

/** Every field of the contract, set otherwise than by default. */
const everything: Required<ListenerConfig> = {
  label: 'All of it',
  enabled: false,
  relay: true,
  address: '127.0.0.2',
  port: 587,
  mappedPort: 0,
  tls: 'implicit',
  auth: 'required',
  authOnlyAfterTls: true,
  anyPassword: true,
  mechanisms: ['login', 'plain'],
  clientCertificate: 'required',
  clientCa: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
  allowOutside: true,
  tlsVersions: { min: '1.0', max: '1.2' },
  ciphers: 'ECDHE+AESGCM:!aNULL',
  certificate: 'mx',
  extensions: ['SIZE', 'HELP'],
  bareLineEnds: 'keep',
  limits: {
    messageSize: 1, recipients: 2, connections: 3, connectionsPerAddress: 4, idle: 5, session: 6, line: 17, textLine: 8,
    commands: 9, errors: 10, transactions: 11,
  },
} // prettier-ignore

describe('no field is lost', () => {
  test('a listener with every field of the contract goes through the form whole', () => {
    expect(Object.keys(everything).toSorted()).toEqual(Object.keys(ListenerConfig.shape).toSorted())
    expect(configOf(draftOf(everything))).toEqual(everything)
    expect(checkListener(draftOf(everything), [])).toEqual({})
  })
  test('so does any part of them, and no field comes into being', () => {
    const { address, port, tls, auth, authOnlyAfterTls, allowOutside, ...optional } = everything
    const names = Object.keys(optional)
    const parts = record(Object.fromEntries(names.map((name) => [name, option(constantFrom(true))])))
    assert(
      property(parts, (chosen) => {
        const some = Object.fromEntries(Object.entries(optional).filter(([name]) => chosen[name]))
        const rule = ListenerConfig.parse({
          address,
          port,
          tls,
          auth,
          authOnlyAfterTls,
          allowOutside,
          ...some,
        })
        expect(configOf(draftOf(rule))).toEqual(rule)
      }),
    )
  })
  test('so does every preset', () => {
    for (const listener of listenerPresets.flatMap(({ listeners }) => listeners)) {
      const rule = ListenerConfig.parse(listener)
      expect(configOf(draftOf(rule))).toEqual(rule)
    }
  })
})

describe('a listener’s form', () => {
  test('goes round', () => {
    const rule = ruleOf(listenerStatus())
    expect(rule).toEqual(ListenerConfig.parse({ port: 2525 }))
    expect(configOf(draftOf(rule))).toEqual(rule)
  })
  test.each([
    ['0', 0],
    ['65535', 65535],
    ['65536', null],
    ['-1', null],
    ['25.5', null],
    ['', null],
  ])('port %j is %j', (text, port) => {
    expect(readPort(text)).toBe(port)
  })
  test('a wrong port is named with what would be right', () => {
    expect(checkListener({ ...newListener(), port: '70000' }, []).port).toMatch(/“70000”.*0 to 65535/)
  })
  test('an address that others can reach is refused here', () => {
    expect(checkListener({ ...newListener(), port: '1025', address: '0.0.0.0' }, []).address).toMatch(
      /other machines/,
    )
    expect(addressSaid('fe80::1%eth0')).toContain('can be reached from other machines')
    expect(addressSaid('nonsense')).toBe(
      '“nonsense” is no IP address. Write one of this computer, as 127.0.0.1 or ::1.',
    )
    expect(checkListener({ ...newListener(), port: '1025', address: '::1' }, [])).toEqual({})
  })
  test('two listeners cannot have one port, unless the system chooses it', () => {
    const other = ruleOf(listenerStatus())
    expect(checkListener({ ...newListener(), port: '2525' }, [other]).port).toMatch(/has a listener already/)
    expect(checkListener({ ...newListener(), port: '0' }, [{ ...other, port: 0 }])).toEqual({})
  })
  test('sign-in after TLS needs TLS', () => {
    const draft = { ...newListener(), port: '1025', tls: 'plain' as const, authOnlyAfterTls: true }
    expect(checkListener(draft, []).auth).toMatch(/nobody could sign in/)
    expect(checkListener({ ...draft, auth: 'off' }, [])).toEqual({})
  })
})

const wrong = (change: Partial<ReturnType<typeof newListener>>) =>
  checkListener({ ...newListener(), port: '1025', ...change }, [])
const pem = (name: string) => `-----BEGIN ${name}-----\nAAAA\n-----END ${name}-----`

describe('each field says what is wrong with it', () => {
  test.each([
    ['label', { label: 'x'.repeat(61) }],
    ['mappedPort', { mappedPort: '99999' }],
    ['mechanisms', { mechanisms: [] }],
    ['tlsVersions', { tlsVersions: { min: '1.3', max: '1.2' } }],
    ['clientCa', { clientCa: 'x' }],
    ['clientCa', { clientCa: pem('CERTIFICATE') + pem('PRIVATE KEY') }],
    ['extensions', { extensions: ['BINARYMIME'] }],
    ['limits.line', { limits: { line: '1' } }],
  ] as const)('%s of %j', (field, change) => {
    expect(Object.keys(wrong(change as Partial<ReturnType<typeof newListener>>))).toEqual([field])
  })
  test('what is allowed: another address by consent, no mechanism without sign-in', () => {
    expect(wrong({ address: '0.0.0.0', allowOutside: true })).toEqual({})
    expect(wrong({ auth: 'off', mechanisms: [] })).toEqual({})
    expect(configOf({ ...newListener(), auth: 'off', mechanisms: [] })).not.toHaveProperty('mechanisms')
  })
})

const told = (field: string) => ({ field, value: 'v', message: 'is wrong' })

test('what the engine refused is parted by place; a port that is taken is no refusal', () => {
  expect(
    refusals([told('listeners[1].ciphers'), told('listeners[0].ciphers'), told('listeners[2]')], 1),
  ).toEqual({
    fields: { ciphers: '“v” is wrong.' },
    elsewhere: ['“v” is wrong.'],
    saved: false,
  })
  expect(refusals([told('listeners[1]')], 1)).toEqual({ fields: {}, elsewhere: [], saved: true })
})
test('a new one of the relay is one, and any other says nothing of it', () => {
  expect(newListener(true).relay).toBe(true)
  expect('relay' in newListener()).toBe(false)
})
