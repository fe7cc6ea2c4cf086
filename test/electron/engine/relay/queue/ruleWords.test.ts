import { expect, test } from 'vitest'
import { ruleWords } from '#engine/relay/queue/ruleWords.ts'
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
    'At most 20 connections at once',
    'At most 5 messages in 1 min',
  ])
  expect(ruleWords(rulesNow(), entryOf()).slice(0, 2)).toEqual([
    'TLS where it is offered (default)',
    'Tried again after 1 min, 5 min, 15 min, 30 min, then each 1 h (default)',
  ])
})

const to = (delivery: ReturnType<typeof rulesNow>['settings']['delivery']) =>
  ruleWords(rulesNow({ settings: { delivery, paused: false } }), entryOf())

test('a catch-all comes first', () => {
  expect(to({ to: 'inbox' })).toEqual(['Everything is kept in the Inbox; nothing leaves this computer'])
  expect(to({ to: 'host', host: 'mail.example', port: 25, tls: 'plain' })[0]).toBe(
    'Everything goes to mail.example:25',
  )
})
