import { expect, test } from 'vitest'
import { diagnoseConnection } from '#shared/diagnosis/connect.ts'
import { connectEvent, resolveEvent } from '#test/support/events.ts'

const fault = (code: string) => ({ fault: { code, message: '' } })
const codes = (...args: Parameters<typeof diagnoseConnection>): string[] =>
  diagnoseConnection(...args).map((finding) => finding.code)

const both = (code: string) => [resolveEvent(1, fault(code)), resolveEvent(2, { family: 6, ...fault(code) })]

test('look-up faults are told apart by code', () => {
  expect(codes(both('ENOTFOUND'))).toEqual(['dns-name-not-found'])
  expect(codes(both('ETIMEDOUT'))).toEqual(['dns-timeout'])
  expect(codes(both('EAI_AGAIN'))).toEqual(['dns-server-failure'])
  expect(codes(both('ECANCELED'))).toEqual([])
  expect(diagnoseConnection(both('ENOTFOUND'))[0]!.evidence).toEqual([1, 2])
})

const said = (code: string, message: string) =>
  diagnoseConnection([resolveEvent(1, { fault: { code, message } })])[0]

test('a name server that refuses or fails has answered, and says so', () => {
  const failed = said('ESERVFAIL', 'It says SERVFAIL.')
  expect(failed).toMatchObject({ code: 'dns-server-failure', side: 'server' })
  expect(failed!.message).toBe('The name server has no usable answer for mx.example (it says SERVFAIL).')
  expect(said('ESERVFAIL', '')!.message).toBe('The name server has no usable answer for mx.example.')
  expect(said('EREFUSED', '')).toMatchObject({ side: 'server', message: 'The name server refuses to answer for mx.example.' }) // prettier-ignore
  expect(said('ECONNREFUSED', '')).toMatchObject({ side: 'network', message: 'The name server could not be asked for mx.example (ECONNREFUSED).' }) // prettier-ignore
})

test('a host with only the other kind of address', () => {
  const events = [
    resolveEvent(1, { family: 4, ...fault('ENOTFOUND') }),
    resolveEvent(2, { family: 6, addresses: [{ address: '2001:db8::1', family: 6 }] }),
  ]
  const [finding] = diagnoseConnection(events)
  expect(finding).toMatchObject({
    code: 'dns-no-address',
    message: 'mx.example has no IPv4 address, only IPv6.',
  })
})

test.each([
  ['refused', 'tcp-refused'],
  ['timeout', 'tcp-timeout'],
  ['reset', 'tcp-reset'],
  ['unreachable', 'tcp-unreachable'],
  ['denied', 'tcp-unreachable'],
  ['failed', 'tcp-unreachable'],
] as const)('%s is %s', (outcome, code) => {
  const [finding, ...more] = diagnoseConnection([connectEvent(1, { outcome, took: 2_000_000 })])
  expect(finding).toMatchObject({ code, evidence: [1], severity: 'error' })
  expect(finding!.message).toContain('192.0.2.1')
  expect(more).toEqual([])
})

test('what got furthest is told first', () => {
  const events = [
    connectEvent(1, { outcome: 'unreachable', family: 6 }),
    connectEvent(2, { outcome: 'refused' }),
  ]
  expect(codes(events)).toEqual(['tcp-refused', 'tcp-unreachable'])
})

test('nothing is wrong with a connection that was made, or was cancelled', () => {
  expect(codes([connectEvent(1)])).toEqual([])
  expect(codes([connectEvent(1, { outcome: 'cancelled' })])).toEqual([])
  expect(codes([])).toEqual([])
})

test('one family that fails beside one that works', () => {
  const six = connectEvent(1, { outcome: 'timeout', family: 6, address: '2001:db8::1' })
  expect(codes([six, connectEvent(2)])).toEqual(['ipv6-fails-ipv4-works'])
  expect(codes([connectEvent(1, { outcome: 'refused' }), connectEvent(2, { family: 6 })])).toEqual(
    ['ipv4-fails-ipv6-works'], // prettier-ignore
  )
  expect(codes([connectEvent(1, { outcome: 'refused' }), connectEvent(2)])).toEqual([])
})
