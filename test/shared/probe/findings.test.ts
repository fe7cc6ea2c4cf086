import { expect, test } from 'vitest'
import { allFindings, sortedFindings } from '#shared/probe/findings.ts'
import { refused, working } from '#test/support/probeReport.ts'

const [base] = refused.findings
const saying = (session: string, address: string, message: string, more: object = {}) =>
  ({ ...refused, session, address, findings: [{ ...base!, message, ...more }] }) // prettier-ignore

test('the same words about several cells stand once, with the proofs of all', () => {
  const whole = { ...base!, code: 'host-down', message: 'Down.', proof: [{ session: 's1', events: [1] }] }
  const results = [saying('a', '192.0.2.1', 'Shut.'), saying('b', '192.0.2.2', 'Shut.')]
  const all = allFindings({ results, findings: [whole] })
  expect(all.map(({ code, proof }) => `${code} ${proof.map(({ session }) => session).join()}`)).toEqual(['host-down s1', 'tcp-refused a,b']) // prettier-ignore
})

const shut = (last: number) => saying(`s${last}`, `192.0.2.${last}`, `192.0.2.${last} refused on port 25.`)
const told = (...results: (typeof refused)[]) =>
  allFindings({ results, findings: [] }).map(({ message }) => message)

test('what only the addresses of a host tell apart stands once, with the addresses', () => {
  expect(told(shut(1), shut(2))).toEqual(['192.0.2.1 and 192.0.2.2 refused on port 25.'])
  expect(told(shut(1), shut(10), shut(3))).toEqual(['192.0.2.1, 192.0.2.10 and 192.0.2.3 refused on port 25.'])
  expect(told(...[1, 2, 3, 4, 5].map(shut))).toEqual(['192.0.2.1, 192.0.2.2, 192.0.2.3 and 2 more refused on port 25.'])
  const [found] = allFindings({ results: [shut(1), shut(2)], findings: [] })
  expect(found!.proof.map(({ session }) => session)).toEqual(['s1', 's2'])
}) // prettier-ignore

const count = (...results: (typeof refused)[]) => allFindings({ results, findings: [] }).length

test('other hosts, other ports and other advice are told by themselves; an address is no part of another', () => {
  const one = saying('a', '192.0.2.1', '192.0.2.1 refused on port 25.')
  expect(count(one, { ...saying('b', '192.0.2.2', '192.0.2.2 refused on port 25.'), host: 'mx2.test' })).toBe(2)
  expect(count(one, saying('b', '192.0.2.1', '192.0.2.1 refused on port 465.'))).toBe(2)
  expect(count(one, saying('b', '192.0.2.2', '192.0.2.2 refused on port 25.', { next: 'Other.' }))).toBe(2)
  expect(count(saying('a', '192.0.2.1', '192.0.2.10 was named.'), saying('b', '192.0.2.2', '192.0.2.20 was named.'))).toBe(2)
}) // prettier-ignore

test('gravest first, without the recommendation', () => {
  const good = { ...base!, severity: 'good' as const, code: 'dane-ok', message: 'Fine.', proof: [] }
  const advice = { ...good, code: 'recommended-port', message: 'Use 587.' }
  const found = sortedFindings({ results: [working, refused], findings: [good, advice] })
  expect(found.map(({ code }) => code)).toEqual(['tcp-refused', 'dane-ok'])
})

test('the same words about two severities are two findings: what port 25 forgives stops mail on 465', () => {
  const results = [saying('a', '192.0.2.1', 'Expired.', { severity: 'warning' }), { ...saying('b', '192.0.2.1', 'Expired.'), port: 465 }]
  const found = sortedFindings({ results, findings: [] })
  expect(found.map(({ severity, proof }) => `${severity} ${proof[0]!.session}`)).toEqual(['error b', 'warning a'])
}) // prettier-ignore

test('an IPv6 address before a colon is one too; a second finding of one dialogue keeps its events', () => {
  const six = (last: number) => saying(`s${last}`, `2001:db8::${last}`, `From 2001:db8::${last}: nothing.`)
  expect(told(six(1), six(2))).toEqual(['From 2001:db8::1 and 2001:db8::2: nothing.'])
  expect(told(six(1), saying('s2', '2001:db8::2', 'From 2001:db8::2:1: nothing.'))).toHaveLength(2)
  const twice = { ...refused, findings: [base!, { ...base!, evidence: [7] }] }
  expect(allFindings({ results: [twice], findings: [] })[0]!.proof).toEqual([{ session: 's2', events: [1, 7] }])
}) // prettier-ignore

const named = (words: string, more: object = {}) =>
  [1, 2].map((last) => saying(`s${last}`, `192.0.2.${last}`, words.replace('*', `192.0.2.${last}`), more))

test('an address inside a name is no address', () => {
  expect(told(...named('host-*.test fails.'))).toHaveLength(2)
  expect(told(...named('*.test fails.'))).toHaveLength(2)
  expect(told(...named('Nothing at *.'))).toEqual(['Nothing at 192.0.2.1 and 192.0.2.2.'])
})

test('an address in the words of a peer is left there: two certificates are not one', () => {
  const phase = 'certificate'
  expect(told(...named('It is for *.', { phase }))).toEqual(['It is for 192.0.2.1.', 'It is for 192.0.2.2.'])
})
