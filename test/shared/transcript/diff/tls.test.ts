import { expect, test } from 'vitest'
import { compareTls } from '#shared/transcript/diff/tls.ts'
import type { Certificate, EventOf } from '#shared/transcript/event.ts'

const leaf: Certificate = { subject: 'CN=a', issuer: 'CN=ca', names: ['DNS:a'], validFrom: '2026', validTo: '2027', serial: '1', fingerprint256: 'AA', key: 'EC' } // prettier-ignore
const tls = (more: Partial<EventOf<'tls'>> = {}): EventOf<'tls'> => ({ kind: 'tls', session: 's', seq: 1, at: 0, phase: 'tls', direction: 'none', outcome: 'established', took: 1, version: 'TLSv1.3', cipher: 'C1', verified: true, chain: [leaf], ...more }) // prettier-ignore
const told = (left: Partial<EventOf<'tls'>>, right: Partial<EventOf<'tls'>>) =>
  compareTls(tls(left), tls(right)).map((one) => `${one.weight} ${one.what}: ${one.left} | ${one.right}`)

test('version, cipher, verification', () => {
  expect(told({}, {})).toEqual([])
  expect(told({}, { version: 'TLSv1.2', cipher: 'C2', verified: false, problem: { code: 'x', message: 'Expired.' } })).toEqual([
    'matters version: TLSv1.3 | TLSv1.2', 'matters certificate: verified | not verified: Expired.', 'note cipher: C1 | C2',
  ]) // prettier-ignore
})
test('another certificate, field by field; its serial and fingerprint always differ', () => {
  const other: Certificate = { ...leaf, names: ['DNS:b'], validTo: '2028', serial: '2', fingerprint256: 'BB' }
  expect(told({}, { chain: [other] })).toEqual(['note names: DNS:a | DNS:b', 'note valid to: 2027 | 2028', 'expected serial: 1 | 2', 'expected fingerprint: AA | BB']) // prettier-ignore
})
test('established here and failed there decides; a side that checks nothing is not blamed', () => {
  expect(told({}, { outcome: 'failed', fault: { code: 'x', message: 'No shared cipher.' } })).toEqual(['fate handshake: established | failed: No shared cipher.']) // prettier-ignore
  const { verified: _, ...unchecked } = tls()
  expect(compareTls(tls(), unchecked)).toMatchObject([{ what: 'certificate', weight: 'expected' }])
})
