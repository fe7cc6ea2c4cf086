import { expect, test } from 'vitest'
import { mtaOf, ruleWords } from '#engine/relay/queue/ruleWords.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { entryOf } from '#test/support/relay/legs.ts'
import { rulesNow } from '#test/support/relay/queue.ts'

const policy = {
  ...emptyPolicy(),
  virtualMtas: [
    {
      name: 'mta1',
      sourceHosts: [{ address: '192.0.2.4', name: 'mta1.shop.example' }],
      domains: [
        { domain: '*', requireStarttls: true, retryAfter: [600_000], maxRate: { messages: 5, per: 60_000 } },
      ],
    },
  ],
}

test('what holds, each with where it comes from', () => {
  expect(ruleWords(rulesNow({ policy }), entryOf({ virtualMta: 'mta1' }))).toEqual([
    'From 192.0.2.4 as mta1.shop.example',
    'TLS required (virtual-mta mta1, domain *)',
    'Tried again after 10 min (virtual-mta mta1, domain *)',
    'Given up after 5 days (default)',
    'At most 20 connections at once (default)',
    'At most 5 messages in 1 min (virtual-mta mta1, domain *)',
  ])
  expect(ruleWords(rulesNow(), entryOf()).slice(0, 2)).toEqual([
    'TLS where it is offered (default)',
    'Tried again after 1 min, 5 min, 15 min, 30 min, then each 1 h (default)',
  ])
})

test('the server’s own postmaster', () => {
  const entry = entryOf({ recipients: [{ address: 'postmaster@relay.test', state: 'open', local: true }] })
  expect(ruleWords(rulesNow({ policy }), entry)).toEqual(['Kept in the Inbox: it is to the postmaster of this server'])
}) // prettier-ignore

test('a limit beside a smarthost is said to hold for all that goes by it', () => {
  const smarthost = { host: 'smart.example', port: 587, tls: 'starttls' } as const
  const shared = rulesNow({
    policy: { ...emptyPolicy(), domains: [{ domain: '*', smarthost, maxConnections: 2 }] },
  })
  expect(ruleWords(shared, entryOf())).toContain(
    'At most 2 connections at once (domain *, for all that goes by its smarthost)',
  )
})

test('TLS of a smarthost is its own', () => {
  const smarthost = { host: 'smart.example', port: 587, tls: 'starttls', user: 'ann' } as const
  const rules = rulesNow({ policy: { ...emptyPolicy(), domains: [{ domain: '*', smarthost }] } })
  expect(ruleWords(rules, entryOf()).slice(0, 2)).toEqual([
    'By way of smart.example:587',
    'TLS required, with a certificate for smart.example (smarthost, with a password)',
  ])
})

test('a virtual MTA that the rules do not have is none', () => {
  const names = ['mta1', 'gone', undefined].map((virtualMta) => mtaOf({ policy }, { virtualMta }))
  expect(names).toEqual(['mta1', undefined, undefined])
})

const to = (delivery: ReturnType<typeof rulesNow>['settings']['delivery']) =>
  ruleWords(rulesNow({ settings: { delivery, paused: false } }), entryOf())

test('a catch-all comes first', () => {
  expect(to({ to: 'inbox' })).toEqual(['Everything is kept in the Inbox; nothing leaves this computer'])
  expect(to({ to: 'host', host: 'mail.example', port: 25, tls: 'plain' }).slice(0, 2)).toEqual([
    'Everything goes to mail.example:25',
    'In clear (the one host, set plain)',
  ])
})
