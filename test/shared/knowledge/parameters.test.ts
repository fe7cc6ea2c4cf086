import { expect, test } from 'vitest'
import { findExtension } from '#shared/knowledge/extensions.ts'
import { findParameter, parameterRows } from '#shared/knowledge/parameters.ts'
import { expectRow, expectUnique } from '../../support/knowledge.ts'

test('every parameter has words, a syntax, a reference, and an extension that is explained', () => {
  for (const row of parameterRows) {
    expectRow(row)
    expect(row.syntax.startsWith(row.keyword)).toBe(true)
    expect(findExtension(row.extension)).toBeDefined()
  }
  expectUnique(parameterRows.map(({ of, keyword }) => `${of} ${keyword}`))
})
test('by command and in any case', () => {
  expect(findParameter('MAIL', 'size')?.reference).toBe('RFC 1870 §6')
  expect(findParameter('RCPT', 'NOTIFY')?.reference).toBe('RFC 3461 §4.1')
  expect(findParameter('MAIL', 'ret')?.reference).toBe('RFC 3461 §4.3')
  expect(findParameter('RCPT', 'SIZE')).toBeUndefined()
})
