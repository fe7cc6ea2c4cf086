import { expect, test } from 'vitest'
import { hashes, literalName, machineOptions, replyTimeouts } from '#engine/dialogue/options.ts'
import { messageSource } from '#engine/message/source.ts'
import { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { request } from '#test/support/dialogue/start.ts'

const source = messageSource(new TextEncoder().encode('Subject: é\r\n\r\n'))
const options = (more: Parameters<typeof request>[1] = {}) =>
  machineOptions(DialogueRequest.parse(request(587, more)), source, '192.0.2.7')

test('the EHLO name is the address literal of the connection unless one is given', () => {
  expect(options().ehloName).toBe('[192.0.2.7]')
  expect(options({ target: { ehloName: 'me.example' } }).ehloName).toBe('me.example')
  expect(literalName('::ffff:192.0.2.7')).toBe('[192.0.2.7]')
  expect(literalName('fe80::1%eth0')).toBe('[IPv6:fe80::1]')
  expect(literalName('')).toBe('[127.0.0.1]')
})

test('the envelope follows the header fields unless it is given; nobody gets it twice', () => {
  const message = {
    from: 'Anna <a@example.com>',
    to: ['B <b@example.com>', 'b@example.com'],
    cc: ['c@example.com'],
  }
  expect(options({ message }).transaction).toMatchObject({
    from: 'a@example.com',
    to: [{ address: 'b@example.com' }, { address: 'c@example.com' }],
    size: source.size,
    eightBit: true,
    utf8: true,
  })
  expect(options({ message, envelopeFrom: '', envelopeTo: ['d@example.com'] }).transaction).toMatchObject({
    from: '',
    to: [{ address: 'd@example.com' }],
  })
})

test('no user, no authentication', () => {
  expect(options().auth).toBeNull()
  expect(options({ auth: { mechanism: 'auto' } }).auth).toBeNull()
  expect(options({ auth: { mechanism: 'login', user: 'u', password: 'p' } }).auth).toMatchObject({
    mechanism: 'login',
  })
})

test('one limit for every reply, or the RFC’s', () => {
  expect(replyTimeouts(undefined)).toEqual({})
  expect(new Set(Object.values(replyTimeouts(5)))).toEqual(new Set([5]))
  expect(Object.keys(replyTimeouts(5))).toHaveLength(8)
})

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

test('HMAC-MD5 agrees with RFC 2195 §2', () => {
  const digest = hashes.hmac(
    'md5',
    encode('tanstaaftanstaaf'),
    encode('<1896.697170952@postoffice.reston.mci.net>'),
  )
  expect(Buffer.from(digest).toString('hex')).toBe('b913a602c7eda7a495b4e6e7334d3890')
})

test('what is asked for in words becomes what the machine says', () => {
  const message = { from: 'a@example.com', to: ['b@example.com', 'c@example.com'] }
  const dsn = { notify: ['success', 'failure', 'success'], ret: 'hdrs', envid: 'e1', orcpt: ['B <old@example.com>', ''] } as const // prettier-ignore
  const all = options({ message, dsn: { ...dsn, notify: [...dsn.notify], orcpt: [...dsn.orcpt] }, extensions: { size: 5, chunking: 'on' } }) // prettier-ignore
  expect(all.chunking).toBe(true)
  expect(all.transaction).toMatchObject({
    dsn: { notify: ['SUCCESS', 'FAILURE'], ret: 'HDRS', envid: 'e1' },
    extensions: { size: 5 },
    to: [{ address: 'b@example.com', orcpt: 'old@example.com' }, { address: 'c@example.com' }],
  })
  expect(all.transaction?.to[1]).not.toHaveProperty('orcpt')
  const auto = options({ message, dsn: { orcpt: 'auto' } }).transaction
  expect(auto?.to.map(({ orcpt }) => orcpt)).toEqual(message.to)
})

test('where and how to stop, and a limit of its own for the greeting', () => {
  const stop = { stopAfter: 'rcpt', stopAt: { recipient: 2 }, stopHow: 'reset' } as const
  expect(options(stop)).toMatchObject(stop)
  expect(options({ target: { timeouts: { reply: 50, greeting: 7 } } }).timeouts).toMatchObject({
    greeting: 7,
    mail: 50,
  })
})
