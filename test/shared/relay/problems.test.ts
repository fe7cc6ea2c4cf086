import { expect, test } from 'vitest'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'
import { openRelayWords, policyProblems } from '#shared/relay/problems.ts'
import { articlesText } from '../../support/relay/articles.ts'

const told = (text: string) =>
  policyProblems(parseNotation(text).policy).map(({ severity, line, message }) => `${severity} ${line ?? ''}: ${message}`) // prettier-ignore

test('the policy of the articles has no problem, and is no open relay', () => {
  expect(told(articlesText)).toEqual([])
  expect(policyProblems(emptyPolicy())).toEqual([])
})
test.each([
  ['smtp-listener 127.0.0.1:25\nsmtp-listener 127.0.0.1:25', 'error 2: port 25 is listened on already in line 1; take one of the two out'],
  ['smtp-listener 0/0:25\nsmtp-listener 127.0.0.1:25', 'error 2: port 25 is listened on already on all addresses, this one included in line 1; take one of the two out'],
  ['smtp-listener 127.0.0.1:25\nsmtp-listener 0/0:25', 'error 2: port 25 is listened on already in line 1; take one of the two out'],
  ['<smtp-user a>\ndefault-virtual-mta m\n</smtp-user>', 'error 1: there is no virtual MTA m; define it with <virtual-mta m>'],
  ['virtual-mta-rule mail-from /a/ m', 'error 1: there is no virtual MTA m; define it with <virtual-mta m>'],
  ['<source 10/8>\nallow-starttls false\nrequire-starttls true\n</source>', 'error 1: source 10/8 requires STARTTLS and does not allow it; take one of the two out'],
  ['<source 10/8>\nrequire-starttls-before-auth false\n</source>', 'warning 1: source 10/8 may sign in in clear: its passwords can be read on the way (RFC 4954 §14)'],
  ['<domain x.example>\nuse-starttls no\nrequire-starttls yes\n</domain>', 'error 1: domain x.example requires STARTTLS and does not use it; take one of the two out'],
  ['<smtp-user a>\nauthentication-method system\n</smtp-user>', 'warning 1: accounts of the operating system cannot be asked here: a cannot sign in; give a password instead'],
])('%s', (text, words) => { expect(told(text)).toEqual([words]) }) // prettier-ignore

test('an asterisk alone is no relay domain, and is told with what to write instead', () => {
  expect(told('\nrelay-domain *')).toEqual(['warning 2: relay-domain * names no domain and lets nothing through; write each domain, as relay-domain example.com, or *.example.com for the names below it. Who may send anywhere is said in a source: always-allow-relaying true']) // prettier-ignore
})
test('two addresses on one port are two listeners', () => {
  expect(told('smtp-listener 127.0.0.1:25\nsmtp-listener 127.0.0.2:25')).toEqual([])
})
test('what a form gave is read like a text', () => {
  const policy: RelayPolicy = { ...emptyPolicy(), listeners: [{ address: 'all', port: 25 }, { address: '10/8', port: 26 }], sources: [{ match: 'x' }], relayAddresses: [{ pattern: '/(/' }], virtualMtaRules: [{ of: 'header', pattern: 'a', virtualMta: 'm' }] } // prettier-ignore
  expect(policyProblems(policy).map(({ field }) => field)).toEqual(['listeners[0].address', 'listeners[1].address', 'sources[0].match', 'relayAddresses[0].pattern', 'virtualMtaRules[0].pattern', 'virtualMtaRules[0].field', 'virtualMtaRules[0].virtualMta']) // prettier-ignore
})

test.each([
  ['<source 0/0>\nalways-allow-relaying yes\n</source>', ['203.0.113.77', '2001:db8:77::1']],
  ['<source 0.0.0.0/0>\nalways-allow-relaying yes\n</source>', ['203.0.113.77']],
  ['relay-address /@/', ['203.0.113.77', '2001:db8:77::1']],
  ['relay-domain *.invalid', []],
  ['relay-domain elsewhere.example', []],
  ['<source 8.0.0.0/8>\nalways-allow-relaying yes\n</source>', ['8.0.0.0']],
  ['<source 10/8>\nalways-allow-relaying yes\n</source>', []],
  ['<source 198.51.100.7>\nalways-allow-relaying yes\n</source>', []],
  ['<source 0/0>\nalways-allow-relaying yes\n</source>\n<source 203.0.113.0/24>\nalways-allow-relaying no\n</source>\n<source ::/0>\nalways-allow-relaying no\n</source>', ['32.0.0.0']],
])('whom %s lets relay anywhere', (text, clients) => {
  expect(openRelayWords(parseNotation(text).policy).map((words) => words.split(' ')[0])).toEqual(clients)
}) // prettier-ignore
test('it says by which rule and line', () => {
  expect(
    openRelayWords(parseNotation('\n<source 0/0>\nalways-allow-relaying yes\n</source>').policy)[0],
  ).toBe(
    '203.0.113.77 may send anywhere: source 0/0 always-allow-relaying true in line 2 decides. Relayed, because everybody may always relay.',
  )
})
test('an address to leave from that is none is refused where a form gives it: its text could not be read again', () => {
  const policy = { ...emptyPolicy(), sourceHosts: [{ address: '300.0.0.9', name: 'a.test' }], virtualMtas: [{ name: 'mta1', domains: [], sourceHosts: [{ address: '10.0.0.1', name: 'a.test' }, { address: 'x', name: 'a.test' }] }] }
  expect(policyProblems(policy).map(({ severity, field }) => [severity, field])).toEqual([
    ['error', 'sourceHosts[0].address'],
    ['error', 'virtualMtas[0].sourceHosts[1].address'],
  ])
}) // prettier-ignore
const inClear = (name: string, host: string) => `<domain ${name}>\nsmarthost ${host}:25 plain\nsmarthost-user ann\n</domain>\n` // prettier-ignore
test('a smarthost that would get its password in clear is told at its line, unless it is this computer', () => {
  const { policy } = parseNotation(`${inClear('a.test', '127.0.0.1')}${inClear('*', 'hub.example')}<virtual-mta m>\nsmtp-source-host 10.0.0.1 m.test\n${inClear('b.test', 'hub.example')}</virtual-mta>\n`) // prettier-ignore
  expect(policyProblems(policy).map(({ severity, field, line }) => [severity, field, line])).toEqual([
    ['warning', 'domains[1].smarthost', 5],
    ['warning', 'virtualMtas[0].domains[0].smarthost', 11],
  ])
  expect(policyProblems(policy)[0]?.message).toBe(
    'smarthost hub.example:25 is set plain, and the password of ann would go there in clear: mail waits until it is set starttls or implicit',
  )
})
