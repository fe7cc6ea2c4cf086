import { assert, gen, property } from 'fast-check'
import { expect, test } from 'vitest'
import { withoutSecrets } from '#shared/relay/notation/conceal.ts'
import { editNotation } from '#shared/relay/notation/edit.ts'
import { maskNotation } from '#shared/relay/notation/mask.ts'
import { meaningOf, unwritable } from '#shared/relay/notation/meaning.ts'
import { outlineOf, type Extent } from '#shared/relay/notation/outline.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { piecesOf } from '#shared/relay/notation/pieces.ts'
import { printNotation } from '#shared/relay/notation/print.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { anyPolicy, changed, embellished } from '../../../support/relay/anyRules.ts'

const shop = `# The relay of the shop.
# Ask Ann before you change it.

spool /var/spool/pmta   # not ours
smtp-listener 0/0:25\t# everybody

<smtp-user foo>
    password ********     # in the safe
    # a comment inside
    frobnicate yes
</smtp-user>

relay-domain some.domain
# news only
relay-domain news.example   # since May

<domain  Shop.Example >
  retry-after   10m # patience
  # nothing else
  use-starttls yes
</domain>
<virtual-mta m1>
  smtp-source-host 192.0.2.1 a.example
  <domain *>
    dk-sign yes
  </domain>
</virtual-mta>
# the end
`
const own = (): RelayPolicy => parseNotation(shop).policy

/** What a change makes of the text: lines that went with `-`, lines that came with `+`. */
function changes(change: (policy: RelayPolicy) => RelayPolicy, from = shop): string[] {
  const before = parseNotation(from).policy
  const edited = editNotation(from, before, change(before))!
  const again = parseNotation(edited.text)
  expect(again.problems).toEqual([])
  expect(meaningOf(again.policy)).toBe(meaningOf(edited.policy))
  const [old, now] = [from.split('\n'), edited.text.split('\n')]
  const found: string[] = []
  let at = 0
  for (const line of old) {
    const next = now.indexOf(line, at)
    const added = next < 0 ? -1 : next
    // A line that is gone: what comes instead is told with the next that stays.
    if (added < 0) found.push(`-${line}`)
    else {
      found.push(...now.slice(at, added).map((one) => `+${one}`))
      at = added + 1
    }
  }
  return [...found, ...now.slice(at).map((one) => `+${one}`)]
}

const withDomain = (part: object) => (policy: RelayPolicy) => ({
  ...policy,
  domains: policy.domains.map((entry) => ({ ...entry, ...part })),
})

