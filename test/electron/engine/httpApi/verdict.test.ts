import { describe, expect, it } from 'vitest'
import { verdictOf } from '#engine/httpApi/verdict.ts'

const json = (results: object) => JSON.stringify({ results: { id: '1', ...results } })
const counts = (accepted: number, rejected: number) =>
  json({ total_accepted_recipients: accepted, total_rejected_recipients: rejected })

describe('a 2xx', () => {
  it.each([
    ['json', counts(2, 0), 'accepted', 'Delivery is its job'],
    ['json', json({}), 'accepted', 'Delivery is its job'],
    ['json', '{"results":{"total_accepted_recipients":1}}', 'accepted', 'Delivery is its job'],
    ['json', counts(0, 0), 'rejected', 'no recipient'],
    ['json', counts(1, 1), 'partly-accepted', '1 of 2 recipients'],
    ['json', counts(0, 2), 'rejected', 'no recipient'],
    ['form', '{"id":"<1>","message":"Queued. Thank you."}', 'accepted', 'Delivery is its job'],
    ['json', '{"id":"<1>","message":"Queued. Thank you."}', 'failed', 'nothing shows'],
    ['form', counts(1, 0), 'failed', 'nothing shows'],
    ['form', '<html>', 'failed', 'nothing shows'],
    ['json', '', 'failed', 'nothing shows'],
    ['json', 'null', 'failed', 'nothing shows'],
    ['json', '{"results":7}', 'failed', 'nothing shows'],
    ['json', '{"results":{"total_rejected_recipients":"9"}}', 'failed', 'nothing shows'],
    ['json', '{"results":[]}', 'failed', 'nothing shows'],
    ['form', '{"message":"Forbidden"}', 'failed', 'nothing shows'],
    ['form', '{"id":"","message":"Queued."}', 'failed', 'nothing shows'],
    ['json', '\u00ff\u00fe', 'failed', 'nothing shows'],
  ] as const)('by %s that says %s is %s', (api, body, outcome, words) =>
    expect(verdictOf(api, { status: 200, body })).toMatchObject({
      outcome,
      message: expect.stringContaining(words),
    }),
  )
})

it('names where a service points to, and that nothing followed', () => {
  const { outcome, message, next } = verdictOf('json', { status: 308, body: '', location: 'https://b.test/x\u0007\u00e9' })
  expect([outcome, message]).toEqual(['rejected', 'The service points elsewhere, 308 “https://b.test/x”. Message and key did not follow.']) // prettier-ignore
  expect(next).toContain('address of the API')
  expect(verdictOf('json', { status: 304, body: '' }).message).toBe('The service points elsewhere, 304. Message and key did not follow.') // prettier-ignore
}) // prettier-ignore

it.each([
  ['30', 'after 30 s, as it asks'],
  ['Mon, 23 Nov 2026 10:00:00 GMT', 'after Mon, 23 Nov 2026 10:00:00 GMT, as it asks'],
  ['soon\u0007', 'again later'],
  [undefined, 'again later'],
])('passes on when to come again: %s', (retryAfter, words) =>
  expect(verdictOf('form', { status: 429, body: '', retryAfter }).next).toContain(words),
)

it.each([
  [401, 'refused the key'],
  [403, 'does not let this key send this'],
  [408, 'put the message off'],
  [420, 'put the message off'],
  [404, 'no such address'],
  [422, 'refused the request'],
  [503, 'put the message off'],
])('%i is a refusal', (status, words) =>
  expect(verdictOf('json', { status, body: counts(1, 0) })).toMatchObject({
    outcome: 'rejected',
    message: expect.stringContaining(words),
  }),
)
