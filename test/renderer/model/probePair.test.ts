import { expect, test } from 'vitest'
import { pairOf } from '#renderer/model/probePair.ts'
import { advised, results } from '#test/support/page/compare.tsx'

test('aligned by port and family on one axis; what one lacks stays empty', () => {
  const other = results.filter(({ port }) => port !== 25).map((one) => ({ ...one, host: 'b.test', auth: [] }))
  const pair = pairOf(advised(), { results: other, startedAt: '2026-11-01T10:00:00.000Z' })
  expect(pair.rows.map(({ port, family }) => `${port} ${family}`)).toEqual([
    '25 4',
    '465 4',
    '587 4',
    '587 6',
    '2525 4',
  ])
  expect(pair.rows[0]).toMatchObject({ right: null, differs: [] })
  expect(pair.rows[1]!.differs).toEqual(['auth'])
  expect(pair.axis.length).toBe(400_000)
})
test('of several addresses the best one speaks, the others are counted', () => {
  const several = [{ ...results[3]!, family: 4 as const }, results[2]!]
  const { rows } = pairOf({ results: several, startedAt: '' }, { results: [], startedAt: '' })
  expect(rows[0]!.left).toMatchObject({ more: 'and 1 more address', row: { reach: { tone: 'good' } } })
})
