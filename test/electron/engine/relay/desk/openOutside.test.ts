import { expect, test } from 'vitest'
import { openOutside } from '#engine/relay/desk/openOutside.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { ListenerConfig } from '#shared/rpc/contract/listener.ts'

const at = (address: string, port: number, more: object = {}) =>
  ListenerConfig.parse({ address, port, relay: true, tls: 'plain', auth: 'off', authOnlyAfterTls: false, allowOutside: true, ...more }) // prettier-ignore
const open = { ...emptyPolicy(), sources: [{ match: '0/0', alwaysAllowRelaying: true }] }

test('each relaying listener that others can reach is an error, with its line where the rules name it', () => {
  const policy = { ...open, listeners: [{ port: 25, line: 3 }, { address: '10.0.0.1', port: 26 }] }
  const listeners = [at('0.0.0.0', 25), at('10.0.0.1', 26), at('fd00::1', 27), at('127.0.0.2', 28), at('::1', 29), at('localhost', 30)]
  expect(openOutside(policy, listeners).map(({ severity, field, line, message }) => [severity, field, line, message.split(',')[0], message.split(' listen on ').at(-1)])).toEqual([
    ['error', 'listeners[0]', 3, 'other machines can reach 0.0.0.0:25', '127.0.0.1'],
    ['error', 'listeners[1]', undefined, 'other machines can reach 10.0.0.1:26', '127.0.0.1'],
    ['error', 'openRelay', undefined, 'other machines can reach [fd00::1]:27', '::1'],
  ])
}) // prettier-ignore

test('no open relay, a listener of the Inbox, and one that is off are no errors', () => {
  expect(openOutside(emptyPolicy(), [at('0.0.0.0', 25)])).toEqual([])
  expect(openOutside(open, [at('0.0.0.0', 25, { relay: false }), at('0.0.0.0', 26, { enabled: false })])).toEqual([]) // prettier-ignore
})
