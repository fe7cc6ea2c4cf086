import { expect, test } from 'vitest'
import { policyChanges } from '#renderer/model/relayChanges.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { shopPolicy } from '#test/support/relay/page.ts'

const policy = shopPolicy()
const said = (before = policy, after = policy) =>
  policyChanges(before, after).named.map(({ sign, words }) => `${sign} ${words}`)

test('nothing changed where only lines moved', () => {
  const moved = { ...policy, sources: policy.sources.map((one) => ({ ...one, line: 99 })) }
  expect(said(policy, moved)).toEqual([])
})
test('what is added, taken out and changed, by name', () => {
  const after = {
    ...policy,
    relayDomains: [{ domain: 'new.example' }],
    users: [{ name: 'shop', method: 'certificate' as const }],
    certificate: { path: '/c.pem' },
    listeners: [{ port: 25 }],
  }
  expect(said(policy, after)).toEqual([
    '~ user shop', '+ relay domain new.example', '− relay domain shop.example', '+ listener on port 25', '~ certificate /c.pem',
  ]) // prettier-ignore
})
test('an order of its own is a change', () => {
  expect(said(policy, { ...policy, sources: policy.sources.toReversed() })).toEqual(['~ order: each source'])
})
test('many changes are counted', () => {
  const relayDomains = Array.from({ length: 40 }, (_, place) => ({ domain: `d${place}.test` }))
  expect(policyChanges(emptyPolicy(), { ...emptyPolicy(), relayDomains }).more).toBe(28)
})
