import { describe, expect, it } from 'vitest'
import {
  BulkQuery,
  Change,
  ListQuery,
  longestWait,
  TranscriptQuery,
  WaitQuery,
} from '#engine/suiteApi/schemas.ts'

describe('what stands in an address', () => {
  it('has defaults', () => {
    expect(ListQuery.parse({})).toEqual({ query: '', show: 'kept', sort: 'newest', limit: 100 })
    expect(WaitQuery.parse({})).toEqual({ query: '', show: 'kept', timeout: 10_000 })
    expect(BulkQuery.parse({ all: 'true' })).toEqual({ all: true, show: 'kept' })
    expect(TranscriptQuery.parse({ after: '7' })).toEqual({ after: 7, limit: 10_000 })
  })

  it.each([
    { limit: '0' }, { limit: '501' }, { limit: '1e2' }, { limit: '-1' }, { limit: '' }, { show: 'x' }, { sort: 'x' },
    { query: 'x'.repeat(501) }, { more: '1' },
  ])('%j is refused', (query) => expect(ListQuery.safeParse(query).success).toBe(false)) // prettier-ignore

  it('bounds a wait', () => {
    expect(WaitQuery.safeParse({ timeout: String(longestWait) }).success).toBe(true)
    expect(WaitQuery.safeParse({ timeout: String(longestWait + 1) }).success).toBe(false)
    expect(BulkQuery.safeParse({ all: 'yes' }).success).toBe(false)
  })
})

it('asks a change to name something', () => {
  expect(Change.safeParse({ unread: false }).success).toBe(true)
  expect(Change.safeParse({}).error?.issues[0]?.message).toContain('{"unread": false}')
})
