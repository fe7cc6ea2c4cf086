import { expect, test } from 'vitest'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { inDomain, relayAddresses, relayDomains } from '#shared/relay/rulesByRecipient.ts'

const to = (recipient: string) => ({ client: '10.0.0.1', secured: false, sender: '', recipient })

test('the first domain that holds, by itself or below another; an asterisk alone is none', () => {
  const domains = ['*', 'b.example', '*.b.example', '*.example', 'b.example'].map((domain) => ({ domain }))
  const { first, rules } = relayDomains({ ...emptyPolicy(), relayDomains: domains })
  expect(['a@b.example', 'a@x.b.example', 'a@c.example', 'a@example', 'a@*', 'a'].map((one) => first(to(one)))).toEqual([1, 2, 3, -1, -1, -1]) // prettier-ignore
  expect(rules[0]?.look(to('a@b.example')).compared).toBe('* alone names no domain')
})
test('the first address or pattern that holds; one that cannot be read says why', () => {
  const patterns = ['/(/', '/@x\\.example$/', 'lee@x.example', 'lee@y.example'].map((pattern) => ({ pattern })) // prettier-ignore
  const { first, rules } = relayAddresses({ ...emptyPolicy(), relayAddresses: patterns })
  expect(['lee@x.example', 'Lee@Y.example', 'lee@z.example'].map((one) => first(to(one)))).toEqual([1, 3, -1])
  expect(rules[0]?.look(to('a@b')).compared).toMatch(/^The pattern is no pattern/)
})
test('U-labels are their A-labels', () => {
  expect(inDomain('xn--bcher-kva.example', 'Bücher.example')).toBe(true)
  expect(inDomain('x.BÜCHER.example', '*.xn--bcher-kva.example')).toBe(true)
  const { first } = relayAddresses({ ...emptyPolicy(), relayAddresses: [{ pattern: '/@bücher\\.example$/' }, { pattern: 'lee@xn--bcher-kva.example' }] }) // prettier-ignore
  expect([first(to('a@xn--bcher-kva.example')), first(to('lee@bücher.example'))]).toEqual([0, 0])
})
test('a domain that ends with a sigma is found and looked at alike', () => {
  const { first, rules } = relayDomains({ ...emptyPolicy(), relayDomains: [{ domain: 'example.οδοσ' }] })
  expect(first(to('a@example.ΟΔΟΣ'))).toBe(0)
  expect(rules[0]?.look(to('a@example.ΟΔΟΣ')).relay).toBe(true)
})
