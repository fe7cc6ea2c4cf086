import { expect, it } from 'vitest'
import { matches, mergePage } from '#engine/transcripts/sessionList.ts'
import { summary } from '../store/support.ts'

const page = (ids: string[], total = ids.length, next?: string) => ({ items: ids.map((id) => summary(id)), total, ...(next === undefined ? {} : { next }) }) // prettier-ignore
const ids = (items: { id: string }[]) => items.map((item) => item.id)

it('puts what only memory has in its place and takes its newer summaries', () => {
  const live = [summary('s9'), summary('s3', { words: 'newer' }), summary('s4')]
  const merged = mergePage(page(['s5', 's3', 's1']), live, { limit: 10 })
  expect(ids(merged.items)).toEqual(['s9', 's5', 's4', 's3', 's1'])
  expect(merged.items[3]?.words).toBe('newer')
  expect([merged.total, merged.next]).toEqual([5, undefined])
})

it('keeps pages whole: nothing twice, nothing left out', () => {
  const live = [summary('s6'), summary('s2')]
  const first = mergePage(page(['s7', 's5', 's4'], 6, 's4'), live, { limit: 3 })
  expect([ids(first.items), first.next]).toEqual([['s7', 's6', 's5'], 's5'])
  const second = mergePage(page(['s4', 's3', 's1'], 6), live, { limit: 3, before: 's5' })
  expect([ids(second.items), second.next]).toEqual([['s4', 's3', 's2'], 's2'])
  const third = mergePage(page(['s1'], 6), live, { limit: 3, before: 's2' })
  expect([ids(third.items), third.next]).toEqual([['s1'], undefined])
})

it('filters memory by source and by words', () => {
  const one = summary('s', { host: 'MX.example', words: 'At RCPT', source: 'relay' })
  expect(matches(one, { limit: 1, source: 'relay', text: 'mx 2525' })).toBe(true)
  expect(matches(one, { limit: 1, source: 'probe' })).toBe(false)
  expect(matches(one, { limit: 1, text: 'mx absent' })).toBe(false)
  expect(matches(one, { limit: 1, text: '  ' })).toBe(true)
})
