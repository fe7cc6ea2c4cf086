import { describe, expect, it } from 'vitest'
import { Problem, problemOf, problemTypes, wrongField } from '#engine/suiteApi/problems.ts'
import { RpcError } from '#shared/rpc/error.ts'

describe('a problem', () => {
  it('has type, title, status and detail (RFC 9457 §3.1), and what more is known', () => {
    const problem = new Problem('mark-gone', 'Too old.', { mark: 'x.1' })
    expect(problem.status).toBe(410)
    expect(problem.body()).toEqual({
      type: '/api/v1/problems/mark-gone',
      title: 'The mark is too old',
      status: 410,
      detail: 'Too old.',
      mark: 'x.1',
    })
  })

  it('names field, value and what would be right', () => {
    expect(wrongField('since', 'x', 'is no mark').body()).toMatchObject({
      detail: 'since "x": is no mark',
      errors: [{ field: 'since', value: 'x', message: 'is no mark' }],
    })
  })

  it.each(Object.entries(problemTypes))('%s says what can be done', (_name, { status, title, help }) => {
    expect(status).toBeGreaterThanOrEqual(400)
    expect(title).not.toMatch(/\.$/)
    expect(help).toMatch(/\.$/)
  })
})

it('tells what the contract refused, and nothing of what nobody foresaw', () => {
  expect(problemOf(new RpcError('not-found', 'gone'))).toMatchObject({ kind: 'not-found', message: 'gone' })
  expect(problemOf(new RpcError('bad-argument', 'wrong'))?.body()).toMatchObject({ status: 400, errors: [{ field: 'query' }] }) // prettier-ignore
  expect(problemOf(new RpcError('internal', 'The disk is full.'))).toMatchObject({ kind: 'internal' })
  expect(problemOf(new Error('secret'))).toBeNull()
  const own = new Problem('too-many', 'x')
  expect(problemOf(own)).toBe(own)
})
