import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeXtext, encodeAddress, encodeXtext } from '#shared/smtp/grammar/xtext.ts'

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

test('an address outside ASCII is spelt out, or stays as it is where UTF-8 may be said (RFC 6533 §3)', () => {
  expect(encodeAddress('jü+\\ x@b.example', false)).toBe(String.raw`j\x{FC}\x{2B}\x{5C}\x{20}x@b.example`)
  expect(encodeAddress('jü+\u0085😀@b.example', true)).toBe(String.raw`jü\x{2B}\x{85}😀@b.example`)
})
