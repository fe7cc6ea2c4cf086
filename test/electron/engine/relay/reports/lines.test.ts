import { expect, it } from 'vitest'
import { exact, isAscii, oneLine, wrap } from '#engine/relay/reports/lines.ts'

it('makes one line of anything', () => {
  expect(oneLine('550 no\r\nBcc: all@x.test\u0000\u001b[2J \t end ')).toBe('550 no Bcc: all@x.test [2J end')
  expect(oneLine('a\u0085b\u2028c')).toBe('a b c')
  expect(oneLine('')).toBe('')
})

it('cuts what is long, and never half of a character', () => {
  expect(oneLine('x'.repeat(2000))).toHaveLength(900)
  expect(oneLine(`${'x'.repeat(8)}😀😀`, 10).isWellFormed()).toBe(true)
  expect(oneLine('\ud800a')).toBe('\ufffda')
})

it('keeps spaces of an address, but no line end', () => {
  expect(exact('"a  b"@x.test\r\nTo: y', 100)).toBe('"a  b"@x.testTo: y')
  expect(exact('abc', 2)).toBe('ab')
})

it('knows ASCII', () => {
  expect([isAscii('a\0~'), isAscii('é')]).toEqual([true, false])
})

it('wraps at spaces; a long word stays whole', () => {
  expect(wrap('aa bb cc', 7, '  ')).toEqual(['  aa bb', '  cc'])
  expect(wrap('x'.repeat(20), 7)).toEqual(['x'.repeat(20)])
})
