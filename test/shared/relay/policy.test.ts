import { expect, test } from 'vitest'
import { emptyPolicy, RelayPolicy } from '#shared/relay/policy.ts'

test('nobody may relay in an empty policy, and it is a policy', () => {
  expect(RelayPolicy.parse(emptyPolicy())).toEqual(emptyPolicy())
})
const domain = (given: object) =>
  RelayPolicy.safeParse({ ...emptyPolicy(), domains: [{ domain: '*', ...given }] }).success

test('waits, ports and counts have bounds', () => {
  expect(domain({ retryAfter: [600_000] })).toBe(true)
  expect(domain({ retryAfter: [10] })).toBe(false)
  expect(domain({ bounceAfter: 99 * 86_400_000 })).toBe(false)
  expect(domain({ smarthost: { host: 'mail.example', port: 0 } })).toBe(false)
})
