import { expect, test } from 'vitest'
import { extensionRows, findExtension } from '#shared/knowledge/extensions.ts'
import { parseCapabilities } from '#shared/smtp/grammar/capabilities.ts'
import { expectRow, expectSentences, expectUnique } from '../../support/knowledge.ts'

test('every keyword has words and a reference, and is read by our grammar as it stands', () => {
  for (const row of extensionRows) {
    expectRow(row)
    if (row.parameters && !/^[a-z]/.test(row.parameters)) expectSentences(row.parameters)
    const { capabilities } = parseCapabilities(['host', row.keyword])
    expect(capabilities.map(({ keyword }) => keyword)).toEqual([row.keyword])
  }
  expectUnique(extensionRows.map(({ keyword }) => keyword))
})
test('in any case; spot checks', () => {
  expect(findExtension('size')?.reference).toBe('RFC 1870 §4')
  expect(findExtension('Limits')?.reference).toBe('RFC 9422')
  expect(findExtension('REQUIRETLS')?.reference).toBe('RFC 8689 §2')
  expect(findExtension('X-NOBODY')).toBeUndefined()
})
