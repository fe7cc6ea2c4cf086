import { expect, test } from 'vitest'
import { ToClient, ToServer, withinLimits } from '#shared/rpc/wire.ts'

test('messages of another version are not read', () => {
  const call = { t: 'call', id: 1, name: 'app.info', input: {} }
  expect(ToServer.safeParse({ v: 1, ...call }).success).toBe(true)
  expect(ToServer.safeParse({ v: 2, ...call }).success).toBe(false)
  expect(ToServer.safeParse(call).success).toBe(false)
  expect(ToClient.safeParse({ v: 1, t: 'error', id: 1, code: 'weird', message: '' }).success).toBe(false)
})

test('strings, members and names count against the limit', () => {
  expect(withinLimits({ a: 'xx' }, 5)).toBe(true)
  expect(withinLimits({ a: 'xx' }, 4)).toBe(false)
  expect(withinLimits([1, 2, 3], 4)).toBe(true)
  expect(withinLimits([1, 2, 3, 4], 4)).toBe(false)
})

test('deep and circular messages are refused without following them for long', () => {
  const circle: unknown[] = []
  circle.push(circle)
  expect(withinLimits(circle)).toBe(false)
  expect(withinLimits([[[1]]], 100, 3)).toBe(true)
  expect(withinLimits([[[[1]]]], 100, 3)).toBe(false)
})

test('sparse arrays and typed arrays, cheap to send and dear to read, are refused', () => {
  const sparse: unknown[] = []
  sparse.length = 4_000_000_000
  expect(withinLimits(sparse)).toBe(false)
  expect(withinLimits({ a: new Uint8Array(8) })).toBe(false)
})
