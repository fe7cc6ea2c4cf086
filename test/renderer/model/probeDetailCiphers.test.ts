import { expect, test } from 'vitest'
import { refusedVersions, suitesWords, versionName, versionSuites, weakCounts, weakReasons } from '#renderer/model/probeDetailCiphers.ts' // prettier-ignore
import { scanned } from '../../support/probeDetail.ts'
import { working } from '../../support/probeReport.ts'

test('each accepted version with who decides, its suites and groups', () => {
  const all = versionSuites(scanned)
  expect(all.map(({ name, old, ordered, suites, groups }) => [name, old, ordered, suites.length, groups.length])).toEqual([['TLS 1.3', false, true, 1, 0], ['TLS 1.2', false, false, 8, 2], ['TLS 1.1', true, false, 1, 0]]) // prettier-ignore
  expect(all.map(({ order }) => order)).toEqual(['the server decides, in this order', 'the client decides', 'nothing to choose from']) // prettier-ignore
  expect(versionSuites(working.tls!)[0]!.order).toBe('')
})

test('what is refused, and how, alike together', () => {
  expect(refusedVersions(scanned)).toEqual(['TLS 1.0 with the alert protocol_version', 'SSL 3.0 by closing the connection']) // prettier-ignore
  const versions = ['TLSv1.1', 'TLSv1'].map((version) => ({ version, accepted: false }))
  expect(refusedVersions({ ...scanned, versions })).toEqual(['TLS 1.0, TLS 1.1'])
})

test('every reason once, the broken ones first, and how many are weak', () => {
  expect(weakReasons(scanned.ciphers).map(({ mark, grade }) => `${mark} ${grade}`)).toEqual([
    'a broken',
    'b dated',
  ])
  expect(weakCounts(scanned.ciphers)).toEqual({ broken: 1, dated: 8 })
  expect([suitesWords(scanned.ciphers), versionName('odd')]).toEqual(['10 suites', 'odd'])
})
