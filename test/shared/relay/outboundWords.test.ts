import { expect, test } from 'vitest'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { outboundRules } from '#shared/relay/outbound.ts'
import { outboundWords, waitWords } from '#shared/relay/outboundWords.ts'
import { articlesPolicy } from '../../support/relay/articles.ts'

test.each([
  [1000, '1 s'],
  [600_000, '10 min'],
  [5_400_000, '1 h 30 min'],
  [432_000_000, '5 d'],
  [90_061_500, '1 d 1 h 1 min 1 s'],
  [0, '1 s'],
])('%d ms is %s', (wait, words) => { expect(waitWords(wait)).toBe(words) }) // prettier-ignore

test('a virtual MTA of the articles: its address and name, its TLS rule, its wait', () => {
  expect(outboundWords(outboundRules(articlesPolicy(), 'mta1', 'gannet.example'), 'a@b.example')).toEqual([
    '1.2.3.4 as mta1.yourserver.com',
    'TLS required (virtual-mta mta1, domain *)',
    'tried again every 10 min (virtual-mta mta1, domain *)',
    'back to its sender after 5 d (default)',
  ])
  expect(outboundWords(outboundRules(articlesPolicy(), 'mta2', 'gannet.example'), 'a@b.example')[1]).toBe('TLS not used (virtual-mta mta2, domain *)') // prettier-ignore
})
test('a smarthost, limits, and the defaults', () => {
  const { policy } = parseNotation('<domain *>\nsmarthost hub.example:465 implicit\nsmarthost-user me\nmax-smtp-out 3\nmax-msg-rate 100/h\n</domain>') // prettier-ignore
  expect(outboundWords(outboundRules(policy, undefined, 'x.example'), 'a@b.example')).toEqual([
    'by smarthost hub.example:465, implicit TLS, signed in as me',
    'TLS required from the start, with a certificate for hub.example (smarthost, with a password)',
    'tried again after 1 min, 5 min, 15 min, 30 min, 1 h, then every 1 h (default)',
    'back to its sender after 5 d (default)',
    '3 connections at most',
    '100 messages in 1 h at most',
  ])
})
test('the one host that everything goes to stands for the way of the rules', () => {
  const { policy } = parseNotation(
    '<domain *>\nsmarthost hub.example:465 implicit\nsmtp-ca /ca.pem\n</domain>',
  )
  const words = outboundWords(outboundRules(policy, undefined, 'x.example'), 'a@b.example', { host: 'one.example', port: 25, tls: 'plain' }) // prettier-ignore
  expect(words.slice(0, 2)).toEqual(['In clear (the one host, set plain)', 'tried again after 1 min, 5 min, 15 min, 30 min, 1 h, then every 1 h (default)']) // prettier-ignore
})
test('authorities of one’s own', () => {
  const policy = { ...articlesPolicy(), domains: [{ domain: '*', ca: { path: '/etc/ca.pem' } }] }
  expect(outboundWords(outboundRules(policy, undefined, 'x.example'), 'a@b.example')).toContain('authorities in /etc/ca.pem trusted, too (domain *)') // prettier-ignore
})
test('mail without a sender comes back to nobody', () => {
  expect(outboundWords(outboundRules(articlesPolicy(), undefined, 'x.example'), '').at(-1)).toBe('given up after 5 d (default), and nobody is told: it has no sender') // prettier-ignore
})
