import { expect, test } from 'vitest'
import type { ReverseFacts } from '#shared/diagnosis/facts.ts'
import { reverseName } from '#shared/diagnosis/probe/reverseName.ts'
import { facts, proof } from '#test/support/diagnosis/facts.ts'

const row = (address: string, more: Partial<ReverseFacts> = {}): ReverseFacts => ({ address, state: 'none', names: [], confirmed: [], proof: proof(), ...more }) // prettier-ignore
const told = (...reverse: ReverseFacts[]) => reverseName(facts({ reverse }))

test('missing and not leading back, in one finding, as information', () => {
  const [found, ...rest] = told(row('192.0.2.1'), row('2001:db8::1', { state: 'found', names: ['x.test'] }))
  expect(rest).toEqual([])
  expect(found).toMatchObject({ code: 'ptr-missing', severity: 'info' })
  expect(found?.message).toMatch(/^192\.0\.2\.1 has no name \(PTR\); the name of 2001:db8::1, x\.test, does not lead back to it\./) // prettier-ignore
})

test('a name that leads back, an address nobody answered for, and private ones are no finding', () => {
  expect(told(row('192.0.2.1', { state: 'found', names: ['x'], confirmed: ['x'] }))).toEqual([])
  expect(told(row('192.0.2.1', { state: 'unanswered' }))).toEqual([])
  const privates = ['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.1.1', '::1', 'fd00::1', 'fe80::1'] // prettier-ignore
  expect(told(...privates.map((address) => row(address)))).toEqual([])
  expect(told(...Array.from({ length: 9 }, (_, at) => row(`192.0.2.${at}`)))[0]?.message).toContain('4 more')
})
