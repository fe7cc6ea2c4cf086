import { expect, test } from 'vitest'
import { meaningOf, saysSame, unwritable } from '#shared/relay/notation/meaning.ts'
import { printNotation } from '#shared/relay/notation/print.ts'
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'
import { articlesPolicy } from '../../../support/relay/articles.ts'

const having = (part: Partial<RelayPolicy>): RelayPolicy => ({ ...emptyPolicy(), ...part })

test('lines, the order of fields, and of what is unknown in different blocks, mean nothing', () => {
  const one = having({ relayDomains: [{ domain: 'a.example', line: 4 }], unknown: [{ text: 'a 1' }, { text: 'b 1', within: 'source 0/0' }] }) // prettier-ignore
  const other = having({ unknown: [{ within: 'source 0/0', text: 'b 1' }, { text: 'a 1', line: 9 }], relayDomains: [{ domain: 'a.example' }] }) // prettier-ignore
  expect(meaningOf(one)).toBe(meaningOf(other))
  expect(meaningOf(one)).not.toBe(meaningOf({ ...one, relayDomains: [] }))
  expect(saysSame(printNotation(articlesPolicy()), articlesPolicy())).toBe(true)
  expect(saysSame('relay-domain', emptyPolicy())).toBe(false)
})
test.each<[string, Partial<RelayPolicy>]>([
  ['the articles', articlesPolicy()],
  ['a # behind a blank', { relayAddresses: [{ pattern: '/" #/' }, { pattern: '"a b"@x.example' }, { pattern: '/ a "b/' }] }],
  ['rules for a virtual MTA', { virtualMtas: [{ name: 'm', sourceHosts: [], domains: [] }], virtualMtaRules: [{ of: 'header', field: 'Subject', pattern: '/a #b/', virtualMta: 'm' }, { of: 'mail-from', pattern: '"a #  b"@x.example', virtualMta: 'm' }, { of: 'rcpt-to', pattern: '/"a   "/', virtualMta: 'm' }] }],
  ['a user', { users: [{ name: '#a', method: 'system' }, { name: '"b"', method: 'system' }, { name: 'a>b', method: 'system' }] }],
  ['a listener with its usual TLS', { listeners: [{ port: 25, tls: 'starttls' }] }],
  ['what was unknown in a block that is gone', { unknown: [{ text: 'x 1', within: 'source 0/0' }] }],
])('can be written: %s', (_name, part) => {
  expect(unwritable(having(part))).toEqual([])
}) // prettier-ignore
test.each<[string, RegExp, Partial<RelayPolicy>]>([
  ['domains[1].retryAfter[0]', /1500 cannot be written .*: 1000 would be read back/, { domains: [{ domain: 'a.example' }, { domain: '*', retryAfter: [1500] }] }],
  ['domains[0].domain', /"X.Com" .*"x.com" would be read back/, { domains: [{ domain: 'X.Com' }] }],
  ['domains[0].maxRate.messages', /10 cannot/, { domains: [{ domain: '*', maxRate: { messages: 10, per: 1234 } }] }],
  ['virtualMtas[0].domains[0].bounceAfter', /1001/, { virtualMtas: [{ name: 'm', sourceHosts: [], domains: [{ domain: '*', bounceAfter: 1001 }] }] }],
  ['relayAddresses[1].pattern', /^relayAddresses\[1\]\.pattern: "\/a\\nb\/" cannot/, { relayAddresses: [{ pattern: '/a/' }, { pattern: '/a\nb/' }] }],
  ['virtualMtaRules[0].field', /X\\nY/, { virtualMtaRules: [{ of: 'header', field: 'X\nY', pattern: '/a/', virtualMta: 'm' }] }],
  ['users[1].name', /^users\[1\]\.name: "a" is there already, as users\[0\]\.name; put/, { users: [{ name: 'a', method: 'system' }, { name: 'a', method: 'certificate' }] }],
  ['users[0]', /is no name of a user/, { users: [{ name: 'a b', method: 'system' }] }],
  ['relayDomains[0]', /^relayDomains\[0\]: {"domain":"evil.example"} would be read back .*, and nothing like it was given$/, { unknown: [{ text: 'relay-domain evil.example' }] }],
])('%s is named', (field, words, part) => {
  const problems = unwritable(having(part))
  expect(problems.map((one) => one.field)).toEqual([field])
  expect(problems[0]?.message).toMatch(words)
}) // prettier-ignore
