import { expect, test } from 'vitest'
import { positiveReplies } from '#shared/knowledge/positiveReplies.ts'

test('only codes of its own class, in order', () => {
  const codes = positiveReplies.map(({ code }) => code)
  for (const code of codes) expect([2, 3]).toContain(Math.floor(code / 100))
  expect(codes).toEqual(codes.toSorted((a, b) => a - b))
})
