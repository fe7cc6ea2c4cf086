import { expect, test } from 'vitest'
import { lineProblems, surveyMessage } from '#engine/message/survey.ts'
import { utf8 } from '#shared/bytes/bytes.ts'

test('a clean message has no problem', () => {
  const survey = surveyMessage(utf8('A: b\r\n\r\nx\r\n'))
  expect(survey).toEqual({ lines: 3, bareLf: 0, bareCr: 0, longLines: 0, nul: 0, readTo: 11 })
  expect(lineProblems(survey)).toEqual([])
})

test('bare LF, bare CR, NUL and long lines are counted and said', () => {
  const text = `a\nb\r\nc\rd\r\n\u0000\r\n${'x'.repeat(999)}\r\n${'y'.repeat(998)}\r\n\r\r\n`
  const survey = surveyMessage(utf8(text))
  expect(survey).toMatchObject({ bareLf: 1, bareCr: 2, nul: 1, longLines: 1 })
  expect(lineProblems(survey).map((words) => words.replace(/ \(.*/, ''))).toEqual([
    '1 line ends with LF alone instead of CRLF',
    '2 CR octets stand without LF',
    '1 line is longer than 998 octets',
    '1 NUL octet',
  ])
})

test('reading stops at a line when the budget is spent; base64 costs an eighth', () => {
  const text = utf8('ab\r\n'.repeat(10))
  expect(surveyMessage(text, 3).readTo).toBe(12)
  expect(surveyMessage(text, 10).readTo).toBe(40)
  const base64 = utf8(`${'A'.repeat(76)}\r\n`.repeat(10))
  expect(surveyMessage(base64, 1).readTo).toBe(78 * 8)
  expect(surveyMessage(base64, 2).readTo).toBe(780)
})
