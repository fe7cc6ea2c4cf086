import { expect, test } from 'vitest'
import { checkRun, isLoopback } from '#engine/many/check.ts'
import { ManyRequest } from '#shared/rpc/contract/many.ts'
import { request } from '#test/support/dialogue/start.ts'

const plan = (change: object, more: object = {}) =>
  ManyRequest.parse({ request: request(25, change), messages: 5, ...more })
const fields = (change: object, more: object = {}) => checkRun(plan(change, more)).map(({ field }) => field)

test('this computer needs no confirmation, everybody else does, by the very name', () => {
  expect(fields({})).toEqual([])
  expect(fields({ target: { host: 'mx.example.com' } })).toEqual(['confirmedHost'])
  expect(fields({ target: { host: 'mx.example.com' } }, { confirmedHost: 'mx.example.org' })).toEqual([
    'confirmedHost',
  ])
  expect(fields({ target: { host: 'mx.example.com' } }, { confirmedHost: ' MX.example.com' })).toEqual([])
})

test('says what would be right', () => {
  const [asked] = checkRun(plan({ target: { host: 'mx.example.com' } }))
  expect(asked?.message).toContain('type mx.example.com once more')
  const [other] = checkRun(plan({ target: { host: 'mx.example.com' } }, { confirmedHost: 'x' }))
  expect([other?.value, other?.message]).toEqual(['x', expect.stringContaining('which is mx.example.com')])
})

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '::1',
  '[::1]',
  'localhost',
  'LOCALHOST.',
  'mail.localhost',
  '::ffff:127.0.0.1',
])('%s is this computer', (host) => {
  expect(isLoopback(host)).toBe(true)
})
test.each([
  '128.0.0.1',
  '10.0.0.1',
  '0.0.0.0',
  '::',
  '::2',
  'localhost.example',
  'notlocalhost',
  '127.0.0.1.example.com',
])('%s is not', (host) => {
  expect(isLoopback(host)).toBe(false)
})

test('what is for one message is refused', () => {
  expect(fields({ step: true, stopAfter: 'rcpt', delay: 5, message: undefined })).toEqual([
    'request.message', 'request.step', 'request.stopAfter', 'request.delay',
  ]) // prettier-ignore
  expect(fields({ breakpoints: ['MAIL'] })).toEqual(['request.step'])
})
