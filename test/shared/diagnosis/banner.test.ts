import { expect, test } from 'vitest'
import { diagnoseBanner, type BannerFacts } from '#shared/diagnosis/banner.ts'
import { connectEvent, lineEvent, replyEvent, tlsEvent } from '#test/support/events.ts'

const diagnose = (facts: Partial<BannerFacts>) =>
  diagnoseBanner({ events: [connectEvent(1)], end: 'answered', waited: 1000, port: 587, ...facts })
const said = (raw: string, waited = 1000) =>
  diagnose({ events: [connectEvent(1), replyEvent(2, raw)], waited })

test('a good greeting is no finding', () => {
  expect(said('220 mx.example ESMTP\r\n')).toEqual([])
})

test.each([
  ['timeout', 'banner-timeout'],
  ['closed', 'banner-closed'],
  ['reset', 'banner-reset'],
] as const)('%s is %s', (end, code) => {
  expect(diagnose({ end, waited: 3_000_000 })).toMatchObject([{ code, evidence: [1] }])
})

test.each([
  ['554 5.7.1 go away\r\n', 'banner-rejected', 'does not want this client'],
  ['521 no mail\r\n', 'banner-rejected', 'never accepts mail'],
  ['421 busy\r\n', 'banner-rejected', 'too many connections'],
  ['450 later\r\n', 'banner-rejected', 'at the moment'],
  ['250 odd\r\n', 'banner-rejected', 'no greeting'],
  ['220 ******************\r\n', 'banner-masked', 'asterisks'],
  ['220 FTP server ready\r\n', 'banner-not-smtp', 'FTP'],
  ['good morning\r\n', 'banner-not-smtp', 'not an SMTP reply'],
])('%j is %s', (raw, code, words) => {
  const [finding] = said(raw)
  expect(finding).toMatchObject({ code, evidence: [2] })
  expect(finding!.message).toContain(words)
})

const cut = (end: 'closed' | 'reset', waited: number) => diagnose({ end, waited })[0]!.message

test('who is cut off at once hears so, and who is not greeted does not wait in vain', () => {
  expect(cut('closed', 2000)).toContain('closed at once, without a word')
  expect(cut('reset', 2000)).toContain('reset at once, before any greeting')
  expect(cut('closed', 1_500_000)).toContain('closed after 1.5 s, without a word')
  expect(said('250 odd\r\n')[0]!.next).not.toContain('Wait')
  expect(said('450 later\r\n')[0]!.next).toContain('Wait')
})

test('a slow greeting is said with its time', () => {
  expect(said('220 mx ESMTP\r\n', 7_500_000)).toMatchObject([{ code: 'banner-slow', severity: 'warning' }])
})

test('silence in clear, explained by a trial with TLS', () => {
  const trial = { established: true, said: '220 mx ESMTP\r\n', evidence: [2, 3, 4] }
  expect(diagnose({ end: 'timeout', trial })).toMatchObject([
    { code: 'port-speaks-implicit-tls', confidence: 'certain', evidence: [1, 2, 3, 4] },
  ])
  expect(diagnose({ end: 'timeout', trial: { ...trial, said: '' } })).toMatchObject([
    { confidence: 'likely' },
  ])
  const web = { established: false, said: 'HTTP/1.1 400 Bad Request\r\n', evidence: [2] }
  expect(diagnose({ end: 'timeout', trial: web })).toMatchObject([{ code: 'banner-not-smtp' }])
  const nothing = { established: false, said: '', evidence: [2] }
  expect(diagnose({ end: 'timeout', trial: nothing })).toMatchObject([{ code: 'banner-timeout' }])
})

test('only what stands before the first word counts as the opening', () => {
  const events = [connectEvent(1), lineEvent(2, 'EHLO x\r\n', 'EHLO'), tlsEvent(3)]
  expect(diagnose({ events, end: 'closed' })).toMatchObject([{ evidence: [1] }])
  expect(diagnose({ events: [], end: 'closed' })).toEqual([])
})
