import { expect, test } from 'vitest'
import { notFound, RpcError, tellable } from '#shared/rpc/error.ts'

test('an RpcError is told in its own words', () => {
  expect(tellable(new RpcError('bad-argument', 'port 70000: too big'))).toEqual({
    code: 'bad-argument',
    message: 'port 70000: too big',
  })
})

test('of anything else only that it happened', () => {
  for (const thrown of [new Error('hunter2'), 'hunter2', null, { code: 'not-found', message: 'hunter2' }]) {
    expect(tellable(thrown).code).toBe('internal')
    expect(tellable(thrown).message).not.toContain('hunter2')
  }
})

test('what is not found is named, cut', () => {
  expect(notFound('Session', 'x'.repeat(500)).message).toBe(
    `Session "${'x'.repeat(80)}" is not here: it was removed or never existed.`,
  )
})
