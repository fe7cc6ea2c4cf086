import { expect, test } from 'vitest'
import { displayNames, identifierFields, sectionLength } from '#shared/transcript/redact/headers.ts'

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
