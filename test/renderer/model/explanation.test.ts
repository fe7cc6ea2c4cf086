import { expect, test } from 'vitest'
import { only } from '#renderer/model/explanation.ts'

test('a sentence alone has no parts, no next step and no reference', () => {
  expect(only('It ended.', 'bad')).toEqual({ plain: 'It ended.', next: '', parts: [], meanings: [], offers: [], references: [], tone: 'bad' }) // prettier-ignore
})
