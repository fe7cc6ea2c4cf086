import { expect, test } from 'vitest'
import { isLoopback, listenAddress, listenProblem, ruleProblem } from '#engine/server/listenProblem.ts'
import { ListenerConfig } from '#shared/rpc/contract/server.ts'

const config = (fields: object = {}) => ListenerConfig.parse({ port: 2525, ...fields })

test.each(['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])(
  '%s is loopback',
  (address) => {
    expect(isLoopback(address)).toBe(true)
  },
)
test.each(['0.0.0.0', '::', '10.0.0.1', '::ffff:10.0.0.1', 'fe80::1%eth0', 'localhost', '', '127.0.0'])(
  '%s is not',
  (address) => {
    expect(isLoopback(address)).toBe(false)
  },
)

test('an outside address needs consent; localhost is an address, other names are not', () => {
  expect(ruleProblem(config())).toBeNull()
  expect(ruleProblem(config({ address: 'localhost' }))).toBeNull()
  expect(listenAddress('localhost')).toBe('127.0.0.1')
  expect(ruleProblem(config({ address: '0.0.0.0' }))).toMatch(/Other machines can reach 0\.0\.0\.0/)
  expect(ruleProblem(config({ address: '0.0.0.0', allowOutside: true }))).toBeNull()
  expect(ruleProblem(config({ address: 'mx.test', allowOutside: true }))).toMatch(
    /"mx\.test" is not an IP address/,
  )
})

test('a rule that lets nobody send is refused', () => {
  const rule = { auth: 'required', authOnlyAfterTls: true }
  expect(ruleProblem(config({ ...rule, tls: 'plain' }))).toMatch(/nobody could send/)
  expect(ruleProblem(config({ ...rule, tls: 'starttls' }))).toBeNull()
})

test.each([
  ['EADDRINUSE', 2525, /taken by another program.*another port/],
  ['EACCES', 25, /below 1024/],
  ['EACCES', 2525, /does not allow/],
  ['EADDRNOTAVAIL', 2525, /no address 127\.0\.0\.1/],
  ['EAFNOSUPPORT', 2525, /no IPv4/],
  ['EMFILE', 2525, /ulimit/],
  ['EWHATEVER', 2525, /EWHATEVER/],
])('%s on port %i has words and a remedy', (code, port, words) => {
  expect(listenProblem(Object.assign(new Error('x'), { code }), config({ port }))).toMatch(words)
})
