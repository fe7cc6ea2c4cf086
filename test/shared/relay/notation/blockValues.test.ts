import { expect, test } from 'vitest'
import { readListener, readRule } from '#shared/relay/notation/blockValues.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'

test('a virtual MTA by sender, recipient or header field', () => {
  const { policy, problems } = parseNotation('virtual-mta-rule mail-from /news@/ mta1\nvirtual-mta-rule header X-Job: /a  b/ mta2\nvirtual-mta-rule header X-Job mta2\nvirtual-mta-rule body /a/ mta1') // prettier-ignore
  expect(policy.virtualMtaRules.map((rule) => ({ ...rule, line: 0 }))).toEqual([
    { of: 'mail-from', pattern: '/news@/', line: 0, virtualMta: 'mta1' },
    { of: 'header', field: 'X-Job', pattern: '/a  b/', line: 0, virtualMta: 'mta2' },
  ])
  expect(problems.map(({ message }) => message)).toEqual([
    'virtual-mta-rule "header X-Job mta2" needs a field, a pattern and the name of a virtual MTA, as header X-Job /news/ mta1',
    'virtual-mta-rule "body /a/ mta1" begins with none of mail-from, rcpt-to, header',
  ])
})
test.each([
  ['header Subject "/a #b/" m', '/a #b/'],
  ['mail-from "/ a ""b""/" m', '/ a "b"/'],
  ['mail-from "a b"@x.example m', '"a b"@x.example'],
  ['rcpt-to   /a\t b/  m', '/a\t b/'],
])('of a rule %s the pattern is %s', (value, pattern) => {
  expect(readRule(value)).toMatchObject({ pattern, virtualMta: 'm' })
})
test('a listener without a mode of its own', () => {
  expect(readListener('[::1]:25')).toEqual({ address: '::1', port: 25 })
  expect(readListener('0/0:25')).toEqual({ port: 25 })
})