test('nothing changed is the text itself', () => {
  expect(editNotation(shop, own(), own())?.text).toBe(shop)
})
test('a changed value changes its line alone, and leaves its comment', () => {
  expect(changes(withDomain({ retryAfter: [60_000] }))).toEqual([
    '-  retry-after   10m # patience',
    '+  retry-after   1m # patience',
  ])
})
test('a directive more stands where it is usually written, one less is gone', () => {
  expect(changes(withDomain({ bounceAfter: 86_400_000, useStarttls: undefined }))).toEqual([
    '-  use-starttls yes',
    '+  bounce-after 1d',
  ])
})
test('another name changes the tag, and what is unknown in the block goes along', () => {
  const { users } = own()
  const edited = editNotation(shop, own(), {
    ...own(),
    users: [{ ...users[0]!, name: 'bar' }],
  })!
  expect(edited.text).toBe(shop.replace('<smtp-user foo>', '<smtp-user bar>'))
  expect(edited.policy.unknown).toContainEqual({ text: 'frobnicate yes', within: 'smtp-user bar', line: 10 })
  const mta = editNotation(shop, own(), { ...own(), virtualMtas: own().virtualMtas.map((one) => ({ ...one, name: 'm2' })) })! // prettier-ignore
  expect(mta.text).toBe(shop.replace('<virtual-mta m1>', '<virtual-mta m2>'))
})
test('a block that goes leaves what was unknown in it as a comment', () => {
  expect(changes((policy) => ({ ...policy, users: [] }))).toEqual([
    '-<smtp-user foo>',
    '-    password ********     # in the safe',
    '-    # a comment inside',
    '-    frobnicate yes',
    '-</smtp-user>',
    '+# in smtp-user foo, which is not there any more:',
    '+#   frobnicate yes',
  ])
  expect(changes((policy) => ({ ...policy, virtualMtas: [] })).slice(-2)).toEqual([
    '+# in domain * of virtual-mta m1, which is not there any more:',
    '+#   dk-sign yes',
  ])
})
test('entries more stand behind their like, or where their kind would', () => {
  expect(changes((policy) => ({ ...policy, relayDomains: [...policy.relayDomains, { domain: 'x.example' }] }))).toEqual(['+relay-domain x.example']) // prettier-ignore
  expect(changes((policy) => ({ ...policy, relayDomains: [{ domain: 'x.example' }, ...policy.relayDomains] }))).toEqual(['+relay-domain x.example']) // prettier-ignore
  expect(changes((policy) => ({ ...policy, sources: [{ match: '10/8', requireAuth: true }] }))).toEqual([
    '+<source 10/8>',
    '+  require-auth true',
    '+</source>',
    '+',
  ])
  expect(changes((policy) => ({ ...policy, virtualMtas: policy.virtualMtas.map((mta) => ({ ...mta, domains: [...mta.domains, { domain: 'b.example', useStarttls: false }] })) }))).toEqual([
    '+  <domain b.example>',
    '+    use-starttls false',
    '+  </domain>',
  ]) // prettier-ignore
})
test('an entry that changes places takes its line and its comment along', () => {
  const swapped = changes((policy) => ({ ...policy, relayDomains: policy.relayDomains.toReversed() }))
  expect(swapped).toHaveLength(2)
  expect(swapped[0]?.slice(1)).toBe(swapped[1]?.slice(1))
})
test('a whole block that goes takes one of the blank lines around it along', () => {
  const from = 'relay-domain a.example\n\n<source 10/8>\n</source>\n\nrelay-domain b.example\n'
  const { policy } = parseNotation(from)
  expect(editNotation(from, policy, { ...policy, sources: [] })?.text).toBe('relay-domain a.example\n\nrelay-domain b.example\n') // prettier-ignore
})
const withA = (part: object) => (policy: RelayPolicy) => ({
  ...policy,
  domains: policy.domains.map((one) => (one.domain === 'a' ? { ...one, ...part } : one)),
})
test('entries that are said twice are changed in the line that holds', () => {
  const from = '<domain a>\nretry-after 1m\nretry-after 2m\n</domain>\n<domain b>\n</domain>\n<domain A>\nretry-after 3m # this\n</domain>\n' // prettier-ignore
  expect(changes(withA({ retryAfter: [60_000] }), from)).toEqual(['-retry-after 3m # this', '+retry-after 1m # this']) // prettier-ignore
  expect(changes(withA({ retryAfter: undefined }), from)).toEqual(['-retry-after 1m', '-retry-after 2m', '-retry-after 3m # this']) // prettier-ignore
})
const second = (policy: RelayPolicy) => ({
  ...policy,
  sources: policy.sources.map((one, at) => (at === 1 ? { ...one, requireAuth: true } : one)),
})
test('of two sources of one network each keeps its own lines', () => {
  const from = '<source 10/8> # first\nrequire-auth yes\nodd 1\n</source>\n# between\n<source 10/8>\nrequire-auth no # second\nodd 2\n</source>\n' // prettier-ignore
  expect(changes(second, from)).toEqual(['-require-auth no # second', '+require-auth true # second'])
  expect(changes((policy) => ({ ...policy, sources: policy.sources.slice(0, 1) }), from)).toContain('-require-auth no # second') // prettier-ignore
})
test('what is unknown can go, and come', () => {
  expect(changes((policy) => ({ ...policy, unknown: policy.unknown.filter(({ within }) => within !== undefined) }))).toEqual(['-spool /var/spool/pmta   # not ours']) // prettier-ignore
  const more = { text: '<acct x>\na 1\n</acct>', within: 'domain * of virtual-mta m1' }
  expect(changes((policy) => ({ ...policy, unknown: [...policy.unknown, more] }))).toEqual([
    '+    <acct x>',
    '+    a 1',
    '+    </acct>',
  ])
})
test('a text with nothing in it gets its first entries', () => {
  const from = '# nothing yet\n'
  const { policy } = parseNotation(from)
  expect(editNotation(from, policy, { ...policy, relayDomains: [{ domain: 'a.example' }] })?.text).toBe('# nothing yet\nrelay-domain a.example\n') // prettier-ignore
  expect(editNotation('', policy, { ...policy, relayDomains: [{ domain: 'a.example' }] })?.text).toBe('relay-domain a.example\n') // prettier-ignore
})
test('a text that is not what the policy says, or has mistakes, is not edited', () => {
  expect(editNotation('<domain a>\n', own(), own())).toBeNull()
  expect(editNotation('relay-domain a.example\n', own(), own())).toBeNull()
})

