import { expect, test } from 'vitest'
import { chainView } from '#renderer/model/probeDetailChain.ts'
import { certificate, found, intermediate, now, withChain } from '../../support/probeDetail.ts'

const root = certificate({
  subject: 'CN=Trust Root',
  issuer: 'CN=Trust Root',
  names: [],
  fingerprint256: 'EE',
})

test('from the server’s own to the root, with its life and today on one axis', () => {
  const view = chainView(withChain([certificate(), intermediate, root]), [], now)!
  expect(view.certificates.map(({ role, name }) => `${role} ${name}`)).toEqual(['server mx.test', 'intermediate Trust CA 2', 'root Trust Root']) // prettier-ignore
  expect(view.above).toBeNull()
  expect(view.certificates[0]!.line).toMatchObject({ start: 0, end: 1, from: '2026-02-01', to: '2026-05-01' })
  expect(view.certificates[0]!.line!.today).toBeCloseTo(0.32, 2)
})

test('today stands after the end of what is over, before the beginning of what has not begun', () => {
  const over = chainView(withChain([certificate({ validTo: '2026-02-11T00:00:00Z' })]), [], now)!
  expect(over.certificates[0]!.line).toMatchObject({ start: 0, today: 1 })
  expect(over.certificates[0]!.line!.end).toBeLessThan(0.4)
  const early = chainView(withChain([certificate({ validFrom: '2026-04-01T00:00:00Z' })]), [], now)!
  expect(early.certificates[0]!.line).toMatchObject({ today: 0, end: 1 })
  expect(chainView(withChain([certificate({ validTo: 'never' })]), [], now)!.certificates[0]!.line).toBeNull()
})

const above = (verified: boolean, codes: string[]) =>
  chainView(withChain([certificate()], { verified }), codes.map((code) => found({ code })), now)!.above // prettier-ignore

test('what stands above the last one: missing, known here, or not settled', () => {
  expect(above(false, ['certificate-chain-incomplete'])).toMatchObject({
    kind: 'missing',
    issuer: 'Trust CA 2',
  })
  expect(above(true, [])).toMatchObject({ kind: 'here' })
  expect(above(false, ['certificate-name-mismatch'])).toMatchObject({ kind: 'unsettled' })
})

test('a fault is told once, as grave as the finding says; one that nobody placed is told at the last', () => {
  const weak = certificate({ key: 'RSA 1024' })
  const faults = chainView(withChain([weak], { verified: false }), [found({ code: 'certificate-name-mismatch', severity: 'warning' })], now)!.certificates[0]!.faults // prettier-ignore
  expect(faults.map(({ code, grade }) => `${code} ${grade}`)).toEqual(['certificate-weak-key warning', 'certificate-name-mismatch warning']) // prettier-ignore
  const silent = chainView(withChain([certificate()], { verified: false, problem: 'odd (ODD)' }), [], now)!
  expect(silent.certificates[0]!.faults).toEqual([{ code: '', grade: 'error', words: 'odd (ODD)' }])
  expect(chainView({ verified: false }, [], now)).toBeNull()
})
