import { expect, test } from 'vitest'
import { domainWords, entryKinds, entryName, entryOfRule, isEmptyPolicy, matchingRows, nameFields, placeChoices, refusedFields, ruleList, twinWords, withEntry, withoutEntry } from '#renderer/model/relayEntries.ts' // prettier-ignore
import { emptyPolicy } from '#shared/relay/policy.ts'
import { rulesFor, shopPolicy } from '#test/support/relay/page.ts'

const policy = shopPolicy()

test('every rule of the decision leads to the entry it comes from', () => {
  const rules = rulesFor(policy).rules
  const found = rules.map((row) => entryOfRule(policy, row))
  expect(found.slice(0, -1).every((at) => at !== undefined)).toBe(true)
  expect(found.at(-1)).toBeUndefined()
  expect(entryOfRule(policy, rules[6]!)).toEqual({ kind: 'sources', place: 1 })
})
test('of two equal entries it is the one of that line', () => {
  const twice = { ...emptyPolicy(), relayDomains: [{ domain: 'a.test', line: 1 }, { domain: 'a.test', line: 9 }] } // prettier-ignore
  expect(entryOfRule(twice, { rule: 'relay-domain a.test', line: 9 })?.place).toBe(1)
  expect(entryOfRule(twice, { rule: 'smtp-user, 3 of them' })).toBeUndefined()
})
test('the list has the rules with their hits, then how mail goes on', () => {
  const rows = ruleList(rulesFor(policy, [12]))
  expect(rows.filter(({ type }) => type === 'head')).toHaveLength(2)
  expect(rows[1]).toMatchObject({ type: 'rule', row: { hits: 12 } })
  expect(rows.filter((row) => row.type === 'entry' && row.at.kind === 'virtualMtas')).toHaveLength(2)
})
test('users are listed by themselves when there are several, or one cannot sign in', () => {
  const rules = rulesFor(policy)
  expect(ruleList({ ...rules, missing: ['user shop'] }).find((row) => row.type === 'entry' && row.at.kind === 'users')).toMatchObject({ about: 'by password, no password yet: cannot sign in' })
  const unknown = ruleList({ ...rules, policy: { ...policy, unknown: [{ text: 'frobnicate yes', within: 'source 0/0', line: 3 }] } })
  expect(unknown.at(-1)).toMatchObject({ type: 'unknown', about: 'in source 0/0, line 3' })
}) // prettier-ignore
test('an entry is replaced, added, taken out; nothing else changes', () => {
  const at = { kind: 'relayDomains', place: 0 } as const
  expect(withEntry(policy, at, { domain: 'b.test' }).relayDomains).toEqual([{ domain: 'b.test' }])
  expect(withEntry(policy, { ...at, place: -1 }, { domain: 'b.test' }).relayDomains).toHaveLength(2)
  expect(withoutEntry(policy, at).relayDomains).toEqual([])
  expect(withoutEntry(policy, at).sources).toBe(policy.sources)
})
const rule = (pattern: string) => ({ of: 'mail-from' as const, pattern, virtualMta: 'mta1' })

test('a rule whose order counts is put where it is wanted', () => {
  const ordered = { ...policy, virtualMtaRules: ['/a/', '/b/', '/c/'].map(rule) }
  const moved = (place: number, to?: number) =>
    withEntry(ordered, { kind: 'virtualMtaRules', place }, rule('/x/'), to).virtualMtaRules.map(({ pattern }) => pattern)
  expect(moved(0, 2)).toEqual(['/b/', '/c/', '/x/'])
  expect(moved(2, 0)).toEqual(['/x/', '/a/', '/b/'])
  expect(moved(1)).toEqual(['/a/', '/x/', '/c/'])
  expect(moved(-1, 1)).toEqual(['/a/', '/x/', '/b/', '/c/'])
  expect(placeChoices(ordered, 1).map(({ label }) => label)).toEqual(['1st', '2nd, behind /a/', '3rd, behind /c/'])
  expect(placeChoices(ordered, -1)).toHaveLength(4)
}) // prettier-ignore
test('what would be there twice is refused, unless it was so before', () => {
  const mta = policy.virtualMtas[0]!
  expect(twinWords(policy, { kind: 'virtualMtas', place: -1 }, { ...mta, domains: [] })).toBe(
    'There is a virtual MTA mta1 already. Open that one to change it.',
  )
  expect(twinWords(policy, { kind: 'virtualMtas', place: 0 }, mta)).toBeUndefined()
  expect(twinWords(policy, { kind: 'virtualMtas', place: 1 }, mta)).toBeDefined()
  expect(twinWords(policy, { kind: 'relayDomains', place: -1 }, { domain: 'SHOP.example' })).toBeDefined()
  const twice = { ...policy, sources: [{ match: '10/8' }, { match: '10/8', requireAuth: true }] }
  expect(twinWords(twice, { kind: 'sources', place: 1 }, { match: '10/8' })).toBeUndefined()
  const hosts = { ...policy, sourceHosts: [{ address: '192.0.2.4', name: 'a.test' }] }
  expect(twinWords(hosts, { kind: 'sourceHosts', place: -1 }, { address: '192.0.2.4', name: 'b.test' })).toBeUndefined() // prettier-ignore
  expect(entryKinds.every((kind) => nameFields[kind] !== '')).toBe(true)
})
test('names, words and emptiness', () => {
  expect(entryKinds.map((kind) => entryName(policy, { kind, place: 0 }))).toContain('source 10.0.5.20')
  expect(entryName(policy, { kind: 'users', place: -1 })).toBe('new user')
  expect(domainWords({ domain: '*' })).toBe('nothing of its own')
  expect(domainWords({ domain: '*', requireStarttls: true, retryAfter: [600_000], bounceAfter: 86_400_000, maxConnections: 2, maxRate: { messages: 5, per: 60_000 }, smarthost: { host: 'm.test', port: 587, tls: 'starttls' } })).toBe(
    'TLS required, again after 10 min, returned after 1 day, at most 2 connections, at most 5/m, by m.test:587',
  )
  expect(isEmptyPolicy(emptyPolicy())).toBe(true)
  expect(isEmptyPolicy(policy)).toBe(false)
}) // prettier-ignore
test('what the engine refuses stands at its field, the rest in sentences', () => {
  const problems = [{ field: 'sources[1].match', message: '10.0.0 is no address' }, { field: 'sources[0].match', message: 'other' }, { message: 'Third.' }] // prettier-ignore
  expect(refusedFields(problems, { kind: 'sources', place: 1 })).toEqual({
    fields: { match: '10.0.0 is no address.' },
    others: ['other.', 'Third.'],
  })
})

test('authorities of a domain of its own', () => {
  expect(domainWords({ domain: '*', ca: { path: '/etc/ca.pem' } })).toBe('trusts /etc/ca.pem')
})
test('rows are found by their words, under the head of their group', () => {
  const rows = ruleList(rulesFor(policy))
  expect(matchingRows(rows, ' ')).toBe(rows)
  expect(matchingRows(rows, 'MTA1').map((row) => (row.type === 'head' ? row.title : row.type))).toEqual(['How mail goes on', 'entry']) // prettier-ignore
  expect(matchingRows(rows, 'nowhere')).toEqual([])
})
