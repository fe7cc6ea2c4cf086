import { expect, test } from 'vitest'
import { findMechanism, mechanismRows } from '#shared/knowledge/mechanisms.ts'
import { expectRow, expectSentences, expectUnique } from '../../support/knowledge.ts'

test('every mechanism says what crosses the wire and what it protects from', () => {
  for (const row of mechanismRows) {
    expectRow(row)
    expectSentences(row.wire)
    expectSentences(row.protects)
    // RFC 4422 §3.1: 1 to 20 characters.
    expect(row.name).toMatch(/^[A-Z0-9_-]{1,20}$/)
  }
  expectUnique(mechanismRows.map(({ name }) => name))
})
test('in any case; spot checks', () => {
  expect(findMechanism('plain')?.reference).toBe('RFC 4616')
  expect(findMechanism('SCRAM-SHA-256')?.reference).toBe('RFC 7677')
  expect(findMechanism('NOPE')).toBeUndefined()
})
