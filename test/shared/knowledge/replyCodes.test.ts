import { expect, test } from 'vitest'
import { explainReplyCode, firstDigits, replyCodes, secondDigits } from '#shared/knowledge/replyCodes.ts'
import { moments } from '#shared/knowledge/types.ts'
import { expectRow, expectSentences, expectUnique } from '../../support/knowledge.ts'

test('every code has a sentence, a next step and a reference, also where the command changes it', () => {
  for (const row of replyCodes) {
    expectRow(row)
    expect(row.next).toMatch(/^A good client .*[.]$/)
    for (const moment of moments) {
      const meaning = explainReplyCode(row.code, moment)
      expectRow(meaning)
      expect(meaning.next).toMatch(/^A good client .*[.]$/)
    }
  }
  expectUnique(replyCodes.map(({ code }) => code))
  for (const { words } of Object.values(firstDigits)) expectSentences(words)
  for (const words of Object.values(secondDigits)) expectSentences(words)
})
test('every code of RFC 5321 §4.2.3 is there, and those of AUTH, 7504, ETRN, ATRN and the registry of 5248', () => {
  const codes = replyCodes.map(({ code }) => code)
  const standard = [
    211, 214, 220, 221, 250, 251, 252, 354, 421, 450, 451, 452, 455, 500, 501, 502, 503, 504, 550, 551, 552,
    553, 554, 555, 235, 334, 422, 432, 454, 530, 534, 535, 538, 521, 523, 524, 525, 556, 253, 453, 458, 459,
  ]
  expect(codes.toSorted((a, b) => a - b)).toEqual(standard.toSorted((a, b) => a - b))
})
test.each([
  [250, undefined, /did what was asked/],
  [250, 'MAIL', /sender is accepted/],
  [250, 'RCPT', /recipient is accepted/],
  [250, 'end of data', /responsible/],
  [220, 'STARTTLS', /ready for TLS/],
  [454, 'STARTTLS', /cannot start it/],
  [454, 'AUTH', /could not check the password/],
  [452, 'RCPT', /no more recipients/],
  [554, 'greeting', /no mail from this client/],
  [535, 'QUIT', /refused the user name or password/],
] as const)('%i after %s', (code, moment, words) => {
  expect(explainReplyCode(code, moment).words).toMatch(words)
})
test('the place where a meaning is written goes with it', () => {
  expect(explainReplyCode(250, 'end of data').reference).toBe('RFC 5321 §6.1')
  expect(explainReplyCode(504, 'AUTH').reference).toBe('RFC 4954 §4')
  expect(explainReplyCode(521).reference).toBe('RFC 7504 §3')
  expect(explainReplyCode(556).reference).toBe('RFC 7504 §4')
})
test('a code that nobody defined goes by its digits and is said to be unknown', () => {
  expect(explainReplyCode(299)).toMatchObject({
    known: false,
    words: 'No RFC that we know defines 299. A client goes by its first digit: done. The command worked.',
    digits: [{ digit: '2xx', words: 'Done. The command worked.' }],
  })
  expect(explainReplyCode(451).digits.map(({ digit }) => digit)).toEqual(['4xx', 'x5x'])
  for (const code of [199, 600, 999]) expect(explainReplyCode(code).words).toContain('no reply code of SMTP')
})
