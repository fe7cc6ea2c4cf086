import { expect, test } from 'vitest'
import { topBlock, type Draft } from '#shared/relay/notation/blocks.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'

test('the top has listeners, relay domains and the blocks', () => {
  const draft: Draft = { policy: emptyPolicy(), secrets: new Map() }
  const top = topBlock(draft)
  expect(top.directives.get('smtp-listener')?.('0/0:25', { line: 3, column: 15 })).toBeUndefined()
  expect(draft.policy.listeners).toEqual([{ port: 25, line: 3 }])
  expect([...top.blocks.keys()]).toEqual(['smtp-user', 'source', 'domain', 'virtual-mta'])
})
test('a smarthost, its user and its password belong together, in that order', () => {
  const text =
    '<domain *>\nsmarthost mail.example:465 implicit\nsmarthost-user me\nsmarthost-password pw\n</domain>'
  const { policy, secrets, problems } = parseNotation(text)
  expect(problems).toEqual([])
  expect(policy.domains[0]?.smarthost).toEqual({
    host: 'mail.example',
    port: 465,
    tls: 'implicit',
    user: 'me',
  })
  expect([...secrets]).toEqual([['smarthost me', 'pw']])
  const wrong = parseNotation('<domain *>\nsmarthost-password geheim\nsmarthost-user me\n</domain>').problems
  expect(wrong.map(({ message }) => message)).toEqual([
    'smarthost-password stands before smarthost-user, by whose name it is kept',
    'smarthost-user "me" stands before the smarthost it belongs to; write smarthost HOST:PORT first',
  ])
})
test('a virtual MTA by sender, recipient or header field', () => {
  const { policy, problems } = parseNotation('virtual-mta-rule mail-from /news@/ mta1\nvirtual-mta-rule header X-Job: /a b/ mta2\nvirtual-mta-rule header X-Job mta2\nvirtual-mta-rule body /a/ mta1') // prettier-ignore
  expect(policy.virtualMtaRules.map((rule) => ({ ...rule, line: 0 }))).toEqual([
    { of: 'mail-from', pattern: '/news@/', line: 0, virtualMta: 'mta1' },
    { of: 'header', field: 'X-Job', pattern: '/a b/', line: 0, virtualMta: 'mta2' },
  ])
  expect(problems.map(({ message }) => message)).toEqual([
    'virtual-mta-rule "header X-Job mta2" needs a field, a pattern and the name of a virtual MTA, as header X-Job /news/ mta1',
    'virtual-mta-rule "body /a/ mta1" begins with none of mail-from, rcpt-to, header',
  ])
})
test('the last of two users or domains of one name holds; sources stay apart', () => {
  const { policy } = parseNotation('<smtp-user a>\nauthentication-method system\n</smtp-user>\n<smtp-user a>\n</smtp-user>\n<source 10/8>\n</source>\n<source 10/8>\n</source>') // prettier-ignore
  expect(policy.users).toEqual([{ name: 'a', method: 'password', line: 4 }])
  expect(policy.sources).toHaveLength(2)
})
test.each([
  ['127.0.0.1:2465 tls=implicit', { address: '127.0.0.1', port: 2465, tls: 'implicit', line: 1 }],
  ['0/0:25   TLS=Plain', { port: 25, tls: 'plain', line: 1 }],
  ['[::1]:587 tls=starttls-required', { address: '::1', port: 587, tls: 'starttls-required', line: 1 }],
])('how the listener %s seals its connections', (value, listener) => {
  expect(parseNotation(`smtp-listener ${value}`)).toMatchObject({ policy: { listeners: [listener] }, problems: [] })
}) // prettier-ignore
test.each([
  ['127.0.0.1:25 tls=ssl', 'has something behind its port that is unknown; leave it out, or write tls= and one of plain, starttls, starttls-required, implicit'],
  ['127.0.0.1:25 implicit', 'has something behind its port that is unknown; leave it out, or write tls= and one of plain, starttls, starttls-required, implicit'],
  ['127.0.0.1 tls=plain', 'has no port; write it behind a colon, as 10.0.1.22:587'],
])('smtp-listener %s is told', (value, words) => {
  expect(parseNotation(`smtp-listener ${value}`).problems).toEqual([{ line: 1, column: 15, message: `smtp-listener "${value}" ${words}` }])
}) // prettier-ignore
const hub = (domain: string, password: string) =>
  `<domain ${domain}>\nsmarthost hub.${domain}\nsmarthost-user me\nsmarthost-password ${password}\n</domain>\n`

test('two smarthosts whose users have one name cannot have two passwords, and none is said', () => {
  expect(parseNotation(hub('a.example', 'one') + hub('b.example', 'one')).problems).toEqual([])
  expect(parseNotation(hub('a.example', 'one') + hub('b.example', 'zwei')).problems).toEqual([
    { line: 9, column: 20, message: "smarthost-password is another one than before for me: a name of a smarthost's user has one password" },
  ])
}) // prettier-ignore
test('authorities of a domain, of the relay or of a virtual MTA, with the line of their directive', () => {
  const { policy, problems } = parseNotation('<domain *>\nsmtp-ca ca.pem\n</domain>\n<virtual-mta m>\n<domain b.example>\nsmtp-ca /etc/my ca.pem\n</domain>\n</virtual-mta>\n') // prettier-ignore
  expect(problems).toEqual([])
  expect(policy.domains[0]?.ca).toEqual({ path: 'ca.pem', line: 2 })
  expect(policy.virtualMtas[0]?.domains[0]?.ca).toEqual({ path: '/etc/my ca.pem', line: 6 })
  expect(parseNotation('<domain *>\nsmtp-ca\n</domain>').problems).toMatchObject([
    { line: 2, message: expect.stringMatching(/is empty; put the path of a PEM file behind it$/) },
  ])
})
