import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { aligned } from '#shared/relay/notation/align.ts'

const of = (before: string, now: string) => {
  const { before: places, stays } = aligned(before.split(''), now.split(''))
  return places.map((place, at) => `${place}${stays[at] ? '' : '!'}`).join(' ')
}

test('what stays, moves and is new', () => {
  expect(of('abc', 'abc')).toBe('0 1 2')
  expect(of('abc', 'ac')).toBe('0 2')
  expect(of('abc', 'axbc')).toBe('0 -1! 1 2')
  expect(of('abcd', 'dabc')).toBe('3! 0 1 2')
  expect(of('aab', 'ab')).toBe('0 2')
  expect(of('', 'a')).toBe('-1!')
})
test('every key finds its like, each once, and those that stay are in order', () => {
  const keys = array(constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })
  assert(
    property(keys, keys, (before, now) => {
      const { before: places, stays } = aligned(before, now)
      const found = places.filter((place) => place >= 0)
      expect(new Set(found).size).toBe(found.length)
      expect(places.every((place, at) => place < 0 || before[place] === now[at])).toBe(true)
      const staying = places.filter((_place, at) => stays[at])
      expect(staying).toEqual(staying.toSorted((a, b) => a - b))
      expect(staying).not.toContain(-1)
    }),
  )
})
test('a hundred thousand lines are compared at once', () => {
  const before = Array.from({ length: 100_000 }, (_one, at) => `${at}`)
  const { stays } = aligned(before, before.toReversed())
  expect(stays.filter(Boolean)).toHaveLength(1)
})
