import { expect, test } from 'vitest'
import { readHeader } from '#engine/relay/intakeHeader.ts'
import { askedIn, chooseWays } from '#engine/relay/intakeWays.ts'
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'
import { utf8 } from '#shared/bytes/bytes.ts'

const mta = (name: string) => ({ name, sourceHosts: [], domains: [] })
const policy = (change: Partial<RelayPolicy>): RelayPolicy => ({
  ...emptyPolicy(),
  sources: [{ match: '10.0.0.0/8', processVirtualMtaHeader: true }],
  virtualMtas: ['mta1', 'mta2', 'mta3', 'mta4'].map(mta),
  ...change,
})
const header = (text: string) => readHeader(utf8(text), true, new Set(['x-virtual-mta']))
const ways = (change: Partial<RelayPolicy>, to: readonly string[], text = '', client = '10.0.0.1') =>
  chooseWays(policy(change), { client, user: null, sender: 'a@b.test', header: header(text) }, to.map((address) => ({ address, state: 'open' }))) // prettier-ignore

test('the field is taken out for clients whose source lets them ask, and for nobody else', () => {
  const text = 'X-Virtual-MTA: mta1\r\nA: b\r\nX-Virtual-MTA: c\r\nX-Virtual-MTA: d\r\n\r\n'
  expect(askedIn(header(text), policy({}), '10.0.0.1')).toEqual({ cuts: [[0, 21], [27, 63]], taken: 3, remarks: [] }) // prettier-ignore
  expect(askedIn(header(text), policy({}), '192.0.2.1')).toMatchObject({ cuts: [], taken: 0, remarks: [/neither heeded/] }) // prettier-ignore
  expect(askedIn(header('A: b\r\n'), policy({}), '192.0.2.1')).toEqual({ cuts: [], taken: 0, remarks: [] })
  const many = 'X-Virtual-MTA: a\r\nB: c\r\n'.repeat(101)
  expect(askedIn(header(many), policy({}), '10.0.0.1')).toBe('too many')
  expect(askedIn(header(many), policy({}), '192.0.2.1')).toMatchObject({ cuts: [] })
})

test('a name that nobody has is said, and cut where it is long', () => {
  const asked = askedIn(header(`X-Virtual-MTA: ${'x'.repeat(900)}\r\n`), policy({}), '10.0.0.1')
  expect(asked).toMatchObject({ taken: 1, remarks: [`It asks for virtual MTA ${'x'.repeat(64)}, and there is none of that name.`] }) // prettier-ignore
})

test('one way for all is the message’s; the header goes before the rules', async () => {
  const virtualMtaRules = [{ of: 'rcpt-to' as const, pattern: '/x/', virtualMta: 'mta1' }]
  expect(await ways({ virtualMtaRules }, ['x@a.test', 'y@a.test'], 'X-Virtual-MTA: mta2\r\n')).toMatchObject({
    virtualMta: 'mta2',
    destinations: [{ virtualMta: undefined }, { virtualMta: undefined }],
  })
  expect(await ways({ virtualMtaRules }, ['y@a.test'])).toMatchObject({ because: 'no rule names a virtual MTA' }) // prettier-ignore
})

test('several ways are told in the order in which they were found, the first three of them', async () => {
  const virtualMtaRules = ['1', '2', '3', '4'].map((n) => ({ of: 'rcpt-to' as const, pattern: `/^${n}/`, virtualMta: `mta${n}` })) // prettier-ignore
  const { virtualMta, because, destinations } = await ways({ virtualMtaRules }, ['2@a.test', '1@a.test', '0@a.test', '3@a.test', '22@a.test', '4@a.test']) // prettier-ignore
  expect(virtualMta).toBeUndefined()
  expect(because).toBe('its recipients go different ways: virtual MTA mta2, because rcpt-to matches /^2/; virtual MTA mta1, because rcpt-to matches /^1/; no virtual MTA, because no rule names a virtual MTA; 2 more') // prettier-ignore
  expect(destinations.map((one) => one.virtualMta)).toEqual(['mta2', 'mta1', undefined, 'mta3', 'mta2', 'mta4']) // prettier-ignore
})
