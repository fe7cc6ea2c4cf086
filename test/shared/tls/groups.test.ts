import { expect, test } from 'vitest'
import { groupName, groupNumbers, isFiniteField, isForTls13 } from '#shared/tls/groups.ts'

test('groups have their registered names, unknown ones their number', () => {
  expect([29, 23, 256, 0x11ec].map(groupName)).toEqual(['x25519', 'secp256r1', 'ffdhe2048', 'X25519MLKEM768'])
  expect(groupName(0x2a2a)).toBe('group 0x2a2a')
  expect(new Set(groupNumbers).size).toBe(groupNumbers.length)
})

test('which groups TLS 1.3 has', () => {
  expect(groupNumbers.filter(isFiniteField)).toEqual([256, 257, 258, 259, 260])
  expect([29, 30, 23, 24, 25, 31, 256, 0x11ec].every(isForTls13)).toBe(true)
  expect([22, 21, 26, 1].some(isForTls13)).toBe(false)
})
