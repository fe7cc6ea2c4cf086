import { expect, test } from 'vitest'
import { outlineOf, type Extent } from '#shared/relay/notation/outline.ts'

const shown = ({ kind, name, value, label, first, last, inside }: Extent): unknown[] => [
  `${kind} ${label === '' ? `${name} ${value}`.trim() : label} ${first}-${last}`,
  ...inside.map(shown),
]
const text = `# top
spool /var
<domain  Shop.Example > # x
  retry-after   10m   # y
</domain>
<virtual-mta M>
  <domain *>
    odd 1
  </domain>
  <thing a>
    <deep>
    </other>
  </thing>
</virtual-mta>
`

test('blocks with their lines and labels, what is unknown as a whole', () => {
  expect(outlineOf(text)?.inside.map(shown)).toEqual([
    ['unknown spool /var 2-2'],
    ['block domain shop.example 3-5', ['directive retry-after 10m 4-4']],
    [
      'block virtual-mta M 6-14',
      ['block domain * of virtual-mta M 7-9', ['unknown odd 1 8-8']],
      ['unknown thing a 10-13', ['unknown deep 11-12']],
    ],
  ])
})
test('where the value stands in its line', () => {
  const [, domain] = outlineOf(text)!.inside
  const lines = text.split('\n')
  expect(lines[2]!.slice(domain!.from, domain!.end)).toBe('Shop.Example >')
  const [wait] = domain!.inside
  expect(lines[3]!.slice(wait!.from, wait!.end)).toBe('10m')
})
test.each(['<domain a>\n', '</domain>\n', '<domain a>\n</source>\n', '<domain a\n'])('no outline of %j', (wrong) => {
  expect(outlineOf(wrong)).toBeNull()
}) // prettier-ignore
