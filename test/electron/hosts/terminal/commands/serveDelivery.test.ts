import { expect, test } from 'vitest'
import type { RelayStatus } from '#shared/rpc/contract/relay.ts'
import { fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import { applyDelivery, deliveryText } from '../../../../../electron/hosts/terminal/commands/serveDelivery.ts'

const status = (settings: Partial<RelayStatus['settings']> = {}, allowedHosts: string[] = []): RelayStatus => ({
  settings: { delivery: { to: 'allowed' }, paused: false, ...settings },
  name: 'relayscope.localhost',
  counts: { waiting: 0, delivering: 0, held: 0, delivered: 0, bounced: 0, dropped: 0 },
  virtualMtas: [],
  openRelay: [],
  allowedHosts,
  version: { attempts: 0, queue: 0, reports: 0, rules: 0 },
}) // prettier-ignore

test('settings are set, then hosts allowed beside those that were, and taken away again', async () => {
  let hosts = ['kept.example']
  const client = fakeClient({
    'inbox.allowedHosts': () => ({ hosts }),
    'inbox.setAllowedHosts': (given) => ({ ok: true, hosts: (hosts = given.hosts) }),
    'relay.setSettings': () => ({ status: status(), problems: [] }),
  })
  const delivery = await applyDelivery({ allow: ['new.example'], mxPort: 2526, deliverTo: { to: 'inbox' } }, keptIo(), client) // prettier-ignore
  expect(hosts).toEqual(['kept.example', 'new.example'])
  expect(client.calls[0]).toEqual(['relay.setSettings', { delivery: { to: 'inbox' }, mxPort: 2526 }])
  await delivery?.restore()
  expect(hosts).toEqual(['kept.example'])
})
test('what cannot be is told by the option, and nothing stays allowed', async () => {
  let hosts: string[] = []
  const client = fakeClient({
    'inbox.allowedHosts': () => ({ hosts: [] }),
    'inbox.setAllowedHosts': (given) => given.hosts.includes('*') ? { ok: false, problems: [{ field: 'hosts[0]', value: '*', message: '* has a wildcard' }] } : { ok: true, hosts: (hosts = given.hosts) },
    'relay.setSettings': () => ({ status: status(), problems: [{ field: 'resolver', value: 'x', message: 'Give an address.' }] }),
  })
  const io = keptIo()
  expect(await applyDelivery({ allow: ['*'] }, io, client)).toBeNull()
  expect(await applyDelivery({ allow: ['a.example'], resolver: 'x' }, io, client)).toBeNull()
  expect(io.said).toEqual(['--allow: * has a wildcard', '--resolver "x": Give an address.'])
  expect(hosts).toEqual([])
}) // prettier-ignore
test.each<[RelayStatus, string]>([
  [status(), 'Nothing is delivered: no host is allowed (--allow HOST), so messages are held.'],
  [status({}, ['a.example', 'b.example']), 'Delivered to allowed hosts only: a.example, b.example.'],
  [status({ delivery: { to: 'inbox' }, paused: true }), 'Everything is delivered to the Inbox. Deliveries are paused.'],
  [status({ delivery: { to: 'host', host: '127.0.0.1', port: 2526, tls: 'plain' } }), 'Everything is delivered to 127.0.0.1:2526, in clear.'],
])('where mail goes', async (is, text) => {
  expect(await deliveryText(fakeClient({ 'relay.status': () => is }))).toBe(text)
}) // prettier-ignore
