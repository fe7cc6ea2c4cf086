import { expect, test } from 'vitest'
import { permanentReplies } from '#shared/knowledge/permanentReplies.ts'

test('only codes of its own class, in order', () => {
  const codes = permanentReplies.map(({ code }) => code)
  for (const code of codes) expect([5]).toContain(Math.floor(code / 100))
  expect(codes).toEqual(codes.toSorted((a, b) => a - b))
})
