import { expect, test } from 'vitest'
import { deliveryWords, hasErrors, newlyStuck, offsetOf, openVerdict, placeWords, relayAuthWords, sortedProblems, type ProblemOf } from '#renderer/model/relayStatus.ts' // prettier-ignore
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { openRelayWords } from '#shared/relay/problems.ts'
import { relayStatus, rulesFor, shopPolicy } from '#test/support/relay/page.ts'

const now = new Date('2026-03-04T10:20:00.000Z').getTime()
const rules = rulesFor(shopPolicy())

test('no open relay: who may send all the same, and when it was tried', () => {
  expect(openVerdict(relayStatus(), rules, now)).toMatchObject({
    tone: 'good',
    words: 'Without signing in, only 10.0.5.20 may send anywhere. Tested 2 minutes ago.',
  })
  const none = { policy: { ...rules.policy, sources: [] } }
  expect(openVerdict(relayStatus(), none, now).words).toMatch(/nobody may send anywhere/)
  const many = { policy: { ...rules.policy, sources: ['a', 'b', 'c'].map((match) => ({ match, alwaysAllowRelaying: true })) } } // prettier-ignore
  expect(openVerdict(relayStatus(), many, now).words).toContain('a and b and 1 other source')
})
test('an open relay is said in red with each way in', () => {
  const verdict = openVerdict(relayStatus({ openRelay: ['203.0.113.77 may send anywhere.'] }), rules, now)
  expect(verdict).toMatchObject({ tone: 'bad', ways: [{ words: '203.0.113.77 may send anywhere.' }] })
  const { ways } = openVerdict(relayStatus({ openRelay: openRelayWords(parseNotation('<source 0/0>\nalways-allow-relaying yes\n</source>').policy) }), rules, now) // prettier-ignore
  expect(ways).toEqual([{ words: 'source 0/0 always-allow-relaying true in line 1', client: '203.0.113.77' }])
})
const to = (
  delivery: Parameters<typeof deliveryWords>[0]['settings']['delivery'],
  allowedHosts: string[] = [],
) => deliveryWords(relayStatus({ settings: { delivery, paused: false }, allowedHosts }))

test('where mail goes', () => {
  expect(to({ to: 'inbox' })).toBe('Everything goes to the Inbox')
  expect(to({ to: 'host', host: 'm.test', port: 25, tls: 'plain' })).toBe('Everything goes to m.test:25')
  expect(to({ to: 'allowed' })).toBe('No host is allowed yet: mail is held')
  expect(to({ to: 'allowed' }, ['a.test'])).toBe('Goes to 1 allowed host')
}) // prettier-ignore
test('mistakes come first, then by place', () => {
  const problems: ProblemOf[] = [
    { severity: 'warning', message: 'w' },
    { severity: 'error', line: 9, column: 2, message: 'b' },
    { severity: 'error', line: 2, message: 'a' },
  ]
  expect(sortedProblems(problems).map(({ message }) => message)).toEqual(['a', 'b', 'w'])
  expect(problems.map((one) => placeWords(one))).toEqual(['', 'Line 9, column 2', 'Line 2'])
  expect([hasErrors(problems), hasErrors(problems.slice(0, 1))]).toEqual([true, false])
})
test('a line and column as a place in the text', () => {
  const text = 'one\ntwo\nthree'
  expect(offsetOf(text, 2, 2)).toEqual({ from: 5, to: 7 })
  expect(offsetOf(text, 3)).toEqual({ from: 8, to: 13 })
  expect(offsetOf(text, 99, 50)).toEqual({ from: 13, to: 13 })
})
test('signing in at a listener, as the rules have it for everybody', () => {
  const { policy } = rules
  const listener = { auth: 'optional', tls: 'starttls' } as const
  expect(relayAuthWords(listener, policy)).toBe('offered, after TLS')
  expect(relayAuthWords({ ...listener, tls: 'implicit', auth: 'required' }, policy)).toBe('required')
  expect(relayAuthWords(listener, { ...policy, sources: [{ match: '0/0', requireStarttlsBeforeAuth: false }] })).toBe('offered') // prettier-ignore
  expect(relayAuthWords(listener, { ...policy, users: [] })).toBe('no users yet')
  expect(relayAuthWords({ ...listener, auth: 'off' }, undefined)).toBe('not offered')
})
test('what newly failed or waits for a person is one sentence; anything else is none', () => {
  const { counts } = relayStatus()
  expect(newlyStuck(counts, { ...counts, bounced: 2, held: 4 })).toBe(
    '1 more message failed. 3 more messages held.',
  )
  expect(newlyStuck(counts, { ...counts, delivered: 9, held: 0 })).toBe('')
})
