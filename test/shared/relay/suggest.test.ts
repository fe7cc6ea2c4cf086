import { expect, test } from 'vitest'
import { decideRelay } from '#shared/relay/decide.ts'
import { suggestionsFor } from '#shared/relay/suggest.ts'
import { articlesPolicy } from '../../support/relay/articles.ts'

const attempt = {
  client: '203.0.113.77',
  secured: false,
  sender: 'a@shop.example',
  recipient: 'lee@gannet.example',
}

test('what would let it through, each tried on the same attempt; what would not comes last', () => {
  const tried = suggestionsFor(articlesPolicy(), attempt)
  expect(tried.map(({ title, decision }) => `${decision.relay} ${title}`)).toEqual([
    'true Sign in as foo, over TLS',
    'true Always allow relaying from 203.0.113.77',
    'true Make gannet.example a relay domain',
    'true Make lee@gannet.example a relay address',
    'false Use STARTTLS',
  ])
  for (const { policy, decision } of tried)
    if (policy) expect(decideRelay(policy, attempt).because).toBe(decision.because)
})
test('who may relay needs none', () => {
  expect(suggestionsFor(articlesPolicy(), { ...attempt, client: '10.0.5.20' })).toEqual([])
})
test.each([
  ['lee@[192.0.2.1]', ['Make lee@[192.0.2.1] a relay address']],
  ['/a/@gannet.example', ['Make gannet.example a relay domain']],
])('%s: no entry is proposed that the rules cannot have', (recipient, proposed) => {
  const titles = suggestionsFor(articlesPolicy(), { ...attempt, recipient }).map(({ title }) => title)
  expect(titles.filter((title) => title.startsWith('Make'))).toEqual(proposed)
})
