import { expect, test } from 'vitest'
import { ListenerConfig } from '#shared/rpc/contract/listener.ts'
import { listenersNow, planListeners, relayListeners } from '#shared/relay/listeners.ts'
import type { RelayListener } from '#shared/relay/policy.ts'

const config = (given: object): ListenerConfig => ListenerConfig.parse(given)
const inbox = config({ port: 2525 })
const asked: RelayListener[] = [{ port: 25, line: 1 }, { address: '10.0.1.22', port: 587, tls: 'starttls-required', line: 2 }] // prettier-ignore
const options = { consent: false, remedy: 'you allow it' }
const places = (listeners: readonly ListenerConfig[]) =>
  listeners.map((one) => `${one.address}:${one.port} ${one.tls}${one.allowOutside ? ' outside' : ''}${one.relay === true ? ' relay' : ''}`) // prettier-ignore

test('a file alone opens nothing to other machines: loopback, and it is said', () => {
  const { listeners, problems } = planListeners(asked, [inbox], options)
  expect(places(listeners)).toEqual([
    '127.0.0.1:2525 starttls',
    '127.0.0.1:25 starttls relay',
    '127.0.0.1:587 starttls-required relay',
  ])
  expect(problems).toEqual([
    { severity: 'warning', field: 'listeners[0]', line: 1, message: '0/0:25 can be reached by other machines, and no file allows that by itself: it listens on 127.0.0.1 until you allow it' },
    { severity: 'warning', field: 'listeners[1]', line: 2, message: '10.0.1.22:587 can be reached by other machines, and no file allows that by itself: it listens on 127.0.0.1 until you allow it' },
  ])
  expect(places(planListeners([{ address: '2001:db8::1', port: 25 }], [], options).listeners)).toEqual(['::1:25 starttls relay']) // prettier-ignore
}) // prettier-ignore
test('with consent as the rules say; what was allowed before stays allowed', () => {
  const open = planListeners(asked, [], { ...options, consent: true })
  expect(places(open.listeners)).toEqual([
    '0.0.0.0:25 starttls outside relay',
    '10.0.1.22:587 starttls-required outside relay',
  ])
  expect(open.problems).toEqual([])
  const again = planListeners(asked, open.listeners.slice(0, 1), options)
  expect(places(again.listeners)).toEqual([
    '0.0.0.0:25 starttls outside relay',
    '127.0.0.1:587 starttls-required relay',
  ])
})
test('what else was set at a listener stays; a certificate of rules that are gone does not', () => {
  const before = config({ port: 2526, relay: true, label: 'mine', limits: { recipients: 5 }, certificate: 'relay', tls: 'implicit' }) // prettier-ignore
  const rules: RelayListener[] = [{ address: '127.0.0.1', port: 2526 }]
  expect(planListeners(rules, [before], options).listeners).toEqual([
    config({ port: 2526, relay: true, label: 'mine', limits: { recipients: 5 } }),
  ])
  const shows = (given: object, certificate?: string) =>
    planListeners(rules, [config({ ...before, ...given })], { ...options, certificate }).listeners[0]?.certificate // prettier-ignore
  expect(shows({ certificate: 'mx' })).toBe('mx')
  expect(shows({ certificate: 'mx' }, 'relay')).toBe('relay')
})
const asks = (before: ListenerConfig[]) => planListeners([{ address: '127.0.0.1', port: 2526 }], before, { ...options, askCertificate: true }).listeners[0]?.clientCertificate // prettier-ignore

test('where users sign in with certificates, clients are asked for one', () => {
  expect(asks([])).toBe('asked')
  expect(asks([config({ port: 2526, relay: true, clientCertificate: 'required' })])).toBe('required')
})
test('a port of the Inbox stays the Inbox’s, and two that fall together are one', () => {
  const { listeners, problems } = planListeners([{ address: '127.0.0.1', port: 2525 }], [inbox], options)
  expect(places(listeners)).toHaveLength(2)
  expect(problems[0]?.message).toBe('port 2525 on 127.0.0.1 is a listener of the Inbox already, which keeps it; take that one out, or choose another port') // prettier-ignore
  const both: RelayListener[] = [
    { address: '10.0.0.1', port: 2600 },
    { address: '10.0.0.2', port: 2600 },
  ]
  expect(places(planListeners(both, [], options).listeners)).toEqual(['127.0.0.1:2600 starttls relay'])
})
test('the server’s listeners as rules write them', () => {
  const server = [inbox, config({ address: '0.0.0.0', port: 25, relay: true }), config({ address: '::1', port: 465, tls: 'implicit', relay: true }), config({ port: 0, relay: true })] // prettier-ignore
  expect(relayListeners(server)).toEqual([{ port: 25 }, { address: '::1', port: 465, tls: 'implicit' }])
})
test('shown are those asked for while the server has them, waiting for consent or not; else the server’s own', () => {
  for (const consent of [false, true])
    expect(listenersNow(asked, planListeners(asked, [inbox], { ...options, consent }).listeners)).toEqual(asked) // prettier-ignore
  const changed = [inbox, config({ port: 2600, relay: true })]
  expect(listenersNow(asked, changed)).toEqual([{ address: '127.0.0.1', port: 2600 }])
  expect(listenersNow([], [inbox])).toEqual([])
})
