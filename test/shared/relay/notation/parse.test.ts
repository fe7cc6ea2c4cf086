import { array, assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { RelayPolicy } from '#shared/relay/policy.ts'
import { articlesPolicy, articlesText, withoutLines } from '../../../support/relay/articles.ts'

const told = (text: string) =>
  parseNotation(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`)

test('the text of the articles is their policy, each entry with its line; the password stands beside it', () => {
  const { policy, secrets, problems } = parseNotation(articlesText)
  expect(problems).toEqual([])
  expect(withoutLines(policy)).toEqual(withoutLines(articlesPolicy()))
  expect(policy.sources.map(({ line }) => line)).toEqual([7, 12])
  expect(policy.virtualMtas[1]?.domains[0]?.line).toBe(34)
  expect([...secrets]).toEqual([['user foo', 'barbaz']])
  expect(JSON.stringify(policy)).not.toContain('barbaz')
})

test.each([
  ['a missing closing tag at the end', '<source 0/0>\n  require-auth true\n', ['1:1 <source> is not closed; put </source> behind its last line']],
  ['a missing closing tag before another block', '<source 0/0>\nrequire-auth true\n<source 10/8>\n</source>', ['1:1 <source> is not closed; put </source> behind its last line']],
  ['a missing inner one', '<virtual-mta a>\n<domain *>\n</virtual-mta>', ['2:1 <domain> is not closed; put </domain> behind its last line']],
  ['a closing tag too many', 'relay-domain a.example\n</source>', ['2:1 </source> closes what was not opened; nothing is open here']],
  ['the wrong closing tag', '<source 0/0>\n</domain>\n</source>', ['2:1 </domain> closes what was not opened; <source> is open here']],
  ['a tag without its end', '  <source 0/0\n', ['1:3 "<source 0/0" begins a tag with < and does not end it; put > at the end of the line']],
  ['a wrong CIDR', 'relay-domain a.example\n<source 10.0.0.0/33>\nrequire-auth true\n</source>', ['2:9 <source> "10.0.0.0/33" has a prefix length that is none of 0 to 32; write an address such as 10.0.5.20, a network such as 10.0.0.0/8 or 2001:db8::/32, or 0/0 for everybody']],
  ['a word that is no flag', '<source 0/0>\n\trequire-auth  maybe\n</source>', ['2:16 require-auth "maybe" is neither true nor false']],
  ['a pattern with look-ahead', 'relay-address /(?=a)/', ['1:15 relay-address "/(?=a)/" is no pattern: (?= is look-ahead, which a matcher of bounded time cannot have; write what is wanted without it']],
  ['a port that is none', 'smtp-listener 10.0.0.1:99999', ['1:15 smtp-listener "10.0.0.1:99999" has a port that is none of 1 to 65535']],
  ['a listener without a port', 'smtp-listener 10.0.0.1', ['1:15 smtp-listener "10.0.0.1" has no port; write it behind a colon, as 10.0.1.22:587']],
  ['a time without unit', '<domain *>\nretry-after 10\n</domain>', ['2:13 retry-after "10" is no time; write it with units, as 90s, 10m, 2h or 4d12h']],
  ['a time in a list', '<domain *>\nretry-after 10m, x\n</domain>', ['2:13 retry-after "10m, x" has one that is no time; write it with units, as 90s, 10m, 2h or 4d12h']],
  ['no password', '<smtp-user foo>\npassword\n</smtp-user>', ['2:9 password is empty; put the password behind it']],
  ['a control character', 'relay-domain a\u0000.example', [String.raw`1:1 ""relay-domain a\u0000.example"" has a control character`]],
])('%s is told with line, column and remedy', (_, text, problems) => { expect(told(text)).toEqual(problems) }) // prettier-ignore

test('what is right beside what is wrong is taken, and all problems are told at once', () => {
  const { policy, problems } = parseNotation('<source x>\nrequire-auth true\n</source>\nrelay-domain b.example\nrelay-domain ,\n')
  expect(policy.sources).toEqual([])
  expect(policy.relayDomains).toEqual([{ domain: 'b.example', line: 4 }])
  expect(problems.map(({ line }) => line)).toEqual([1, 5])
}) // prettier-ignore

test('what is unknown is kept with its place, blocks and all; what looks like a secret is masked', () => {
  const { policy, problems } = parseNotation('spool /var\n<source 0/0>\nlog-data yes\n</source>\n<acct-file x>\n  <deep y>\n  records d\n  </deep>\nhttp-token abc\n</acct-file>\n') // prettier-ignore
  expect(problems).toEqual([])
  expect(policy.unknown).toEqual([
    { text: 'spool /var', line: 1 },
    { text: 'log-data yes', within: 'source 0/0', line: 3 },
    { text: '<acct-file x>\n<deep y>\nrecords d\n</deep>\nhttp-token ********\n</acct-file>', line: 5 },
  ])
})

test('a masked password is none: the one that is kept stays', () => {
  expect(parseNotation('<smtp-user foo>\npassword ********\n</smtp-user>').secrets.size).toBe(0)
})

test('whatever the text, it is read to its end, and what comes out is a policy', () => {
  const line = constantFrom('<source 0/0>', '</source>', '<source', '<domain *>', '</domain>', '<virtual-mta a>', '</virtual-mta>', '<x>', '</x>', 'password p', 'require-auth true', 'retry-after 1m', 'relay-address /(/', 'smarthost-user u', 'virtual-mta-rule header X /a/ m', '#', '"') // prettier-ignore
  assert(
    property(array(line, { maxLength: 30 }), string(), (lines, junk) => {
      const text = `${lines.join('\n')}\n${junk}`
      const { policy, problems } = parseNotation(text)
      expect(RelayPolicy.safeParse(policy).success).toBe(true)
      for (const { line: at, column } of problems) {
        expect(at).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length)
        expect(column).toBeGreaterThan(0)
      }
    }),
  )
})
test('a line that cannot be read tells no secret', () => {
  const text = '<smtp-user a>\npassword geh\u0001eim\n</smtp-user>\n<password geheim\nrelay-domain \u0001x'
  const words = parseNotation(text).problems.map(({ line, message }) => `${line}: ${message}`)
  expect(words.join()).not.toContain('eim')
  expect(words[0]).toBe('2: "password ********" has a control character')
  expect(words.at(-1)).toBe('5: ""relay-domain \\u0001x"" has a control character')
})
test.each([
  ['a network', '<source 10.0.0.0/33>\nrequire-auth maybe\nlog-data yes\n</source>', ['1:9 <source>', '2:14 require-auth']],
  ['a user', '<smtp-user a b>\npassword\n</smtp-user>', ['1:12 <smtp-user>', '2:9 password']],
  ['a virtual MTA, and a domain in it', '<virtual-mta a/b>\n<domain ..>\nretry-after 5\n</domain>\n</virtual-mta>', ['1:14 <virtual-mta>', '2:9 <domain>', '3:13 retry-after']],
  ['a tag without its end', '<source 0/0\nrequire-auth maybe\n</source>', ['1:1 "<source', '2:14 require-auth']],
  ['a tag with more behind it', '<source 0/0> require-auth yes\nrequire-auth maybe\n</source>', ['1:1 "<source', '2:14 require-auth']],
])('behind a head that is wrong, %s, what is inside is told in the same pass', (_, text, places) => {
  expect(told(text).map((words) => words.split(' ').slice(0, 2).join(' '))).toEqual(places)
  const { policy, secrets } = parseNotation(text.replace('password\n', 'password geheim\n'))
  expect(policy.users.length + policy.virtualMtas.length + secrets.size).toBe(0)
}) // prettier-ignore
test('a block in one line is told to be written in several, and tells nothing of what stands in it', () => {
  expect(told('<smtp-user bar> password geheim </smtp-user>\nrelay-domain a.example')).toEqual([
    '1:1 "<smtp-user bar> …" has more behind its tag; a tag stands in a line of its own, and so does each directive',
  ])
})
test('a hundred thousand tags with more behind them are read at once', () => {
  const text = Array.from({ length: 100_000 }, () => '<source 10.0.0.1> x').join('\n')
  expect(parseNotation(text).problems).toHaveLength(100_000)
})
