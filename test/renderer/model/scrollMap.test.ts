import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { elementHeight, mostPixels, ScrollMap, toElement, toList } from '#renderer/model/scrollMap.ts'

const high = 28_000_000

test('a list that a browser can scroll is not mapped', () => {
  expect(elementHeight(5000)).toBe(5000)
  const map = new ScrollMap()
  map.resize(5000)
  map.scrolled(1234, 500)
  expect([map.top, map.shift]).toEqual([1234, 0])
})
test('the mapping is one to one near the ends, leads both ways, and keeps order', () => {
  expect(elementHeight(high)).toBe(mostPixels)
  expect(toElement(500, high)).toBe(500)
  expect(toElement(high - 500, high)).toBe(mostPixels - 500)
  assert(
    property(integer({ min: 0, max: high }), (y) => {
      expect(toList(toElement(y, high), high)).toBeCloseTo(y, 3)
      expect(toElement(y + 1, high)).toBeGreaterThan(toElement(y, high))
    }),
  )
})
test('a small movement moves the list by as much, a large one goes to the mapped place', () => {
  const map = new ScrollMap()
  map.resize(high)
  map.scrolled(4_000_000, 1000)
  expect(map.top).toBe(high / 2)
  map.scrolled(4_000_100, 1000)
  expect(map.top).toBe(high / 2 + 100)
  expect(map.top + map.shift).toBe(4_000_100)
  map.scrolled(mostPixels - 700, 1000)
  expect(map.top).toBe(high - 700)
})
test('going to a place says where to scroll; drawn there, the place is in sight', () => {
  const map = new ScrollMap()
  map.resize(high)
  const place = map.goTo(9_000_000)
  expect(map.top + map.shift).toBe(place)
  map.scrolled(place, 1000)
  expect(map.top).toBe(9_000_000)
})
