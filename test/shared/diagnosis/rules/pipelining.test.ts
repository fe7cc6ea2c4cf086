import { expect, test } from 'vitest'
import { codesOf, diagnose, ended, hello } from '#test/support/diagnosis/script.ts'

const group = ['C: MAIL FROM:<a@x.example>', 'C: RCPT TO:<b@x.example>', 'C: DATA']
const found = (...parts: Parameters<typeof diagnose>[0]) => diagnose(parts, { tls: 'none' })

test('not offered: the client’s fault, in either role', () => {
  const parts = [...hello('SIZE'), ...group, 'S: 250 a', 'S: 250 b', 'S: 354 c']
  expect(found(...parts)).toMatchObject([{ code: 'pipelining-broken', side: 'client', evidence: [6, 7] }])
  expect(codesOf(parts, { role: 'server' })).toEqual(['pipelining-broken'])
})

test('offered and refused, by its words', () => {
  const refused = [...hello('PIPELINING'), ...group, 'S: 250 a', 'S: 250 b', 'S: 503 5.5.0 Improper use of SMTP command pipelining'] // prettier-ignore
  expect(found(...refused)).toMatchObject([
    { code: 'pipelining-broken', side: 'server', confidence: 'likely' },
  ])
  const exim = found(...hello('SIZE'), 'C: NOOP', 'S: 554 SMTP synchronization error')
  expect(exim).toMatchObject([{ code: 'pipelining-broken', side: 'client', confidence: 'certain' }])
})

test('offered, and replies that never came: both causes are said', () => {
  const lost = found(...hello('PIPELINING'), ...group, 'S: 250 a', ended('timeout'))
  const [first] = lost.filter(({ code }) => code === 'pipelining-broken')
  expect(first).toMatchObject({ side: 'unknown', confidence: 'possible' })
  expect(first!.next).toContain('without PIPELINING')
})

test('offered and borne; QUIT behind the final dot; one by one', () => {
  expect(
    codesOf([...hello('PIPELINING'), ...group, 'S: 250 a', 'S: 250 b', 'S: 354 c'], { tls: 'none' }),
  ).toEqual([])
  expect(codesOf([...hello(), 'C: DATA', 'S: 354 c', 'C: .', 'C: QUIT', 'S: 250 ok', 'S: 221 bye'], { tls: 'none' })).toEqual(['accepted']) // prettier-ignore
})
