import { expect, test } from 'vitest'
import { Facets } from '#renderer/model/facets.ts'
import { chosenWords, filterChoices } from '#renderer/model/filterChoices.ts'
import { longTranscript } from '../../support/longTranscript.ts'

const facets = new Facets()
for (const event of longTranscript('s', 5000)) facets.take(event)

test('what occurs, the most frequent first', () => {
  const verbs = filterChoices('verbs', facets)
  expect(verbs[0]!.value).toBe('RCPT')
  expect(verbs.map(({ count }) => count)).toEqual(verbs.map(({ count }) => count).toSorted((a, b) => b - a))
})
test('replies by class first, then by code and enhanced code', () => {
  const values = filterChoices('codes', facets).map(({ value }) => value)
  expect(values.slice(0, 4)).toEqual(['2xx', '3xx', '4xx', '5xx'])
  expect(values).toEqual(expect.arrayContaining(['550', '5.1.1']))
})
test('directions are told in words', () => {
  expect(filterChoices('directions', facets).map(({ words }) => words)).toContain('client to server')
  expect(chosenWords('codes', '5xx')).toBe('5xx')
})
