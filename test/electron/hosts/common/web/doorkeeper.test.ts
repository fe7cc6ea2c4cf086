import { expect, test } from 'vitest'
import { Doorkeeper } from '../../../../../electron/hosts/common/web/doorkeeper.ts'

const pairOf = (cookie: string | null): string => cookie?.split(';')[0] ?? ''

test('a token opens once, and its cookie admits', () => {
  const door = new Doorkeeper(4000)
  const token = door.issueToken()
  const cookie = door.exchange(token)
  expect(cookie).toMatch(/^relayscope-4000=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
  expect(door.admits(`other=1; ${pairOf(cookie)}`)).toBe(true)
  expect(door.exchange(token)).toBeNull()
})

test('wrong tokens and cookies open nothing', () => {
  const door = new Doorkeeper(4000)
  const token = door.issueToken()
  for (const wrong of ['', token.slice(1), `${token}x`, token.toUpperCase()])
    expect(door.exchange(wrong)).toBeNull()
  const pair = pairOf(door.exchange(token))
  for (const wrong of [
    undefined,
    '',
    'relayscope-4000=',
    `x${pair}`,
    pair.replace('4000', '4001'),
    pair.slice(0, -1),
  ])
    expect(door.admits(wrong)).toBe(false)
})

test('another host, even on the same port, does not know the session', () => {
  const first = new Doorkeeper(4000)
  const pair = pairOf(first.exchange(first.issueToken()))
  expect(new Doorkeeper(4000).admits(pair)).toBe(false)
})

test('of unused tokens only the newest eight are kept', () => {
  const door = new Doorkeeper(4000)
  const tokens = Array.from({ length: 9 }, () => door.issueToken())
  expect(door.exchange(tokens[0]!)).toBeNull()
  expect(door.exchange(tokens[1]!)).not.toBeNull()
})
