import { expect, test } from 'vitest'
import { verdictOf } from '#engine/probe/verdict.ts'
import { refused, working } from '#test/support/probeReport.ts'

const facts = {
  target: 'mx.test',
  kind: 'server' as const,
  cancelled: false,
  results: [working],
  findings: [],
  recommendation: { port: 587, tls: 'starttls' as const, reason: 'Use port 587.', views: [], proof: [] },
}

test('the recommendation is the verdict; errors beside it are pointed at', () => {
  expect(verdictOf(facts)).toEqual({ tone: 'good', message: 'Use port 587.' })
  const next = `Look also at port ${refused.port}: Refused.`
  const expired = { ...working.findings[0], ...refused.findings[0]!, code: 'cert-expired' }
  const wrong = { ...refused, findings: [expired] }
  expect(verdictOf({ ...facts, results: [working, wrong] })).toEqual({ tone: 'warn', message: 'Use port 587.', next }) // prettier-ignore
})

const tone = (more: object) => verdictOf({ ...facts, results: [working, refused], ...more }).tone

test('what is wrong is pointed at before ports that are merely closed', () => {
  const silent = { ...refused.findings[0]!, code: 'banner-timeout', message: 'Silent.' }
  const results = [refused, { ...refused, findings: [silent] }, working]
  expect(verdictOf({ ...facts, results }).next).toBe(`Look also at port ${refused.port}: Silent.`)
})

const pointedAt = (finding: object, kind: 'server' | 'domain', whole = false) => {
  const found = { ...refused.findings[0]!, code: 'banner-timeout', ...finding }
  const results = whole ? [working] : [working, { ...refused, findings: [found] }]
  return verdictOf({ ...facts, kind, results, findings: whole ? [{ ...found, proof: [] }] : [] }).next
}

test('what is pointed at names its port once, and in a mail domain its server; what is of the whole host has none', () => {
  const { host, port } = refused
  expect(pointedAt({ message: `Silent on port ${port}.` }, 'server')).toBe(
    `Look also at: Silent on port ${port}.`,
  )
  expect(pointedAt({ message: 'Silent.' }, 'domain')).toBe(`Look also at ${host} port ${port}: Silent.`)
  expect(pointedAt({ message: 'Silent.' }, 'server', true)).toBe('Look also at: Silent.')
})

test('ports that are closed, or blocked here, take nothing from the one that works; an address of its own that fails does', () => {
  const blocked = { ...refused.findings[0]!, code: 'port-blocked-here', proof: [] }
  expect(tone({})).toBe('good')
  expect(tone({ findings: [blocked] })).toBe('good')
  expect(tone({ kind: 'domain' })).toBe('warn')
  expect(tone({ results: [working, { ...refused, port: 587, family: 6 }] })).toBe('warn')
  expect(tone({ findings: [{ ...blocked, code: 'starttls-stripped' }] })).toBe('warn')
})

test('nothing to recommend: why, and what to do', () => {
  const none = { ...facts, recommendation: null }
  expect(verdictOf({ ...none, results: [refused] })).toEqual({
    tone: 'bad',
    message: 'Refused.',
    next: 'Check the port.',
  })
  const down = { ...refused.findings[0]!, message: 'It is down.', next: 'Wait.', proof: [] }
  expect(verdictOf({ ...none, results: [refused], findings: [down] })).toMatchObject({
    message: 'It is down.',
  })
  const plain = { ...working, tone: 'warn' as const, next: 'Ask for TLS.' }
  expect(verdictOf({ ...none, results: [plain] })).toEqual({
    tone: 'warn',
    message: 'mx.test answers on port 587, but on none of them with TLS and a certificate that holds.',
    next: 'Ask for TLS.',
  })
  expect(verdictOf({ ...none, kind: 'domain', results: [plain] }).message).toContain(
    'greet nobody on port 25',
  )
  expect(verdictOf({ ...none, results: [] }).message).toContain('No port of mx.test')
})

test('where nothing can be reached that is said first, and MX without an address last', () => {
  const none = { ...facts, recommendation: null }
  const other = { ...refused, port: 465 }
  expect(verdictOf({ ...none, results: [refused, other] }).message).toBe('No port of mx.test that was tried can be reached from here. Refused.') // prettier-ignore
  const down = { ...refused.findings[0]!, code: 'host-down', message: 'It may be down.', proof: [] }
  expect(verdictOf({ ...none, results: [refused, other], findings: [down] }).message).toBe('It may be down.')
  const missing = { ...refused.findings[0]!, code: 'dns-name-not-found', message: 'No such name.' }
  const { address: _, ...nameless } = { ...refused, findings: [missing] }
  const domain = { ...none, kind: 'domain' as const }
  expect(verdictOf({ ...domain, results: [nameless, refused] }).message).toBe('No mail server of mx.test can be reached from here on port 25. Refused.') // prettier-ignore
  // Who was asked on other ports only may well take mail on 25.
  expect(verdictOf({ ...domain, results: [nameless, other] }).message).toContain('from here on port 465.')
  expect(verdictOf({ ...domain, results: [nameless] }).message).toBe('No such name.')
  expect(verdictOf({ ...domain, results: [], findings: [] }).message).toBe('No mail server of mx.test was tried.') // prettier-ignore
})

test('what was cancelled is told as far as it is known', () => {
  const pending = { ...working, tone: 'neutral' as const }
  const cancelled = { ...facts, cancelled: true, results: [working, pending] }
  expect(verdictOf(cancelled)).toEqual({
    tone: 'neutral',
    message: 'Cancelled; 1 of 2 results are known. Use port 587.',
  })
})
