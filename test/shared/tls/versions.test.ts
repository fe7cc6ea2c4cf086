import { expect, test } from 'vitest'
import { isOldVersion, tlsVersions, versionNumber, versionOf, versionWords } from '#shared/tls/versions.ts'

test('numbers and versions belong together', () => {
  expect(tlsVersions.map(versionNumber)).toEqual([0x300, 0x301, 0x302, 0x303, 0x304])
  expect(tlsVersions.map((version) => versionOf(versionNumber(version)))).toEqual([...tlsVersions])
  expect(versionOf(0x7f1c)).toBeUndefined()
  expect(versionOf(0x0200)).toBeUndefined()
})

test('as people write them, and which must not be used any more', () => {
  expect(tlsVersions.map(versionWords)).toEqual(['SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'])
  expect(tlsVersions.filter(isOldVersion)).toEqual(['SSLv3', 'TLSv1', 'TLSv1.1'])
})
