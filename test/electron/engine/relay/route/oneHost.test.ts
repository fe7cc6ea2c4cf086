import { afterEach, describe, expect, test } from 'vitest'
import { hostDemand, wayByHost, type OneHost } from '#engine/relay/route/oneHost.ts'
import { a } from '#test/support/dns/scriptedDns.ts'
import { askingOf, stopRoutes } from '#test/support/relay/routeRun.ts'

afterEach(stopRoutes)

const from = { useStarttls: 'domain *', requireStarttls: 'default', retryAfter: '', bounceAfter: '' }
const place = { host: 'smart.example', port: 587, tls: 'starttls' } as const
const given = (more: Partial<OneHost> = {}): OneHost => ({
  place, password: undefined, called: 'smarthost', requireTls: false,
  rules: { useStarttls: true, requireStarttls: false, from }, ...more,
}) // prettier-ignore
const signedIn = (tls: 'plain' | 'starttls' | 'implicit') => given({ place: { ...place, tls, user: 'ann' }, password: 'hunter2' }) // prettier-ignore

const demandFor = (tls: 'plain' | 'starttls' | 'implicit', rules: object | null = {}) =>
  hostDemand(given({ place: { ...place, tls }, rules: rules && { ...given().rules!, ...rules } }), false)

describe('TLS', () => {
  test('with a password the certificate must be for the host, and never in clear', () => {
    expect(hostDemand(signedIn('starttls'), false)).toEqual({ level: 'verified', implicit: false, names: ['smart.example'], from: 'smarthost, with a password' }) // prettier-ignore
    expect(hostDemand(signedIn('implicit'), false)).toMatchObject({ level: 'verified', implicit: true })
    expect(hostDemand(signedIn('plain'), false)).toBeNull()
  })
  test('over loopback nobody stands between', () => {
    expect(hostDemand(signedIn('plain'), true)).toMatchObject({ level: 'off' })
    expect(hostDemand(signedIn('starttls'), true)).toMatchObject({ level: 'required', implicit: false })
    expect(hostDemand(signedIn('implicit'), true)).toMatchObject({ level: 'required', implicit: true })
  })
  test('without a password as it was set; what the rules demand or switch off holds', () => {
    expect(demandFor('starttls')).toMatchObject({ level: 'required', implicit: false, from: 'smarthost' })
    expect(demandFor('starttls', null)).toMatchObject({ level: 'required' })
    expect(demandFor('implicit')).toMatchObject({ level: 'required', implicit: true })
    expect(demandFor('plain')).toMatchObject({ level: 'off', from: 'smarthost' })
    const said = { from: { ...from, requireStarttls: 'domain x' } }
    expect(demandFor('starttls', said)).toEqual({ level: 'opportunistic', implicit: false, from: 'domain x' })
    expect(demandFor('starttls', { ...said, ca: '/ca.pem' })).toMatchObject({ level: 'verified' })
    expect(demandFor('implicit', said)).toMatchObject({ level: 'required' })
    expect(hostDemand({ ...signedIn('starttls'), rules: { ...given().rules!, ...said } }, true)).toMatchObject({ level: 'required' }) // prettier-ignore
    expect(demandFor('plain', { ...said, requireStarttls: true })).toMatchObject({
      level: 'required',
      from: 'domain x',
    })
    expect(demandFor('starttls', { useStarttls: false })).toMatchObject({ level: 'off', from: 'domain *' })
    expect(demandFor('implicit', { useStarttls: false })).toMatchObject({ level: 'required', implicit: true })
  })
  test('a smarthost whose authority the rules name must prove its name, unless there is no TLS', () => {
    const own = { ca: '/ca.pem', from: { ...from, ca: 'domain *' } }
    expect(demandFor('starttls', own)).toEqual({ level: 'verified', implicit: false, names: ['smart.example'], from: 'smtp-ca, domain *' }) // prettier-ignore
    expect(demandFor('implicit', own)).toMatchObject({ level: 'verified', implicit: true })
    expect(demandFor('plain', own)).toMatchObject({ level: 'off' })
    expect(hostDemand({ ...signedIn('starttls'), rules: { ...given().rules!, ...own } }, true)).toMatchObject({ level: 'verified' }) // prettier-ignore
  })
  test('REQUIRETLS is kept', () => {
    expect(hostDemand(given({ requireTls: true, place: { ...place, tls: 'plain' } }), true)).toMatchObject({ level: 'verified', from: 'REQUIRETLS' }) // prettier-ignore
  })
})

const records = [a('smart.example', '198.51.100.7'), a('local.example', '127.0.0.1')]
test('the host with its addresses and credentials', async () => {
  expect(await wayByHost(signedIn('starttls'), await askingOf(records))).toMatchObject({
    kind: 'way',
    host: { host: 'smart.example', addresses: ['198.51.100.7'] },
    auth: { user: 'ann', password: 'hunter2' },
  })
  const plain = await wayByHost(given(), await askingOf(records))
  expect(plain).toMatchObject({ kind: 'way', tls: { level: 'required' } })
  expect(plain).not.toHaveProperty('auth')
})
test.each([
  ['a host without address', given({ place: { ...place, host: 'nobody.example' } }), '4.4.3', 'No address of nobody.example'],
  ['a password that is missing', { ...signedIn('starttls'), password: undefined }, '4.3.5', 'No password is saved for user ann'],
  ['a password in clear', signedIn('plain'), '4.3.5', 'in clear. Set starttls or implicit'],
])('%s keeps the mail waiting', async (_, one, enhanced, words) => {
  const way = await wayByHost(one, await askingOf(records))
  expect(way).toMatchObject({ kind: 'failed', permanent: false, enhanced, words: expect.stringContaining(words) })
  expect(JSON.stringify(way)).not.toContain('hunter2')
}) // prettier-ignore
test('this program itself is not gone to', async () => {
  const asking = await askingOf(records, { isSelf: ({ addresses }, port) => port === 587 && addresses.includes('198.51.100.7') }) // prettier-ignore
  expect(await wayByHost(given(), asking)).toMatchObject({ kind: 'failed', permanent: false, enhanced: '4.4.6' }) // prettier-ignore
  expect(await wayByHost(given({ place: { ...place, port: 25 } }), asking)).toMatchObject({ kind: 'way' })
})
