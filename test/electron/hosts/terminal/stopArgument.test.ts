import { InvalidArgumentError } from 'commander'
import { expect, test } from 'vitest'
import { needsMessage, parseStop } from '../../../../electron/hosts/terminal/stopArgument.ts'

test.each([
  ['connect', { stopAfter: 'connect' }],
  ['end', { stopAfter: 'end' }],
  ['rcpt', { stopAfter: 'rcpt' }],
  ['rcpt:2', { stopAfter: 'rcpt', stopAt: { recipient: 2 } }],
  ['body', { stopAfter: 'body' }],
  ['body:0', { stopAfter: 'body', stopAt: { octets: 0 } }],
  ['body:1000', { stopAfter: 'body', stopAt: { octets: 1000 } }],
  ['dot', { stopAfter: 'body', stopAt: { beforeDot: true } }],
])('%s', (text, stop) => expect(parseStop(text)).toEqual(stop))

test.each(['', 'helo', 'rcpt:0', 'rcpt:x', 'mail:1', 'dot:1', 'body:', 'body:-1', 'rcpt:2:x'])(
  '%j is none',
  (text) => {
    expect(() => parseStop(text)).toThrow(InvalidArgumentError)
    expect(() => parseStop(text)).toThrow('connect, ehlo, tls, auth, mail, rcpt, data, body, end, rcpt:N')
  },
)

test('a message is needed from MAIL on', () => {
  expect([needsMessage({ stopAfter: 'auth' }), needsMessage({ stopAfter: 'mail' })]).toEqual([false, true])
})
