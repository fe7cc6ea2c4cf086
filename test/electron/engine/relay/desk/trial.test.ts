import { expect, test } from 'vitest'
import { trial } from '#engine/relay/desk/trial.ts'
import { defaultSettings } from '#engine/relay/desk/saved.ts'
import type { RelaySettings } from '#shared/rpc/contract/relay.ts'
import { articlesPolicy } from '#test/support/relay/articles.ts'

const attempt = { client: '203.0.113.77', secured: true, sender: 'a@shop.example', recipient: 'lee@gannet.example' } // prettier-ignore
const words = (settings: Partial<RelaySettings>, allowed: string[] = []) =>
  trial(articlesPolicy(), attempt, { ...defaultSettings(), ...settings }, allowed).wayOn.words[0]

test('a stranger is refused, and what would let it through comes with changed rules', () => {
  const { decision, suggestions, wayOn } = trial(articlesPolicy(), attempt, defaultSettings(), [])
  expect(decision).toMatchObject({ relay: false, reply: { code: 530 }, trace: expect.any(Array) })
  const made = suggestions.find(({ title }) => title === 'Make gannet.example a relay domain')
  expect(made).toMatchObject({ relay: true, policy: { relayDomains: [{ domain: 'some.domain' }, { domain: 'gannet.example' }] } }) // prettier-ignore
  expect(suggestions.find(({ title }) => title.startsWith('Sign in'))).not.toHaveProperty('policy')
  expect(wayOn).toMatchObject({ because: 'no rule names a virtual MTA', words: expect.arrayContaining(['TLS required (domain *)']) }) // prettier-ignore
})
test('postmaster without a domain is kept here', () => {
  const { decision, wayOn } = trial(articlesPolicy(), { ...attempt, recipient: 'postmaster' }, defaultSettings(), []) // prettier-ignore
  expect([decision.relay, wayOn.words]).toEqual([true, ['Kept in the Inbox: it is to the postmaster of this server']]) // prettier-ignore
})
test('by a smarthost, of which one allowed name is enough; by the one host; into the Inbox: each says its own TLS alone', () => {
  const smarthost = { host: 'hub.example', port: 587, tls: 'starttls' } as const
  const policy = { ...articlesPolicy(), domains: [{ domain: '*', smarthost }] }
  const go = (settings: Partial<RelaySettings>, allowed: string[] = []) => trial(policy, attempt, { ...defaultSettings(), ...settings }, allowed).wayOn.words
  expect(go({})[0]).toBe('held unless the host that it goes to is allowed: neither gannet.example nor hub.example is')
  const by = go({}, ['hub.example'])
  expect(by[0]).toBe('to hub.example, which is an allowed host')
  expect(by).toEqual(expect.arrayContaining(['by smarthost hub.example:587, STARTTLS', 'TLS required (smarthost)']))
  const one = go({ delivery: { to: 'host', host: '127.0.0.1', port: 26, tls: 'plain' } })
  expect([one[0], one.filter((said) => /tls|clear|smarthost/i.test(said))]).toEqual(['to 127.0.0.1:26, as everything', ['In clear (the one host, set plain)']])
  expect(go({ delivery: { to: 'inbox' } })).toEqual(['to the Inbox, as everything: nothing leaves this computer'])
}) // prettier-ignore
test('where it would go', () => {
  expect(words({})).toBe('held unless the host that it goes to is allowed: gannet.example is not')
  expect(words({}, ['gannet.example'])).toBe('to gannet.example, which is an allowed host')
  expect(words({ delivery: { to: 'inbox' } })).toBe('to the Inbox, as everything: nothing leaves this computer') // prettier-ignore
  expect(words({ delivery: { to: 'host', host: '127.0.0.1', port: 2526, tls: 'plain' } })).toBe('to 127.0.0.1:2526, as everything') // prettier-ignore
})
