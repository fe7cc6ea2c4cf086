import { expect, test } from 'vitest'
import { piecesOf } from '#shared/relay/notation/pieces.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'

test('a value that would be read otherwise stands in quotes, others as they are', () => {
  const patterns = ['/a #b/', '/a b/', '"a b"@x.example', '/a"b/', ' /a/ ', '"c"']
  const policy = { ...emptyPolicy(), relayAddresses: patterns.map((pattern) => ({ pattern })) }
  expect(piecesOf(policy).map(({ value }) => value)).toEqual(['"/a #b/"', '/a b/', '"a b"@x.example', '"/a""b/"', '" /a/ "', '"""c"""']) // prettier-ignore
})
const rule = (pattern: string) =>
  piecesOf({ ...emptyPolicy(), virtualMtaRules: [{ of: 'header', field: 'X-Job', pattern, virtualMta: 'm' }] })[0]?.value // prettier-ignore
test('of a rule for a virtual MTA the pattern alone', () => {
  expect(rule('/a  b/')).toBe('header X-Job /a  b/ m')
  expect(rule('/a #b/')).toBe('header X-Job "/a #b/" m')
  expect(rule('"a #b"@x.example')).toBe('header X-Job "a #b"@x.example m')
})
test('a block has the label by which its unknown directives name it, and the line of its entry', () => {
  const domains = [{ domain: '*', useStarttls: false, line: 3 }]
  expect(piecesOf({ ...emptyPolicy(), virtualMtas: [{ name: 'm', sourceHosts: [], domains, line: 1 }] })).toEqual([
    {
      name: 'virtual-mta', value: 'm', label: 'virtual-mta m', line: 1,
      inside: [{ name: 'domain', value: '*', label: 'domain * of virtual-mta m', line: 3, inside: [{ name: 'use-starttls', value: 'false' }] }],
    },
  ])
}) // prettier-ignore
test('a name with a # is quoted in its tag', () => {
  const users = [{ name: '#a', method: 'system' as const }]
  expect(piecesOf({ ...emptyPolicy(), users })).toMatchObject([{ value: '"#a"', label: 'smtp-user #a' }])
})
