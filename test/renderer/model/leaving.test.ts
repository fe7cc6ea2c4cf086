import { expect, test } from 'vitest'
import { leavingWords, sendsTo } from '#renderer/model/leaving.ts'
import type { Delivery } from '#shared/rpc/contract/relay.ts'

const status = (delivery: Delivery, allowedHosts: string[] = []) => ({ settings: { delivery, paused: false }, allowedHosts }) // prettier-ignore
const toHost = (host: string) => status({ to: 'host', host, port: 25, tls: 'starttls' })

test.each([
  ['nothing is known', null, [], 'Nothing leaves this computer'],
  ['nobody is allowed', status({ to: 'allowed' }), [], 'Nothing leaves this computer'],
  ['this computer is', status({ to: 'allowed' }, ['127.0.0.1', 'localhost', '[::1]']), [], 'Nothing leaves this computer'],
  ['somebody is', status({ to: 'allowed' }, ['a.example', '127.0.0.1']), [], 'Sends to 1 allowed host'],
  ['some are', status({ to: 'allowed' }, ['a.example', 'b.example']), ['a.example'], 'Sends to 2 allowed hosts'],
  ['a catch-all in the Inbox', status({ to: 'inbox' }, ['a.example']), [], 'Nothing leaves this computer'],
  ['after mail went', status({ to: 'inbox' }), ['mx.a.example'], 'Contacted mx.a.example'],
  ['one host', toHost('smart.example'), [], 'Relay sends to smart.example'],
  ['one host here', toHost('127.0.0.1'), [], 'Nothing leaves this computer'],
  ['one host, and others', toHost('smart.example'), ['b.example', 'c.example'], 'Relay sends to smart.example, contacted 2 hosts'],
] as const)('%s', (_name, given, contacted, words) => {
  expect(leavingWords(given, contacted).words).toBe(words)
}) // prettier-ignore
test('the hosts are named to whoever points at it', () => {
  const given = status({ to: 'allowed' }, ['a.example', '::1', 'b.example'])
  expect(sendsTo(given)).toEqual(['a.example', 'b.example'])
  expect(leavingWords(given, ['c.example']).title).toBe(
    'Sends to: a.example, b.example\nContacted: c.example',
  )
})
