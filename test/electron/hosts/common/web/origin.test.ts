import { expect, test } from 'vitest'
import { hostAllowed, originAllowed } from '../../../../../electron/hosts/common/web/origin.ts'

test.each([
  ['127.0.0.1:4000', true],
  ['localhost:4000', true],
  ['LOCALHOST:4000', true],
  ['localhost', false],
  ['localhost:4001', false],
  ['attacker.example:4000', false],
  ['localhost.attacker.example:4000', false],
  ['127.0.0.1:4000.attacker.example', false],
  ['[::1]:4000', false],
  ['', false],
  [undefined, false],
])('Host %s on port 4000: %s', (host, allowed) => {
  expect(hostAllowed(host, 4000)).toBe(allowed)
})

test('port 80 may be left out', () => {
  expect(hostAllowed('localhost', 80)).toBe(true)
  expect(originAllowed('http://localhost', 'localhost', 80)).toBe(true)
})

test.each([
  ['http://127.0.0.1:4000', '127.0.0.1:4000', true],
  ['http://localhost:4000', 'localhost:4000', true],
  ['http://localhost:4000', '127.0.0.1:4000', false],
  ['https://localhost:4000', 'localhost:4000', false],
  ['http://localhost:4001', 'localhost:4000', false],
  ['http://attacker.example', 'attacker.example', false],
  ['null', 'localhost:4000', false],
  [undefined, 'localhost:4000', false],
])('Origin %s under Host %s: %s', (origin, host, allowed) => {
  expect(originAllowed(origin, host, 4000)).toBe(allowed)
})
