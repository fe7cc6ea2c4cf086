import { expect, test } from 'vitest'
import { directiveFor, narrowestFirst } from '#shared/relay/sources.ts'

const sources = [
  { match: '0/0', requireAuth: true, virtualMta: 'mta1' },
  { match: '10.0.0.0/8', requireAuth: false },
  { match: '2001:db8::/32', virtualMta: 'mta6' },
  { match: '10.0.0.0/8', virtualMta: 'mta2' },
  { match: 'nonsense', requireAuth: false },
]

test('narrowest first, the later of two alike before the earlier; what cannot be read holds nobody', () => {
  expect(narrowestFirst({ sources }).map(({ source }) => source)).toEqual([sources[2], sources[3], sources[1], sources[0]]) // prettier-ignore
})
test('each directive for itself', () => {
  expect(directiveFor({ sources }, '10.1.1.1', 'requireAuth')).toBe(false)
  expect(directiveFor({ sources }, '10.1.1.1', 'virtualMta')).toBe('mta2')
  expect(directiveFor({ sources }, '192.0.2.1', 'virtualMta')).toBe('mta1')
  expect(directiveFor({ sources }, '2001:db8::1', 'virtualMta')).toBe('mta6')
  expect(directiveFor({ sources }, '10.1.1.1', 'allowStarttls')).toBeUndefined()
})
