import { expect, test } from 'vitest'
import { rulesFor } from '#engine/relay/route/rulesFor.ts'
import { outboundRules } from '#shared/relay/outbound.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'

const policy = () => ({
  ...emptyPolicy(),
  domains: [{ domain: 'gannet.example', requireStarttls: true }],
  virtualMtas: [{ name: 'mta1', sourceHosts: [], domains: [{ domain: '*', useStarttls: false }] }],
})

test('the rules, found once for each policy, virtual MTA and domain', () => {
  const one = policy()
  for (const [mta, domain] of [[undefined, 'gannet.example'], ['mta1', 'gannet.example'], ['mta1', 'x.example'], [undefined, 'x.example']] as const) {
    const rules = rulesFor(one, mta, domain)
    expect(rules).toEqual(outboundRules(one, mta, domain))
    expect(rulesFor(one, mta, domain.toUpperCase())).toBe(rules)
  }
}) // prettier-ignore
test('another policy is read anew', () => {
  const one = policy()
  expect(rulesFor(one, undefined, 'gannet.example').requireStarttls).toBe(true)
  expect(rulesFor({ ...one, domains: [] }, undefined, 'gannet.example').requireStarttls).toBe(false)
})
test('of more domains than it keeps each still has its own', () => {
  const one = policy()
  for (let at = 0; at < 3000; at++) rulesFor(one, undefined, `d${at}.example`)
  expect(rulesFor(one, undefined, 'gannet.example').requireStarttls).toBe(true)
  expect(rulesFor(one, undefined, 'd7.example').requireStarttls).toBe(false)
})
