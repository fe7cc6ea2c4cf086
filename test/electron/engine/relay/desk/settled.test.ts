import { expect, test } from 'vitest'
import { settled } from '#engine/relay/desk/settled.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { articlesPolicy, withoutLines } from '#test/support/relay/articles.ts'

test('a policy of a form gets the lines of its text', () => {
  const { policy, text } = settled(articlesPolicy())
  expect(withoutLines(policy)).toEqual(withoutLines(articlesPolicy()))
  expect(policy).toEqual(parseNotation(text).policy)
  expect(text.split('\n')[policy.relayDomains[0]!.line! - 1]).toBe('relay-domain some.domain')
})
test('what the text cannot say as exactly keeps its value, and loses its line', () => {
  const domains = [{ domain: '*', retryAfter: [1500], line: 7 }]
  expect(settled({ ...emptyPolicy(), domains }).policy.domains).toEqual([{ domain: '*', retryAfter: [1500] }])
})
