import { expect, test } from 'vitest'
import { Arrivals, noticeOf } from '#shared/inbox/arrival.ts'
import { messageSummary } from '#test/support/mail.ts'

const since = '2026-03-04T00:00:00.000Z'
const put = (change: Parameters<typeof messageSummary>[0] = {}) => ({ type: 'put' as const, summary: messageSummary(change) }) // prettier-ignore

test('each message is told once, whatever becomes of it afterwards', () => {
  const arrivals = new Arrivals(since)
  expect(arrivals.take([put(), put({ id: 'm2' })]).map(({ id }) => id)).toEqual(['m1', 'm2'])
  expect(arrivals.take([put({ starred: true }), put({ id: 'm3' })]).map(({ id }) => id)).toEqual(['m3'])
})
test('what is old, read already or no message is no news', () => {
  const arrivals = new Arrivals(since)
  const old = put({ receivedAt: '2026-03-03T23:59:59.999Z' })
  expect(arrivals.take([old, put({ unread: false }), { type: 'session', summary: messageSummary() }, { type: 'many' }, { type: 'cleared' }, { type: 'gone', ids: ['m1'] }])).toEqual([]) // prettier-ignore
})
test('what is remembered is bounded', () => {
  const arrivals = new Arrivals(since)
  arrivals.take(Array.from({ length: 5000 }, (_one, at) => put({ id: `a${at}` })))
  expect(arrivals.take([put({ id: 'a4999' })])).toEqual([])
  expect(arrivals.take([put({ id: 'a0' })])).toHaveLength(1)
})
test('one is told by subject and author, many by their number, none not at all', () => {
  expect(noticeOf([])).toBeNull()
  expect(noticeOf([messageSummary()])).toEqual({ title: 'Your order 10294 has shipped', body: 'From Shop orders <orders@shop.example>', id: 'm1', tag: 'm1' }) // prettier-ignore
  expect(noticeOf([messageSummary(), messageSummary()])).toMatchObject({ title: '2 messages arrived', tag: 'many' }) // prettier-ignore
})
test('a subject cannot pretend: no controls, no turned writing, no novel', () => {
  const notice = noticeOf([
    messageSummary({ subject: `exe.\u202Efdp\u0007${'x'.repeat(500)}`, from: '\u0000' }),
  ])
  expect(notice?.title).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  expect(notice?.title.length).toBe(120)
  expect(notice?.body).toBe('From nobody')
  expect(noticeOf([messageSummary({ subject: ' ' })])?.title).toBe('(no subject)')
})
