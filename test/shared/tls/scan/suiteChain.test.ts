import { expect, test } from 'vitest'
import { offersFor } from '#shared/tls/cipherSuites.ts'
import { SuiteChain } from '#shared/tls/scan/suiteChain.ts'
import type { Answer } from '#shared/tls/scan/types.ts'
import { runChain } from '#test/support/tls/runScan.ts'
import type { TlsScript } from '#test/support/tls/scriptedTls.ts'

const own = [0xc030, 0x009e, 0xc02f, 0x002f]

function run(script: TlsScript, version: 'TLSv1.2' | 'TLSv1.3' | 'TLSv1' = 'TLSv1.2') {
  const chain = new SuiteChain(version, 'mx.example')
  const asks = runChain(chain, () => ({ kind: 'closed' }), script)
  return { ...chain.facts(), asks }
}

test('finds every suite in the server’s order', () => {
  expect(run({ suites: { 'TLSv1.2': own } })).toMatchObject({
    suites: own,
    order: 'server',
    refusal: undefined,
  })
})

test('sees that a server leaves the choice to the client', () => {
  const { suites, order } = run({ suites: { 'TLSv1.2': own }, clientOrder: true })
  expect(order).toBe('client')
  expect(new Set(suites)).toEqual(new Set(own))
})

test('a single suite has no order, and costs one connection and one for each list that is refused', () => {
  expect(run({ suites: { 'TLSv1.2': [0xc02f] } })).toMatchObject({ suites: [0xc02f], order: 'one', asks: 3 })
})

/** Static ECDH, which stands on the second list: hardly any server has it. */
const second = [0xc032, 0xc031]

test('those of the second list are not on the first', () => {
  const [likely = [], rare = []] = offersFor('TLSv1.2')
  expect(second.every((suite) => rare.includes(suite) && !likely.includes(suite))).toBe(true)
})

test('suites of two lists are set in one order', () => {
  const suites = [...second.slice(0, 1), 0xc030]
  expect(run({ suites: { 'TLSv1.2': suites } })).toMatchObject({ suites, order: 'server' })
  const mingled = [second[1]!, 0xc030, second[0]!, 0xc02f]
  expect(run({ suites: { 'TLSv1.2': mingled } })).toMatchObject({ suites: mingled, order: 'server' })
})

test('suites of two lists of a server without an order are not asked for again', () => {
  const suites = [0xc030, 0xc02f, ...second]
  const found = run({ suites: { 'TLSv1.2': suites }, clientOrder: true })
  expect(found.order).toBe('client')
  expect(new Set(found.suites)).toEqual(new Set(suites))
  // One for each suite, one for each list that is refused, two for the order.
  expect(found.asks).toBe(8)
})

test('a version that is refused costs one connection and says how', () => {
  expect(run({ suites: { 'TLSv1.2': own } }, 'TLSv1.3')).toMatchObject({
    suites: [],
    refusal: 'alert protocol_version',
    asks: 1,
  })
})

const refused = (answer: Answer): { suites: readonly number[]; refusal?: string | undefined } => {
  const chain = new SuiteChain('TLSv1.2', undefined)
  runChain(chain, () => answer)
  return chain.facts()
}

test('refusals are told apart', () => {
  expect(refused({ kind: 'alert', description: 40 })).toMatchObject({
    suites: [],
    refusal: 'alert handshake_failure',
  })
  expect(refused({ kind: 'closed' }).refusal).toBe('closed')
  expect(
    refused({ kind: 'other', why: 'the answer is no TLS record', bytes: new Uint8Array() }).refusal,
  ).toBe('the answer is no TLS record')
  const hello = { retry: false, compression: 0, extensions: [], certificates: [], asksCertificate: false }
  const answered = (version: 'TLSv1' | 'TLSv1.2', suite: number): Answer => ({
    kind: 'hello',
    hello: { version, suite, ...hello },
  })
  expect(refused(answered('TLSv1', 0x002f)).refusal).toBe('the server answered with TLS 1.0')
  expect(refused(answered('TLSv1.2', 0x1301)).refusal).toBe('the server chose a suite that was not offered')
})

test('a server that answers with the same suite again and again is not believed for ever', () => {
  const chain = new SuiteChain('TLSv1.2', undefined)
  const hello = { version: 'TLSv1.2', suite: 0xc02f, retry: false, compression: 0 } as const
  const asks = runChain(chain, () => ({
    kind: 'hello',
    hello: { ...hello, extensions: [], certificates: [], asksCertificate: false },
  }))
  expect(chain.facts().suites).toEqual([0xc02f])
  expect(asks).toBeLessThan(5)
})
