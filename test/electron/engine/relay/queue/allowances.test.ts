import { expect, test } from 'vitest'
import { allowanceKey, Allowances, isShared } from '#engine/relay/queue/allowances.ts'
import { outboundRules } from '#shared/relay/outbound.ts'
import { emptyPolicy, type DomainPolicy } from '#shared/relay/policy.ts'

const smarthost = { host: 'smart.example', port: 587, tls: 'starttls' } as const
const rulesOf = (domains: DomainPolicy[], domain: string, of: DomainPolicy[] = []) =>
  outboundRules({ ...emptyPolicy(), domains, virtualMtas: [{ name: 'm', sourceHosts: [], domains: of }] }, 'm', domain) // prettier-ignore
const keyOf = (domains: DomainPolicy[], domain: string, of?: DomainPolicy[]): string =>
  allowanceKey({ domain, virtualMta: 'm', route: { key: 'r', rules: rulesOf(domains, domain, of) } })

test('without a limit the default holds for the route', () => {
  expect(keyOf([{ domain: '*', smarthost }], 'a.example')).toBe('route r')
})

test('a limit is one for each domain and virtual MTA, also that of `domain *`', () => {
  const limited: DomainPolicy[] = [{ domain: '*', maxConnections: 20 }]
  expect([keyOf(limited, 'a.example'), keyOf(limited, 'b.example')]).toEqual([
    'domain a.example m',
    'domain b.example m',
  ])
})

test('limits beside a smarthost hold for all that goes by that entry', () => {
  const entry: DomainPolicy = { domain: '*', smarthost, maxConnections: 2, maxRate: { messages: 2, per: 1000 } } // prettier-ignore
  expect([keyOf([entry], 'a.example'), keyOf([entry], 'b.example')]).toEqual(['entry domain *', 'entry domain *']) // prettier-ignore
  expect(keyOf([], 'a.example', [entry])).toBe('entry virtual-mta m, domain *')
  // A nearer entry makes a queue of its own, with all its limits.
  expect(keyOf([entry, { domain: 'b.example', maxConnections: 1 }], 'b.example')).toBe('domain b.example m')
  expect(keyOf([entry, { domain: 'b.example', retryAfter: [60_000] }], 'b.example')).toBe('entry domain *')
  expect(isShared(rulesOf([entry], 'a.example'))).toBe(true)
})

test('what allows all again is forgotten; what does not is remembered, of so many queues', () => {
  let micros = 0
  const all = new Allowances(() => micros)
  const hourly = { rules: rulesOf([{ domain: '*', maxRate: { messages: 1, per: 3_600_000 } }], 'a.example') }
  const spent = all.for('domain a', hourly)
  spent.spend(micros)
  all.for('domain b', hourly)
  const used = all.for('domain c', hourly)
  used.lanes++
  micros = 20_000_000
  all.for('domain d', hourly)
  expect(all.size).toBe(3)
  expect([all.for('domain a', hourly) === spent, all.for('domain c', hourly) === used]).toEqual([true, true])
  for (let n = 0; n < 100_010; n++) all.for(`${n}`, hourly).spend(micros)
  micros = 40_000_000
  all.for('domain e', hourly)
  expect(all.size).toBe(100_002)
  expect(all.for('domain c', hourly)).toBe(used)
})
