import { expect, test } from 'vitest'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { alwaysAllow, requireAuth, requireStarttls } from '#shared/relay/rulesBySource.ts'

const attempt = { client: '10.1.0.1', secured: false, sender: 'a@b.example', recipient: 'c@d.example' }
const policy = {
  ...emptyPolicy(),
  sources: [
    { match: '10/8', alwaysAllowRelaying: true, requireAuth: true },
    { match: '10.1/16', alwaysAllowRelaying: false, line: 4 },
  ],
}

test('the narrowest source speaks, a wider one is silent, and only what decides is found', () => {
  const { rules, first } = alwaysAllow(policy)
  expect(rules.map(({ text, look }) => `${text}: ${look(attempt).compared}`)).toEqual([
    'source 10.1/16 always-allow-relaying false: 10.1.0.1 is inside 10.1/16; it has to be allowed by another rule',
    'source 10/8 always-allow-relaying true: source 10.1/16 has said it already',
  ])
  expect([first(attempt), first({ ...attempt, client: '10.2.0.1' }), first({ ...attempt, client: '11.0.0.1' })]).toEqual([-1, 1, -1]) // prettier-ignore
})
test('a directive that no source names has no rule', () => {
  expect(requireStarttls(policy)).toMatchObject({ rules: [] })
  expect(requireStarttls(policy).first(attempt)).toBe(-1)
  expect(requireAuth(policy).first(attempt)).toBe(0)
})
