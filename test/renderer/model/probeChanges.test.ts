import { expect, test } from 'vitest'
import { changesBetween } from '#shared/probe/changes.ts'
import { changeMarks, changeWords } from '#renderer/model/probeChanges.ts'
import { advised, results } from '#test/support/page/compare.tsx'

test('a mark for each row that changed or is new, words for what has no row', () => {
  const before = advised('p0', { results: results.filter(({ port }) => port !== 2525) })
  const after = advised('p1', {
    results: results.filter(({ port }) => port !== 25).map((one) => (one.port === 587 ? { ...one, auth: ['LOGIN'] } : one)),
  }) // prettier-ignore
  const changes = changesBetween(before, after)
  const marks = changeMarks(changes)
  expect(marks.get('s2525')?.kind).toBe('new')
  expect(marks.get('s587')).toMatchObject({ kind: 'changed', words: expect.stringMatching(/ was .*, now /) })
  expect(marks.has('s465')).toBe(false)
  expect(changeWords(changes).some((words) => words.startsWith('Not tested any more: 25'))).toBe(true)
})
test('nothing is said of two runs that are the same', () => {
  const changes = changesBetween(advised('p0'), advised('p1'))
  expect([changeMarks(changes).size, changeWords(changes)]).toEqual([0, []])
})
