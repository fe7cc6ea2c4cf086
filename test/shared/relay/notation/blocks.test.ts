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
const block = (name: string, value: string, ...lines: string[]) =>
  `<${name} ${value}>\n${lines.join('\n')}\n</${name}>\n`
test('a second block of one name goes on with the first, and says so; the later directive holds', () => {
  const { policy, problems, warnings } = parseNotation(
    block('smtp-user', 'a', 'authentication-method system') +
      block('smtp-user', 'a', 'default-virtual-mta m') +
      block('domain', 'x.com', 'retry-after 1m', 'use-starttls no') +
      block('domain', 'X.com', 'use-starttls yes', 'bounce-after 1d') +
      block('virtual-mta', 'm', 'smtp-source-host 10.0.0.1 a.example', block('domain', '*', 'retry-after 2m')) +
      block('virtual-mta', 'm', 'smtp-source-host 10.0.0.2 b.example', block('domain', '*', 'use-starttls no')) +
      block('source', '10/8', 'require-auth true') +
      block('source', '10/8', 'require-auth false'),
  )
  expect(problems).toEqual([])
  expect(policy.users).toEqual([{ name: 'a', method: 'system', virtualMta: 'm', line: 1 }])
  expect(policy.domains).toEqual([{ domain: 'x.com', retryAfter: [60_000], useStarttls: true, bounceAfter: 86_400_000, line: 7 }])
  expect(policy.virtualMtas).toMatchObject([{ name: 'm', sourceHosts: [{ name: 'a.example' }, { name: 'b.example' }], domains: [{ retryAfter: [120_000], useStarttls: false }] }])
  expect(policy.sources).toHaveLength(2)
  expect(warnings.map(({ line, message }) => `${line} ${message.split(':')[0]}`)).toEqual([
    '4 <smtp-user a> stands in line 1 already',
    '11 <domain x.com> stands in line 7 already',
    '12 use-starttls stands in line 9 already; this later one holds',
    '22 <virtual-mta m> stands in line 15 already',
    '24 <domain *> of <virtual-mta m> stands in line 17 already',
    '32 <source 10/8> stands in line 29 already',
  ])
}) // prettier-ignore
test('a second smarthost is without the user of the first, and says so', () => {
  const { policy, warnings } = parseNotation('<domain *>\nsmarthost a.example\nsmarthost-user me\nsmarthost b.example\n</domain>') // prettier-ignore
  expect(policy.domains[0]?.smarthost).toEqual({ host: 'b.example', port: 587, tls: 'starttls' })
  expect(warnings).toEqual([{ line: 4, column: 1, message: 'smarthost stands in line 2 already; this later one holds, and the user of that one does not' }]) // prettier-ignore
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
test.each([
  ['hub.example', 587],
  ['hub.example starttls', 587],
  ['hub.example implicit', 465],
  ['hub.example:2525 implicit', 2525],
])('smarthost %s is spoken to on port %d', (place, port) => {
  expect(parseNotation(`<domain *>\nsmarthost ${place}\n</domain>`).policy.domains[0]?.smarthost?.port).toBe(port) // prettier-ignore
})
