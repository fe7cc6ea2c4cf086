import { expect, test } from 'vitest'
import { commonSuffixes, isRegistry } from '#shared/relay/topLevels.ts'

test('below a top-level domain, or a second level that is sold below, strangers have their names', () => {
  expect(['com', 'DE', 'co.uk', 'museum', 'рф', 'xn--p1ai'].map(isRegistry)).toEqual([true, true, true, true, true, true]) // prettier-ignore
  expect(new Set(commonSuffixes).size).toBe(commonSuffixes.length)
})
test('not below a name of somebody’s own, nor where nobody registers', () => {
  expect(['example.com', 'xn--bcher-kva.com', 'example', 'local', 'corp', 'lan', '', '*', '10', 'test'].some(isRegistry)).toBe(false) // prettier-ignore
})
