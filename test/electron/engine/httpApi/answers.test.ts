import { expect, it } from 'vitest'
import { accepted, refuse } from '#engine/httpApi/answers.ts'

it('answers in the shape of each API', () => {
  expect(refuse('form', { status: 400, message: 'No.' })).toEqual({ status: 400, body: { message: 'No.' } })
  expect(refuse('json', { status: 429, message: 'Slow.', headers: { 'Retry-After': '1' } })).toEqual({
    status: 429,
    body: { errors: [{ message: 'too many requests', description: 'Slow.', code: '1429' }] },
    headers: { 'Retry-After': '1' },
  })
  expect(accepted('form', 'x', 1).body).toEqual({ id: '<x>', message: 'Queued. Thank you.' })
  expect(accepted('json', 'x', 2).body).toEqual({
    results: { total_rejected_recipients: 0, total_accepted_recipients: 2, id: 'x' },
  })
})
