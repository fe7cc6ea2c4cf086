import { expect, test } from 'vitest'
import { createAccounts } from '#engine/server/accounts.ts'
import type { Relaying } from '#engine/server/relaying.ts'
import { relayNotices, relayProblem, relayRules, rulesFor } from '#engine/server/relayRules.ts'
import { sessionRules } from '#engine/server/rules.ts'
import type { RelayOffer } from '#shared/relay/decide.ts'
import { ListenerConfig, ServerConfig } from '#shared/rpc/contract/server.ts'
import { hashes } from '#test/support/hashes.ts'

const usual: RelayOffer = { starttls: true, starttlsRequired: false, authAfterTls: true }

const relayingWith = (offer: (client: string) => RelayOffer = () => usual, confined: string | null = null): Relaying => ({
  accounts: createAccounts([], hashes),
  confined,
  offer,
  notices: () => [],
  visit: () => {
    throw new Error('nobody comes')
  },
}) // prettier-ignore

function rules(fields: object, relaying = relayingWith()) {
  const config = ListenerConfig.parse({ port: 0, relay: true, ...fields })
  return relayRules(sessionRules(config, ServerConfig.parse({ listeners: [] }), relaying.accounts, null), relaying)
} // prettier-ignore

const after = (fields: object, offer: RelayOffer): boolean =>
  rulesFor(rules(fields, relayingWith(() => offer)), '::1').machine.auth.onlyAfterTls // prettier-ignore

test.each([
  ['starttls', usual, 'offered', 'opportunistic'],
  ['starttls', { ...usual, starttlsRequired: true }, 'required', 'starttls'],
  ['starttls', { ...usual, starttls: false }, 'off', 'none'],
  ['starttls-required', { ...usual, starttls: false }, 'required', 'starttls'],
  ['plain', { ...usual, starttlsRequired: true }, 'off', 'none'],
  ['implicit', { ...usual, starttls: false }, 'implicit', 'implicit'],
] as const)('a %s listener, and an offer of %j: %s', (tls, offer, machine, head) => {
  const made = rulesFor(rules({ tls }, relayingWith(() => offer)), '192.0.2.1') // prettier-ignore
  expect([made.machine.tls, made.tls]).toEqual([machine, head])
})

test('AUTH waits for TLS where the source says so, or the listener does', () => {
  const clear = { ...usual, authAfterTls: false }
  expect([after({}, usual), after({}, clear), after({ authOnlyAfterTls: true }, clear)]).toEqual([true, false, true]) // prettier-ignore
})

test('ten thousand clients that are offered the same share the same rules; others have theirs', () => {
  const relaying = relayingWith((client) => ({ ...usual, starttls: !client.startsWith('10.') }))
  const shared = rules({}, relaying)
  const all = new Set(
    Array.from({ length: 10_000 }, (_, i) => rulesFor(shared, `${i % 2 ? 10 : 11}.0.0.${i}`)),
  )
  expect(all.size).toBe(2)
  expect(rulesFor(shared, '10.9.9.9').machine).toBe(rulesFor(shared, '10.0.0.1').machine)
  const kept = sessionRules(ListenerConfig.parse({ port: 0 }), ServerConfig.parse({ listeners: [] }), relaying.accounts, null) // prettier-ignore
  expect(rulesFor(kept, '10.0.0.1')).toBe(kept)
})

test('content that could not go on is not offered to be taken', () => {
  const { machine } = rules({ bareLineEnds: 'keep', extensions: ['CHUNKING', 'BINARYMIME'] })
  expect([machine.bareLineEnds, machine.extensions]).toEqual(['refuse', ['CHUNKING']])
  const config = ListenerConfig.parse({ port: 0, bareLineEnds: 'keep', anyPassword: true, extensions: ['CHUNKING', 'BINARYMIME'] }) // prettier-ignore
  expect(relayNotices(config)).toHaveLength(3)
  expect(relayNotices(ListenerConfig.parse({ port: 0 }))).toEqual([])
})

test('an open relay listens for this computer alone, and without a relay nobody relays', () => {
  const opened = relayingWith(() => usual, '203.0.113.77 may send anywhere.')
  const at = (address: string) => relayProblem({ address }, opened)
  expect([at('127.0.0.1'), at('localhost'), at('::1')]).toEqual([null, null, null])
  for (const address of ['0.0.0.0', '::', '192.0.2.1'])
    expect(at(address)).toBe(`Other machines can reach ${address}, and the rules of the relay are those of an open relay, so it is not listened on. 203.0.113.77 may send anywhere. Change that rule, or listen on 127.0.0.1.`) // prettier-ignore
  expect(relayProblem({ address: '0.0.0.0' }, relayingWith())).toBeNull()
  expect(relayProblem({ address: '127.0.0.1' }, undefined)).toMatch(/there is no relay here/)
})
