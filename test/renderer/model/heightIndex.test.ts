import { array, assert, integer, nat, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HeightIndex } from '#renderer/model/heightIndex.ts'

const filled = (heights: number[]) => {
  const index = new HeightIndex()
  for (const height of heights) index.append(height)
  return index
}

describe('HeightIndex', () => {
  test('answers as plain addition does, after appending, setting and truncating', () => {
    const heights = array(integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 300 })
    assert(
      property(heights, nat(), integer({ min: 1, max: 90 }), nat(), (list, where, height, keep) => {
        const index = filled(list)
        const plain = [...list]
        index.set(where % list.length, height)
        plain[where % list.length] = height
        const size = 1 + (keep % list.length)
        index.truncate(size)
        plain.length = size
        index.append(17)
        plain.push(17)
        let sum = 0
        for (const [i, each] of plain.entries()) {
          expect(index.offset(i)).toBe(sum)
          expect(index.at(sum)).toBe(i)
          expect(index.at(sum + each - 0.5)).toBe(i)
          sum += each
        }
        expect(index.total).toBe(sum)
      }),
    )
  })

  test('stays inside: above the start row 0, below the end the last row', () => {
    const index = filled([10, 20])
    expect(index.at(-5)).toBe(0)
    expect(index.at(1000)).toBe(1)
    expect(index.height(7)).toBe(0)
    expect(index.set(7, 3)).toBe(false)
    expect(index.set(1, 20)).toBe(false)
  })

  test('holds a million rows', () => {
    const index = new HeightIndex()
    for (let i = 0; i < 1_000_000; i++) index.append(28)
    expect(index.total).toBe(28_000_000)
    expect(index.at(28 * 777_777)).toBe(777_777)
  })
})
