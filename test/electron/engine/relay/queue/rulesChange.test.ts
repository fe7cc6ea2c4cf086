import { expect, test } from 'vitest'
import { changesWays } from '#engine/relay/queue/rulesChange.ts'
import type { RelayRulesNow } from '#engine/relay/types.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { rulesNow } from '#test/support/relay/queue.ts'

const { settings } = rulesNow()
const smarthost = { host: 'mx.example', port: 25, tls: 'plain' as const }

test.each<[string, Partial<RelayRulesNow>, boolean]>([
  ['nothing', {}, false],
  ['paused', { settings: { ...settings, paused: true } }, false],
  ['the same policy read again', { policy: emptyPolicy() }, false],
  ['allowed hosts', { allowed: ['x.example'] }, true],
  ['delivery', { settings: { ...settings, delivery: { to: 'inbox' } } }, true],
  ['the name server', { settings: { ...settings, resolver: '192.0.2.1' } }, true],
  ['a smarthost', { policy: { ...emptyPolicy(), domains: [{ domain: '*', smarthost }] } }, true],
  ['a password', { secrets: new Map([['host', 'x']]) }, true],
])('%s', (_, change, changes) => {
  expect(changesWays(rulesNow(), rulesNow(change))).toBe(changes)
})
