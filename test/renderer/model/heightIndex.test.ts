import { array, assert, integer, nat, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockSize, HeightIndex } from '#renderer/model/heightIndex.ts'

const filled = (heights: readonly number[]) => {
  const index = new HeightIndex()
  index.resize(heights.length, 0, (row) => heights[row]!)
  for (let block = 0; block * blockSize < heights.length; block++) index.open(block, (row) => heights[row]!)
  return index
}

describe('HeightIndex', () => {
  test('answers as plain addition does, after setting, cutting and appending', () => {
    const heights = array(integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 700 })
    assert(
      property(heights, nat(), integer({ min: 1, max: 90 }), nat(), (list, where, height, keep) => {
        const index = filled(list)
        const plain = [...list]
        index.set(where % list.length, height)
        plain[where % list.length] = height
        const size = 1 + (keep % list.length)
        plain.length = size
        plain.push(17)
        index.resize(size + 1, size, () => 17)
        index.open(Math.floor(size / blockSize), (row) => plain[row]!)
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

  test('a million rows are counted, not asked about; a block is asked about once', () => {
    const index = new HeightIndex()
    const asked: number[] = []
    const heightOf = (row: number) => asked.push(row) && 30
    index.assume(28)
    index.resize(1_000_000, 0, heightOf)
    expect(index.total).toBe(28_000_000)
    expect(index.at(28 * 777_777)).toBe(777_777)
    expect(asked).toEqual([])
    index.open(3, heightOf)
    index.open(3, heightOf)
    expect(asked).toHaveLength(blockSize)
    expect(index.total).toBe(28_000_000 + 2 * blockSize)
    expect(index.set(blockSize * 9, 40)).toBe(false)
  })
})
