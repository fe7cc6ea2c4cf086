import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { distance, distancesOfBeginnings, findNear, meant } from '#shared/relay/notation/distance.ts'

test.each([
  ['password', 'password', 0],
  ['password', 'pasword', 1],
  ['password', 'passwrod', 1],
  ['password', 'paswrod', 2],
  ['', 'abc', 3],
  ['a'.repeat(81), 'a', Infinity],
])('%s and %s: %s', (one, other, apart) => { expect(distance(one, other)).toBe(apart) }) // prettier-ignore

test('it is the same both ways, and nothing only for what is equal', () => {
  const name = string({ maxLength: 12 })
  assert(
    property(name, name, (one, other) => {
      expect(distance(one, other)).toBe(distance(other, one))
      expect(distance(one, other) === 0).toBe(one === other)
      expect(distance(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length))
    }),
  )
})
test('inside of a text: where it ends, going on while it grows more alike', () => {
  expect(findNear('smtp-pasword X', 'password', 2)).toEqual({ end: 12, wrong: 1 })
  expect(findNear('pas sword X', 'password', 2)).toEqual({ end: 9, wrong: 1 })
  expect(findNear('relay-domain a.example', 'password', 2)).toBeNull()
  expect(findNear('password', 'password', 2)).toEqual({ end: 8, wrong: 0 })
})
test('what was meant: the nearest name, and none that is too far for its length', () => {
  const names = ['use-starttls', 'require-starttls', 'retry-after', 'smarthost']
  expect(meant('require-startls', names)).toBe('require-starttls')
  expect(meant('smarthots', names)).toBe('smarthost')
  expect(meant('spool', names)).toBeUndefined()
  expect(meant('user', ['uses'])).toBe('uses')
})
test('distances of beginnings are those of each beginning', () => {
  assert(
    property(string({ maxLength: 12 }), string({ maxLength: 12 }), (text, pattern) => {
      const each = Array.from({ length: text.length + 1 }, (_, end) => distance(pattern, text.slice(0, end)))
      expect(distancesOfBeginnings(text, pattern)).toEqual(each)
    }),
  )
})
