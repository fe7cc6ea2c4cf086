import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  option,
  property,
  record,
  uniqueArray,
} from 'fast-check'
import { expect, test } from 'vitest'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { printNotation } from '#shared/relay/notation/print.ts'
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'
import { articlesPolicy, articlesText, withoutLines } from '../../../support/relay/articles.ts'

test('an empty policy is an empty text', () => {
  expect(printNotation(emptyPolicy())).toBe('')
})
test('the text of the articles comes back as the same policy, and the second text is the first', () => {
  const once = printNotation(parseNotation(articlesText).policy)
  const again = parseNotation(once)
  expect(again.problems).toEqual([])
  expect(withoutLines(again.policy)).toEqual(withoutLines(articlesPolicy()))
  expect(printNotation(again.policy)).toBe(once)
  expect(once).not.toContain('barbaz')
  expect(once).toContain(
    '<smtp-user foo>\n  password ********\n  authentication-method password\n</smtp-user>',
  )
})
const kept = ({ unknown }: RelayPolicy) =>
  unknown.map(({ text, within = 'top' }) => `${within}: ${text}`).toSorted()

test('what was unknown stands again where it stood; in a block that is gone it is a comment', () => {
  const text = 'spool /var\n<source 0/0>\nlog-data yes\n</source>\n<acct x>\n<deep>\na b\n</deep>\n</acct>\n'
  const { policy } = parseNotation(text)
  const printed = printNotation(policy)
  const again = parseNotation(printed).policy
  expect(kept(again)).toEqual(kept(policy))
  expect(printNotation(again)).toBe(printed)
  expect(printNotation({ ...policy, sources: [] })).toContain('# in source 0/0, which is not there any more:\n#   log-data yes') // prettier-ignore
})

const inside = (line: string) => `<domain X.Com>\n${line}\n</domain>\n`
test('what was unknown in a domain of a virtual MTA stays there, whatever the case of its letters', () => {
  const text = `${inside('top 1')}<virtual-mta m1>\n${inside('one 1')}</virtual-mta>\n<virtual-mta m2>\n${inside('two 1')}</virtual-mta>\n`
  const { policy } = parseNotation(text)
  expect(kept(policy)).toEqual(['domain x.com of virtual-mta m1: one 1', 'domain x.com of virtual-mta m2: two 1', 'domain x.com: top 1']) // prettier-ignore
  const printed = printNotation(policy)
  expect(printed).not.toContain('#')
  expect(kept(parseNotation(printed).policy)).toEqual(kept(policy))
})

const flag = option(boolean(), { nil: undefined })
const name = constantFrom('mta1', 'mta2', 'a.b-c')
const seconds = integer({ min: 1, max: 2_000_000 }).map((count) => count * 1000)
const domain = record({
  domain: constantFrom('*', 'example.com', '*.example.org'),
  useStarttls: flag,
  requireStarttls: flag,
  retryAfter: option(array(seconds, { minLength: 1, maxLength: 3 }), { nil: undefined }),
  bounceAfter: option(seconds, { nil: undefined }),
  maxConnections: option(integer({ min: 1, max: 1000 }), { nil: undefined }),
  maxRate: option(record({ messages: integer({ min: 1, max: 9999 }), per: constantFrom(1000, 60_000, 3_600_000, 86_400_000) }), { nil: undefined }),
  ca: option(record({ path: constantFrom('/etc/ca.pem', 'a file#.pem', ' b ', '"c"') }), { nil: undefined }),
  smarthost: option(record({ host: constantFrom('mail.example', '2001:db8::1'), port: integer({ min: 1, max: 65_535 }), tls: constantFrom('plain', 'starttls', 'implicit'), user: constantFrom('me', 'a # b') }), { nil: undefined }),
}) // prettier-ignore
const host = record({
  address: constantFrom('192.0.2.1', '10.0.0.0/8', '2001:db8::1'),
  name: constantFrom('m.example'),
})
const domains = uniqueArray(domain, { selector: (one) => one.domain, maxLength: 3 })
const policies = record({
  listeners: array(record({ address: option(constantFrom('127.0.0.1', '::1'), { nil: undefined }), port: integer({ min: 1, max: 65_535 }), tls: option(constantFrom('plain', 'starttls-required', 'implicit'), { nil: undefined }) }), { maxLength: 3 }),
  users: uniqueArray(record({ name: constantFrom('foo', 'a@b', 'x'), method: constantFrom('password', 'certificate', 'system'), virtualMta: option(name, { nil: undefined }) }), { selector: (one) => one.name, maxLength: 3 }),
  sources: array(record({ match: constantFrom('0/0', '10/8', '::1'), requireAuth: flag, alwaysAllowRelaying: flag, virtualMta: option(name, { nil: undefined }) }), { maxLength: 4 }),
  relayDomains: array(record({ domain: constantFrom('a.example', '*.b.example') }), { maxLength: 3 }),
  relayAddresses: array(record({ pattern: constantFrom('a@b.example', '/@x #y$/', '/^a b$/') }), { maxLength: 3 }),
  certificate: option(record({ path: constantFrom('/a b.pem', 'C:\\x.pem') }), { nil: undefined }),
  sourceHosts: array(host, { maxLength: 2 }),
  domains,
  virtualMtas: uniqueArray(record({ name, sourceHosts: array(host, { maxLength: 2 }), domains }), { selector: (one) => one.name, maxLength: 2 }),
  virtualMtaRules: array(record({ of: constantFrom('mail-from', 'rcpt-to'), pattern: constantFrom('/a b/', 'a@b.example'), virtualMta: name }), { maxLength: 2 }),
}) // prettier-ignore

test('every policy comes back from its text', () => {
  assert(
    property(policies, (made) => {
      const policy = { ...made, unknown: [] } as RelayPolicy
      const text = printNotation(policy)
      const { policy: read, problems } = parseNotation(text)
      expect(problems).toEqual([])
      expect(withoutLines(read)).toEqual(withoutLines(policy))
      expect(printNotation(read)).toBe(text)
    }),
  )
})
