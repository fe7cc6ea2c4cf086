import { expect, test } from 'vitest'
import { findVerb, verbRows } from '#shared/knowledge/verbs.ts'
import { knownVerbs } from '#shared/smtp/grammar/command.ts'
import { expectRow, expectSentences, expectUnique } from '../../support/knowledge.ts'

test('every command has words, a syntax that begins with it, and a reference', () => {
  for (const row of verbRows) {
    expectRow(row)
    expect(row.syntax.split(' ')[0]).toBe(row.verb)
    expect(row.argument === '').toBe(row.syntax === row.verb)
    if (row.argument) expectSentences(row.argumentWords)
    expect(row.verb).toMatch(/^[A-Z]{4,8}$/)
  }
  expectUnique(verbRows.map(({ verb }) => verb))
})
test('every verb that our grammar reads is explained', () => {
  for (const verb of knownVerbs) expect(findVerb(verb)).toBeDefined()
})
test('in any case; spot checks', () => {
  expect(findVerb('starttls')?.reference).toBe('RFC 3207 §4')
  expect(findVerb('Bdat')?.reference).toBe('RFC 3030 §2')
  expect(findVerb('GET')).toBeUndefined()
})
