import { expect, test } from 'vitest'
import { exactAnswers, nearAnswers } from '#shared/knowledge/lookUp.ts'
import { expectRow, expectUnique } from '../../support/knowledge.ts'

const ids = (typed: string) => exactAnswers(typed).map(({ id }) => id)

test.each([
  ['550', ['reply-550']],
  ['5.7.1', ['enhanced-5.7.1']],
  [' 550  5.7.1 ', ['reply-550', 'enhanced-5.7.1']],
  ['421-4.3.2', ['reply-421', 'enhanced-4.3.2']],
  ['starttls', ['verb-STARTTLS', 'extension-STARTTLS']],
  ['AUTH', ['verb-AUTH', 'extension-AUTH', 'parameter-MAIL-AUTH']],
  ['plain', ['mechanism-PLAIN']],
  ['notify', ['parameter-RCPT-NOTIFY']],
  ['587', ['port-587']],
  ['465', ['port-465']],
  ['25', ['port-25']],
  ['port 587', ['port-587']],
  ['299', ['reply-299']],
  ['5.7.99', ['enhanced-5.7.99']],
  ['', []],
  ['zzz', []],
  ['5.7', []],
  ['777', []],
])('%j is answered by %j', (typed, expected) => expect(ids(typed)).toEqual(expected))

test('an answer has words, a next step and a place; 5.7.30 has both meanings', () => {
  expect(exactAnswers('550')[0]).toMatchObject({
    name: 'Refused, mailbox unavailable',
    words: expect.stringMatching(/^Refused.*A good client/),
  })
  expect(exactAnswers('5.7.30')[0]?.words).toMatch(
    /asked for REQUIRETLS.*Microsoft Exchange Online means \(\d{4}-/,
  )
  expect(exactAnswers('5.7.99')[0]?.words).toContain('no detail 7.99')
})
test('near: what begins with it first, then names, then words; bounded; never what is exact', () => {
  expect(nearAnswers('START').map(({ id }) => id).slice(0, 2)).toEqual(['verb-STARTTLS', 'extension-STARTTLS']) // prettier-ignore
  expect(nearAnswers('5.7', 100).filter(({ id }) => id.startsWith('enhanced-5.7')).length).toBe(30)
  expect(nearAnswers('mailbox full').map(({ id }) => id)).toEqual(['reply-552', 'enhanced-5.2.2'])
  expect(nearAnswers('the').length).toBe(6)
  expect(nearAnswers('starttls').map(({ id }) => id)).not.toContain('verb-STARTTLS')
  expect(nearAnswers('465')).toEqual([])
  expect(nearAnswers('a')).toEqual([])
  const all = nearAnswers('rfc', 1000).concat(nearAnswers('the', 1000))
  for (const answer of all) expectRow(answer)
  expectUnique(nearAnswers('the', 1000).map(({ id }) => id))
})
