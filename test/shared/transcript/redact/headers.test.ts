import { expect, test } from 'vitest'
import {
  changeWords,
  decodeWords,
  displayNames,
  identifierFields,
  sectionLength,
} from '#shared/transcript/redact/headers.ts'

const message = 'From: "Lee, Ann" <a@x.de>\r\nTo: Bo <b@x.de>,\r\n =?iso-8859-1?q?J=F6rg?= <c@x.de>; d@x.de\r\nReferences: <1@x>\r\n <2@x>\r\nSubject: Ed <e@x.de>\r\n\r\nbody' // prettier-ignore

test('the section ends at the empty line', () => {
  expect(message.slice(sectionLength(message))).toBe('\r\n\r\nbody')
  expect(sectionLength('no header')).toBe(0)
})

test('display names of people, decoded; no other field', () => {
  expect(displayNames(message)).toEqual([
    { name: 'Lee, Ann', address: 'a@x.de' },
    { name: 'Bo', address: 'b@x.de' },
    { name: 'Jörg', address: 'c@x.de' },
  ])
})

test('identifiers, unfolded', () => expect(identifierFields(message)).toEqual(['References: <1@x> <2@x>']))

test('encoded words that follow one another are one text; what cannot be decoded stays', () => {
  expect(decodeWords('=?utf-8?b?SsO2?= =?utf-8?Q?rg_B?= x')).toBe('Jörg B x')
  expect(decodeWords('=?utf-8?b?!?=')).toBe('=?utf-8?b?!?=')
})

const change = (text: string): string => text.replace('Ann', 'Ö'.repeat(60))
test('a change inside is encoded again, in words of 75 characters at most', () => {
  const changed = changeWords('Ann =?utf-8?q?Ann?= =?utf-8?q?Bo?=', change)
  expect(changed.startsWith('Ö'.repeat(60))).toBe(true)
  const words = changed.split(' ').slice(1)
  expect(words.every((word) => word.length <= 75)).toBe(true)
  expect(decodeWords(words.join(' '))).toBe(`${'Ö'.repeat(60)}Bo`)
  expect(changeWords('=?utf-8?q?Bo?=', change)).toBe('=?utf-8?q?Bo?=')
})
