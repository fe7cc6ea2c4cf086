import { array, assert, constantFrom, double, integer, property, record } from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { byPreference, findExchangers } from '#engine/relay/route/exchangers.ts'
import type { Asking, Candidate } from '#engine/relay/route/types.ts'
import { a, aaaa, bits, cname, codes, mx, txt, withCode } from '#test/support/dns/scriptedDns.ts'
import { askingOf, stopRoutes } from '#test/support/relay/routeRun.ts'

afterEach(stopRoutes)

type Script = Parameters<typeof askingOf>[0]
const find = async (domain: string, script: Script = [], given: Parameters<typeof askingOf>[1] = {}) =>
  findExchangers(domain, 25, await askingOf(script, given))
const domain = 'gannet.example'

describe('MX', () => {
  const records = [
    mx(domain, 20, 'mx2.gannet.example'), mx(domain, 10, 'MX1.gannet.example'), mx(domain, 30, 'mx1.gannet.example'),
    a('MX1.gannet.example', '198.51.100.1'), a('mx1.gannet.example', '198.51.100.1'),
    a('mx2.gannet.example', '198.51.100.2'), aaaa('mx2.gannet.example', '2001:db8:1::2'),
  ] // prettier-ignore
  test('by preference, each host once, with its addresses', async () => {
    const found = await find(domain, records)
    expect(found).toMatchObject({ kind: 'hosts', by: 'mx', security: 'unproven' })
    const hosts = found.kind === 'hosts' ? found.hosts : []
    expect(hosts.map(({ preference, host }) => `${preference} ${host}`)).toEqual(['10 mx1.gannet.example', '20 mx2.gannet.example']) // prettier-ignore
    expect(hosts[1]?.addresses.toSorted()).toEqual(['198.51.100.2', '2001:db8:1::2'])
  })
  test('the null MX, and no such domain, are for good', async () => {
    expect(await find(domain, [mx(domain, 0, '.')])).toMatchObject({ kind: 'failed', permanent: true, code: 556, enhanced: '5.1.10' }) // prettier-ignore
    expect(await find(domain)).toMatchObject({ permanent: true, code: 550, enhanced: '5.1.2', words: 'The domain gannet.example does not exist in DNS.' }) // prettier-ignore
    expect(await find(domain, [txt(domain, 'x')])).toMatchObject({ enhanced: '5.1.2', words: expect.stringContaining('neither MX nor address') }) // prettier-ignore
  })
  test('without MX the domain is its own', async () => {
    expect(await find(domain, [a(domain, '198.51.100.9')])).toMatchObject({ kind: 'hosts', by: 'domain', hosts: [{ host: domain, preference: 0, addresses: ['198.51.100.9'] }] }) // prettier-ignore
  })
  test.each([['SERVFAIL', codes.serverFailure], ['REFUSED', codes.refused]])('%s is for now', async (_, code) => {
    expect(await find(domain, () => withCode(code))).toMatchObject({ kind: 'failed', permanent: false, code: 451, enhanced: '4.4.3' })
  }) // prettier-ignore
  test('silence is for now', async () => {
    expect(await find(domain, () => undefined, { timeout: 100 })).toMatchObject({
      permanent: false,
      enhanced: '4.4.3',
    })
  })
  test('a forged answer is for now, and called that', async () => {
    const forged: Script = ({ bits: { unchecked } }) => (unchecked ? { answers: [mx(domain, 1, 'x.example')] } : withCode(codes.serverFailure)) // prettier-ignore
    expect(await find(domain, forged, { validating: true })).toMatchObject({ permanent: false, enhanced: '4.4.3', words: expect.stringContaining('forged') }) // prettier-ignore
  })
  test('what leads nowhere is left out and said; an alias is taken', async () => {
    const found = await find(domain, [
      mx(domain, 5, '192.0.2.1'), mx(domain, 6, '.'), mx(domain, 7, 'nobody.example'), mx(domain, 8, 'a!b.example'),
      mx(domain, 9, 'alias.example'), cname('alias.example', 'real.example'), a('real.example', '198.51.100.3'), a('a!b.example', '198.51.100.4'),
    ]) // prettier-ignore
    expect(found).toMatchObject({ hosts: [{ host: 'alias.example', addresses: ['198.51.100.3'] }] })
    const said = found.kind === 'hosts' ? found.remarks.join('\n') : ''
    expect(said.split('\n')).toHaveLength(4)
    for (const words of ['is an address', 'null MX', 'nobody.example of gannet.example does not exist', 'no name that a host can have']) expect(said).toContain(words) // prettier-ignore
  })
  test('when nobody is left: for good, or for now where DNS was silent', async () => {
    const dead = [mx(domain, 7, 'nobody.example')]
    expect(await find(domain, dead)).toMatchObject({ permanent: true, code: 550, enhanced: '5.4.4' })
    const silent: Script = ({ name }) => (name === domain ? { answers: dead, flags: bits.recursion } : withCode(codes.serverFailure)) // prettier-ignore
    expect(await find(domain, silent)).toMatchObject({ permanent: false, enhanced: '4.4.3', words: expect.stringContaining('could not be looked up') }) // prettier-ignore
  })
  test('time that is over is for now', async () => {
    const asking = await askingOf(records)
    expect(await findExchangers(domain, 25, { ...asking, signal: AbortSignal.abort() })).toMatchObject({ permanent: false, enhanced: '4.4.3' }) // prettier-ignore
  })
})

