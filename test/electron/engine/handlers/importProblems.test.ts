import { expect, test } from 'vitest'
import { ImportProblems } from '#engine/handlers/importProblems.ts'

test('the same trouble of many lines is one sentence, with the first places and a count', () => {
  const problems = new ImportProblems()
  problems.add(3, 'not an event')
  problems.add(0, 'The file ends early.')
  problems.add(9, 'not JSON')
  problems.add(7, 'not JSON')
  for (let line = 10; line < 20; line++) problems.add(line, 'strange')
  problems.more('strange', 1990)
  expect(problems.sentences()).toEqual([
    'Line 3: not an event',
    'The file ends early.',
    'Lines 9 and 7: not JSON',
    'Lines 10, 11, 12, 13, 14 and 1,995 more: strange',
  ])
})

test('different ones are bounded, and what is not told is counted', () => {
  const problems = new ImportProblems()
  for (let line = 1; line <= 1500; line++) problems.add(line, `trouble ${line}`)
  problems.more('never told', 2)
  expect(problems.sentences()).toHaveLength(201)
  expect(problems.sentences().at(-1)).toBe('1,302 more problems.')
})
