import { expect, test } from 'vitest'
import { monthOf, opinions } from '#renderer/model/probeDetailViews.ts'

test('standards and articles apart; an address becomes a link, anything else stays words', () => {
  const views = [
    { who: 'RFC 8314', says: 'Use it.', date: '2018-01' },
    { who: 'Bird, “Which?”, https://bird.com/blog/what-smtp-port', says: 'Do not.', date: '2020-04-20' },
    { who: 'Somebody javascript:alert(1)', says: 'x', date: '?' },
  ]
  const { standards, articles } = opinions({ views })
  expect(standards.map(({ who }) => who)).toEqual(['RFC 8314'])
  expect(articles.map(({ who, href }) => [who, href])).toEqual([['Bird, “Which?”', 'https://bird.com/blog/what-smtp-port'], ['Somebody javascript:alert(1)', undefined]]) // prettier-ignore
})

test('a month as it is spoken', () => {
  expect(['2018-01', '2020-04-20', '2020-13', 'x'].map(monthOf)).toEqual(['January 2018', 'April 2020', '2020-13', 'x']) // prettier-ignore
})