describe('what is no name in DNS', () => {
  test('a literal is gone to, and nobody is asked', async () => {
    const asking = await askingOf([])
    for (const [literal, address] of [['[192.0.2.1]', '192.0.2.1'], ['[ipv6:2001:db8::1]', '2001:db8::1']] as const)
      expect(await findExchangers(literal, 25, asking)).toMatchObject({ by: 'literal', hosts: [{ host: address, addresses: [address] }] })
    expect(asking.dns.asked).toEqual([])
  }) // prettier-ignore
  test.each(['', '[x400:foo]', '[192.0.2.999]', '12345', '0x7f.1', 'a b', 'ä'.repeat(300), `${'a'.repeat(64)}.example`])('%j is refused', async (name) => {
    const asking = await askingOf([])
    expect(await findExchangers(name, 25, asking)).toMatchObject({ permanent: true, enhanced: '5.1.2' })
    expect(asking.dns.asked).toEqual([])
  }) // prettier-ignore
  test('an international name is asked for in A-labels', async () => {
    expect(await find('Bücher.example', [mx('xn--bcher-kva.example', 1, 'mx.example'), a('mx.example', '198.51.100.1')])).toMatchObject({ hosts: [{ host: 'mx.example' }] }) // prettier-ignore
  })
  test('names of this computer are not asked of a name server', async () => {
    const asking = await askingOf([])
    const found = await findExchangers('localhost', 25, asking)
    expect(found).toMatchObject({ by: 'domain', hosts: [{ host: 'localhost', addresses: expect.arrayContaining(['127.0.0.1']) }] }) // prettier-ignore
    expect(await findExchangers('nobody-here.localhost.', 25, asking)).toBeDefined()
    expect(asking.dns.asked).toEqual([])
  })
})

const isSelf: Asking['isSelf'] = ({ host }, port) => port === 25 && host === 'self.example'

describe('this program among them', () => {
  const records = [
    mx(domain, 10, 'a.example'), mx(domain, 20, 'b.example'), mx(domain, 20, 'self.example'), mx(domain, 30, 'c.example'),
    ...['a', 'b', 'self', 'c'].map((name, at) => a(`${name}.example`, `198.51.100.${at}`)),
  ] // prettier-ignore
  test('only those before it are left', async () => {
    expect(await find(domain, records, { isSelf })).toMatchObject({ hosts: [{ host: 'a.example' }], remarks: [expect.stringContaining('self.example is this program itself')] }) // prettier-ignore
    const other = await findExchangers(domain, 2525, await askingOf(records, { isSelf }))
    expect(other.kind === 'hosts' && other.hosts.length).toBe(4)
  })
  test('none left is a loop', async () => {
    const first = [mx(domain, 5, 'self.example'), ...records]
    expect(await find(domain, first, { isSelf })).toMatchObject({
      permanent: true,
      code: 554,
      enhanced: '5.4.6',
    })
    expect(await find('[192.0.2.4]', [], { isSelf: () => true })).toMatchObject({ enhanced: '5.4.6' })
  })
})

const inOrder = (given: Pick<Candidate, 'host' | 'preference'>[], random: number): void => {
  const all: Candidate[] = given.map((one) => ({ ...one, addresses: [] }))
  const sorted = byPreference(all, () => random)
  expect(sorted.map(({ preference }) => preference)).toEqual(all.map(({ preference }) => preference).toSorted((x, y) => x - y)) // prettier-ignore
  expect(sorted.toSorted((x, y) => all.indexOf(x) - all.indexOf(y))).toEqual(all)
}
describe('the order', () => {
  const hosts = array(record({ host: constantFrom('a', 'b', 'c', 'd', 'e'), preference: integer({ min: 0, max: 3 }) }), { maxLength: 12 }) // prettier-ignore
  test('is that of the preferences, whatever chance says, and loses nobody', () => {
    const chance = double({ min: 0, max: 1, noNaN: true })
    assert(property(hosts, chance, inOrder))
  })
  test('is none among equals', () => {
    const equal = ['a', 'b', 'c'].map((host) => ({ host, preference: 5, addresses: [] }))
    const first = new Set([0, 0.4, 0.9].map((random) => byPreference(equal, () => random)[0]?.host))
    expect(first.size).toBeGreaterThan(1)
  })
})
