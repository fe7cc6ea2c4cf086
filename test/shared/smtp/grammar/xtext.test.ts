import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeXtext, encodeXtext } from '#shared/smtp/grammar/xtext.ts'

test.each([
  ['', ''],
  ['QQ314159', 'QQ314159'],
  ['a+b=c', 'a+2Bb+3Dc'],
  ['two words\r\n', 'two+20words+0D+0A'],
  ['é', '+C3+A9'],
])('%j is %j in xtext, both ways', (plain, coded) => {
  expect(encodeXtext(plain)).toBe(coded)
  expect(decodeXtext(coded)).toEqual({ ok: true, value: plain })
})

test.each(['a+', 'a+2', 'a+2g', 'a b', 'a=b', 'a\r', '\x7f', '+-1'])('%j is not xtext', (coded) => {
  expect(decodeXtext(coded)).toMatchObject({ ok: false, problem: { field: 'xtext' } })
})

test('lower-case hex and octets that are not UTF-8 are read', () => {
  expect(decodeXtext('+2b+ff')).toEqual({ ok: true, value: '+ÿ' })
})

test('goes round for any text and holds no octet that could break a command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (plain) => {
      const coded = encodeXtext(plain)
      expect(coded).toMatch(/^[!-~]*$/)
      expect(decodeXtext(coded)).toEqual({ ok: true, value: plain.toWellFormed() })
    }),
  )
})
