import { expect, test } from 'vitest'
import { transientReplies } from '#shared/knowledge/transientReplies.ts'

test('only codes of its own class, in order', () => {
  const codes = transientReplies.map(({ code }) => code)
  for (const code of codes) expect([4]).toContain(Math.floor(code / 100))
  expect(codes).toEqual(codes.toSorted((a, b) => a - b))
})
