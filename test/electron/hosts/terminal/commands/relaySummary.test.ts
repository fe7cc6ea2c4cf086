import { expect, test } from 'vitest'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { articlesPolicy } from '#test/support/relay/articles.ts'
import {
  relaySummary,
  relaySummaryText,
} from '../../../../../electron/hosts/terminal/commands/relaySummary.ts'

const lines = (policy = articlesPolicy(), problems: Parameters<typeof relaySummary>[1] = []) =>
  relaySummaryText(policy, relaySummary(policy, problems)).split('\n')
const problem = (severity: 'error' | 'warning') => ({ severity, message: 'x' })

test('the articles: every kind of entry, with its names', () => {
  expect(lines()).toEqual([
    '2 listeners: 0/0:25 starttls, 10.0.1.22:587 starttls',
    '1 user: foo (password)',
    '2 sources: 0/0, 10.0.5.20',
    '1 relay domain: some.domain',
    String.raw`2 relay addresses: bounce@bounce.yourdomain.com, /@foo(bar)?\.com$/`,
    '1 domain for outgoing mail: *',
    '2 virtual MTAs: mta1, mta2',
    'Taken as articles describe it, without a public text of PowerMTA to confirm it: require-starttls-before-auth and relay-address.',
    'Open relay: no.',
    'No problem found.',
    '',
  ])
})
test('as data', () => {
  expect(relaySummary(articlesPolicy(), [problem('error'), problem('warning')])).toEqual({
    listeners: ['0/0:25 starttls', '10.0.1.22:587 starttls'],
    users: 1, sources: 2, relayDomains: 1, relayAddresses: 2, domains: 1, virtualMtas: 2, rules: 8,
    openRelay: false, errors: 1, warnings: 1,
  })
}) // prettier-ignore
test('nothing at all; an open relay; what cannot be run', () => {
  expect(lines(emptyPolicy()).slice(0, 2)).toEqual(['No listeners', 'No users'])
  expect(lines(emptyPolicy()).at(-2)).toMatch(
    /^There is no rule: nothing listens, .* as smtp-listener 127\.0\.0\.1:2525\.$/,
  )
  const open = { ...emptyPolicy(), listeners: [{ address: '::1', port: 465, tls: 'implicit' as const }], sources: [{ match: '0/0', alwaysAllowRelaying: true }] } // prettier-ignore
  const said = lines(open, [problem('warning'), problem('warning')])
  expect([said[0], ...said.slice(-3)]).toEqual([
    '1 listener: [::1]:465 implicit',
    'Open relay: yes.',
    'No error, 2 warnings.',
    '',
  ])
  expect(lines(open, [problem('error')]).at(-2)).toBe('1 error: these rules cannot be run.')
  expect(lines(open, [problem('error'), problem('warning'), problem('error')]).at(-2)).toBe(
    '2 errors and 1 warning: these rules cannot be run.',
  )
})
test('of many names the first, and of a long one its beginning, with nothing that moves a cursor', () => {
  const relayAddresses = ['/\u001b[2J/', `/${'a'.repeat(200)}/`, '/c/', '/d/', '/e/', '/f/', '/g/'].map((pattern) => ({ pattern })) // prettier-ignore
  const said = lines({ ...emptyPolicy(), relayAddresses })[4]
  expect(said).toMatch(/^7 relay addresses: \/\S*\[2J\/, \/a{79}…, \/c\/, \/d\/, \/e\/ and 2 more$/)
  expect(said).not.toContain('\u001b')
})