/** Comments of their own line that stand in no block. */
function topComments(text: string): string[] {
  const inside = (outlineOf(text)?.inside ?? []).filter(({ first, last }) => last > first)
  return text
    .split('\n')
    .filter(
      (line, place) =>
        line.trim().startsWith('#') &&
        !inside.some(({ first, last }) => place + 1 > first && place + 1 < last),
    )
}

/** Those in this order, whatever stands between. */
const inOrder = (wanted: readonly string[], all: readonly string[]): string[] => {
  let at = 0
  return wanted.filter((line) => {
    const found = all.indexOf(line, at)
    if (found >= 0) at = found + 1
    return found < 0
  })
}

const bare = (value: unknown): string =>
  JSON.stringify(value, (key, one: unknown) => (key === 'line' ? undefined : one))

/** Lines of the blocks that are there once, and say after the change what they said. */
function untouched(text: string, before: RelayPolicy, after: RelayPolicy): string[] {
  const now = new Set(piecesOf(after).map(bare))
  const same = piecesOf(before).filter((piece) => 'inside' in piece && now.has(bare(piece)))
  const labels = piecesOf(after).map((piece) => ('label' in piece ? piece.label : ''))
  const blocks = (outlineOf(text)?.inside ?? []).filter(({ kind }) => kind === 'block')
  const once = (label: string): Extent | undefined => {
    const found = blocks.filter((one) => one.label === label)
    return found.length === 1 && labels.indexOf(label) === labels.lastIndexOf(label) ? found[0] : undefined
  }
  return same.flatMap((piece) => {
    const extent = 'label' in piece ? once(piece.label) : undefined
    return extent === undefined
      ? []
      : [
          text
            .split('\n')
            .slice(extent.first - 1, extent.last)
            .join('\n'),
        ]
  })
}

test('an edited text says the changed policy, and keeps its comments and the lines of what did not change', () => {
  assert(
    property(gen(), (g) => {
      // As it is kept.
      const text = maskNotation(embellished(g, printNotation(anyPolicy(g))))
      const { policy: before, problems } = parseNotation(text)
      expect(problems).toEqual([])
      const after = withoutSecrets(changed(g, before))
      const edited = editNotation(text, before, after)
      expect(edited).not.toBeNull()
      const again = parseNotation(edited!.text)
      expect(again.problems).toEqual([])
      expect(meaningOf(again.policy)).toBe(meaningOf(edited!.policy))
      const lines = edited!.text.split('\n')
      expect(inOrder(topComments(text), lines)).toEqual([])
      if (after.unknown === before.unknown)
        for (const block of untouched(text, before, after))
          expect(`\n${edited!.text}\n`).toContain(`\n${block}\n`)
      expect(editNotation(edited!.text, again.policy, again.policy)?.text).toBe(edited!.text)
    }),
    { numRuns: 80, endOnFailure: true },
  )
})
test('a printed policy, edited, is what that policy would be', () => {
  assert(
    property(gen(), (g) => {
      const [before, after] = [anyPolicy(g), anyPolicy(g)]
      const text = printNotation(before)
      const edited = editNotation(text, parseNotation(text).policy, after)
      expect(unwritable(after)).toEqual([])
      expect(meaningOf(parseNotation(edited!.text).policy)).toBe(meaningOf(after))
    }),
  )
})
test('the first entries of a kind find their place once, however many lines and entries there are', () => {
  const addresses = Array.from({ length: 10_000 }, (_, i) => `relay-address a${i}@b.example\n`).join('')
  const before = parseNotation(addresses).policy
  const relayDomains = Array.from({ length: 20_000 }, (_, i) => ({ domain: `d${i}.example` }))
  const edited = editNotation(addresses, before, { ...before, relayDomains })
  expect(edited?.text.startsWith('relay-domain d0.example\nrelay-domain d1.example\n')).toBe(true)
  expect(edited?.text.endsWith(addresses)).toBe(true)
})
