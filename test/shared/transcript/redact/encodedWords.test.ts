import { expect, test } from 'vitest'
import { changeWords, decodeWords } from '#shared/transcript/redact/encodedWords.ts'

test('encoded words that follow one another are one text; what cannot be decoded stays', () => {
  expect(decodeWords('=?utf-8?b?SsO2?= =?utf-8?Q?rg_B?= x')).toBe('Jörg B x')
  expect(decodeWords('=?utf-8?b?!?=')).toBe('=?utf-8?b?!?=')
})

const change = (text: string): string => text.replaceAll('Ann', 'Ö'.repeat(60))
test('a change inside is encoded again, in words of 75 characters at most', () => {
  const changed = changeWords('Ann =?utf-8?q?Ann?= =?utf-8?q?Bo?=', change)
  expect(changed.startsWith('Ö'.repeat(60))).toBe(true)
  const words = changed.split(' ').slice(1)
  expect(words.every((word) => word.length <= 75)).toBe(true)
  expect(decodeWords(words.join(' '))).toBe(`${'Ö'.repeat(60)}Bo`)
  expect(changeWords('=?utf-8?q?Bo?=', change)).toBe('=?utf-8?q?Bo?=')
})

const hide = (text: string): string => text.replace('Bo Li', 'Person 1')
test('a name that is half in an encoded word is found, and the word made anew', () => {
  expect(decodeWords(changeWords('To: =?utf-8?q?Bo?= Li <b@x.de>', hide))).toBe('To: Person 1 <b@x.de>')
  expect(decodeWords(changeWords('To: Bo =?utf-8?b?TGk=?= <b@x.de>', hide))).toBe('To: Person 1 <b@x.de>')
})

test('what programs read beyond the grammar: spaces, a character cut in two, noise in base64', () => {
  expect(decodeWords('=?utf-8?q?Bo Li?=')).toBe('Bo Li')
  expect(decodeWords('=?utf-8?b?w7?= =?utf-8?b?Y=?=').length).toBeGreaterThan(0)
  expect(decodeWords('=?utf-8?q?=C3?=\r\n =?utf-8?q?=B6?=')).toBe('ö')
  expect(decodeWords('=?utf-8?b?Qm8g TGk?=')).toBe('Bo Li')
})

const same = (text: string): string => text
test('a word in a charset that nothing here reads is left out', () => {
  expect(changeWords('a =?utf-7?q?Bo?= b', same)).toBe('a =?utf-8?Q?left_out?= b')
  expect(changeWords('=?utf-8?Q?left_out?=', same)).toBe('=?utf-8?Q?left_out?=')
})
