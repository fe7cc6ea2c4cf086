import { expect, test } from 'vitest'
import { cutShort, places } from '#shared/smtp/machine/client/cutShort.ts'

test('a connection that ended is named by how far the dialogue had come', () => {
  expect(cutShort('closed', 'auth')).toEqual({
    code: 'auth-closed',
    message: 'The server closed the connection during AUTH.',
  })
  expect(cutShort('reset', 'rcpt').code).toBe('reset-unexpectedly')
  expect(cutShort('closed', 'rcpt').code).toBe('closed-unexpectedly')
  expect(cutShort('reset', 'body').code).toBe('body-closed')
})

test('each phase has a place in a sentence', () => {
  for (const place of Object.values(places)) expect(place).not.toBe('')
})
