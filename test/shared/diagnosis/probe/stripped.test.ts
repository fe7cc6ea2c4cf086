import { expect, test } from 'vitest'
import { stripped } from '#shared/diagnosis/probe/stripped.ts'
import { attempt, facts, silent } from '#test/support/diagnosis/facts.ts'

const without = (port: number, more = {}) => attempt(port, { starttls: false, tls: undefined, ...more })

test('another port of the same host offers it: possible, with the innocent cause', () => {
  const [found] = stripped(facts({ attempts: [without(25), attempt(587)] }))
  expect(found).toMatchObject({ code: 'starttls-stripped', confidence: 'possible', severity: 'warning' })
  expect(found!.message).toContain('or the server offers it on that port only')
})

test('the same port by another family, or a rewritten greeting: likely', () => {
  const six = attempt(25, { family: 6, address: '2001:db8::1' })
  expect(stripped(facts({ attempts: [without(25), six] }))).toMatchObject([
    { confidence: 'likely', severity: 'error' },
  ])
  expect(stripped(facts({ attempts: [without(25, { masked: true })] }))).toMatchObject([
    { confidence: 'likely' },
  ])
})

const next = (...more: ReturnType<typeof attempt>[]) =>
  stripped(facts({ attempts: [without(25), attempt(587), ...more] }))[0]!.next

test('what to use instead is a port that was seen to serve, or one that was not tried', () => {
  expect(next()).toContain('Try implicit TLS on 465')
  expect(next(attempt(465))).toContain('Use implicit TLS on 465')
  expect(next(attempt(4650, { mode: 'implicit' }))).toContain('Use implicit TLS on 4650')
  expect(next(silent(465, { outcome: 'refused' }))).toContain('465 does not serve here')
})

test('offered everywhere, nowhere, or by another host', () => {
  expect(stripped(facts({ attempts: [attempt(25), attempt(587), attempt(465)] }))).toEqual([])
  expect(stripped(facts({ attempts: [without(25), without(587)] }))).toEqual([])
  expect(stripped(facts({ attempts: [without(25), attempt(25, { host: 'mx2.example.org' })] }))).toEqual([])
})
