import { describe, expect, test } from 'vitest'
import { RowWindow, type RowSource } from '#renderer/model/rowWindow.ts'

const source = (count: number, change: Partial<RowSource> = {}): RowSource => ({
  count,
  settled: count,
  resetKey: 'a',
  estimate: () => 28,
  rowKey: (index) => index,
  ...change,
})

describe('RowWindow', () => {
  test('an update guesses only rows that are new or not settled, near what is in sight', () => {
    const rows = new RowWindow()
    const guessed: number[] = []
    const estimate = (index: number) => guessed.push(index) && 28
    rows.sync(source(1_000_000, { settled: 999_998, estimate }))
    expect(guessed.length).toBeLessThan(4000)
    rows.range(28_000_000, 280)
    guessed.length = 0
    rows.sync(source(1_000_001, { settled: 1_000_000, estimate }))
    expect(guessed).toEqual([999_998, 999_999, 1_000_000])
  })

  test('far away rows count as the usual one until they come in sight; what is above stays in its place', () => {
    const rows = new RowWindow()
    rows.sync(source(200_000, { estimate: (index) => (index < 100_000 ? 28 : 56) }))
    expect(rows.heights.total).toBe(200_000 * 28)
    const before = rows.heights.offset(149_760)
    const { first, last } = rows.range(150_000 * 28, 560)
    expect(first).toBeGreaterThan(149_000)
    expect(last - first).toBeLessThan(40)
    expect(rows.heights.offset(149_760)).toBe(before)
    expect(rows.heights.total).toBeGreaterThan(200_000 * 28)
  })

  test('draws what is in sight and a little around it', () => {
    const rows = new RowWindow()
    rows.sync(source(1000))
    rows.drew(495, 505)
    expect(rows.range(28 * 500, 280)).toEqual({ first: 492, last: 518, whole: true })
    rows.sync(source(0, { resetKey: 'b' }))
    expect(rows.range(0, 280)).toEqual({ first: 0, last: -1, whole: true })
  })

  test('where nothing is on the screen yet, what is in sight comes first', () => {
    const rows = new RowWindow()
    rows.sync(source(1000))
    expect(rows.range(0, 280)).toEqual({ first: 0, last: 10, whole: false })
    rows.drew(0, 10)
    expect(rows.range(0, 280)).toEqual({ first: 0, last: 18, whole: true })
    rows.drew(0, 18)
    expect(rows.range(28 * 500, 280)).toEqual({ first: 500, last: 510, whole: false })
    rows.sync(source(1000, { resetKey: 'a filter' }))
    expect(rows.range(0, 280)).toMatchObject({ last: 10, whole: false })
  })

  test('remembers a measured height by key when its place is laid out anew', () => {
    const rows = new RowWindow()
    rows.sync(source(3, { settled: 1 }))
    expect(rows.measured(2, 2, 60)).toBe(true)
    expect(rows.measured(2, 2, 60)).toBe(false)
    expect(rows.measured(1, 1, 0)).toBe(false)
    rows.sync(source(4, { settled: 1 }))
    expect(rows.heights.total).toBe(28 * 3 + 60)
  })

  test('reveals upwards with room above, downwards to the edge, not at all when in sight', () => {
    const rows = new RowWindow()
    rows.sync(source(100))
    expect(rows.reveal(10, 500, 200)).toBe(240)
    expect(rows.reveal(50, 0, 200)).toBe(28 * 51 - 200 + 8)
    expect(rows.reveal(2, 0, 200)).toBeNull()
  })
})
