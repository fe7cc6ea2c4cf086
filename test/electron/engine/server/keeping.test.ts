import { expect, test, vi } from 'vitest'
import { createAccounts } from '#engine/server/accounts.ts'
import { makeKeeping } from '#engine/server/keeping.ts'
import { sessionRules } from '#engine/server/rules.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { ListenerConfig, ServerConfig } from '#shared/rpc/contract/server.ts'
import { hashes } from '#test/support/hashes.ts'
import { fakeHub, fakeStore } from '#test/support/server/fakes.ts'
import { keepLog } from '#test/support/server/place.ts'

test('what the machine asks is answered from the rules, and its content goes where the commit takes it from', async () => {
  const [fake, { hub, sessions }] = [fakeStore(), fakeHub()]
  const recorder = hub.begin({ source: 'server', role: 'server', host: '::1', port: 25, tls: 'none' })
  const config = ListenerConfig.parse({ port: 0, tls: 'plain' })
  const rules = sessionRules(config, ServerConfig.parse({ listeners: [] }), createAccounts([], hashes), null)
  const told: unknown[] = []
  const context = {
    rules,
    recorder,
    store: fake.store,
    port: 25,
    address: '::1',
    log: keepLog().log,
    now: () => 0,
    date: () => new Date(0),
    kept: () => void told.push('kept'),
    notKept: () => void told.push('not kept'),
    over: () => {},
    held: () => {},
  }
  const { content, asking } = makeKeeping({
    context,
    machine: { state: 'commit', user: null, hello: null, secured: null, transaction: null },
    wire: () => ({ sealed: false, identity: null, cork: () => {}, uncork: () => {} }),
    hold: () => null,
    record: (event) => void told.push(event.kind),
    turn: (input) => void told.push(input),
    feed: (input) => void told.push(input),
    later: () => {},
    broken: (error) => void told.push(error),
    cut: (message) => void told.push(message),
  })
  asking.ask(1, { kind: 'content', from: '', to: ['b@b.test'] })
  content.append(utf8('A: b\r\n'))
  asking.ask(2, { kind: 'commit', size: 6 })
  await vi.waitFor(() => expect(told).toHaveLength(4))
  expect(told).toMatchObject([
    { type: 'answer', id: 1, answer: { accept: true } },
    'chunk',
    'kept',
    { type: 'answer', id: 2, answer: { accept: true, reply: { code: 250 } } },
  ])
  expect([fake.contents[0]?.message?.rcptTo, sessions[0]?.messages]).toEqual([['b@b.test'], ['m1']])
})
