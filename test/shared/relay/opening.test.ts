import { assert, constantFrom, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { openingOf } from '#shared/relay/opening.ts'

const under = (pattern: string) => openingOf(pattern)?.suffixes ?? []

test.each([
  [String.raw`/\.(com|org|net|de)$/`, ['com', 'org', 'de', 'net']],
  [String.raw`/@.*\.org$/`, ['org']],
  [String.raw`/@[a-z]+\.museum$/`, ['museum']],
  [String.raw`/@[^.]+\.[^.]+\.info$/`, ['info']],
  [String.raw`/@[0-9a-z]{3}\.com$/`, ['com']],
  [String.raw`/@.*\.co\.uk$/`, ['co.uk']],
  [String.raw`/@.*\.(рф|xn--p1ai)$/`, ['xn--p1ai']],
])('%s opens %j', (pattern, suffixes) => { expect(under(pattern)).toEqual(suffixes) }) // prettier-ignore

test('letters and counts open every name that they hold, and a word in front of the @ every domain', () => {
  expect(under(String.raw`/\.[a-z]{2}$/`)).toEqual(expect.arrayContaining(['de', 'io', 'co.uk', 'fr', 'eu']))
  expect(under('/@/').length).toBeGreaterThan(100)
  expect(openingOf('/^bounce@/')).toMatchObject({ samples: ['bounce@qorvelim.com', 'bounce@zuphandry.com'] })
  expect(openingOf('/postmaster/')?.samples[0]).toBe('postmaster@qorvelim.com')
  // Without an anchor the domain that was meant is a name at any other.
  expect(openingOf('/foo.com/')?.samples[0]).toBe('foo.com@qorvelim.com')
  expect(openingOf(String.raw`/foo\.com/`)?.samples[0]).toBe('foo.com@qorvelim.com')
  expect(openingOf('/^bounce-.*@/')?.samples[0]).toBe('bounce-@qorvelim.com')
  expect(openingOf('/^bounce-.+@/')?.samples[0]).toBe('bounce-x@qorvelim.com')
})
test.each([
  String.raw`/@(.*\.)?example\.(com|org|net)$/`, String.raw`/foo\.com$/`, String.raw`/@foo(bar)?\.com$/`, String.raw`/^bounce[-+].*@example\.com$/`,
  String.raw`/@(alpha|beta|gamma)-shop\.(de|at|ch)$/`, String.raw`/@.*\.example$/`, String.raw`/@.*\.corp$/`, 'bounce@example.com',
  String.raw`/@([a-z0-9-]+\.)*mail\.example\.co\.uk$/`, '/(/', '/@10/',
])('%s opens nothing', (pattern) => { expect(openingOf(pattern)).toBeNull() }) // prettier-ignore

test('whatever stands before and behind, a domain of one’s own opens nothing', () => {
  const name = constantFrom('example', 'my-shop', 'gannet', 'a1b2')
  const front = constantFrom('', '^', '^.*', '^[^@]+', '(news|info|com)', '.+')
  const below = constantFrom('', String.raw`(.*\.)?`, String.raw`([a-z]+\.)*`, String.raw`(mail|mx)\.`)
  const end = constantFrom('com', '(com|org|de)', String.raw`co\.uk`, '[a-z]{2,3}', '[a-z.]+')
  assert(
    property(tuple(front, below, name, end), ([before, sub, own, top]) => {
      expect(openingOf(`/${before}@${sub}${own}\\.${top}$/`)).toBeNull()
    }),
  )
})
