import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  parseParameters,
  printParameters,
  readMailParameters,
  readRcptParameters,
} from '#shared/smtp/grammar/parameters.ts'

test.each([
  ['', []],
  ['  ', []],
  ['SMTPUTF8', [{ keyword: 'SMTPUTF8' }]],
  [
    ' size=10  body=8BITMIME',
    [
      { keyword: 'SIZE', value: '10' },
      { keyword: 'BODY', value: '8BITMIME' },
    ],
  ],
  ['X-1=a;b:c', [{ keyword: 'X-1', value: 'a;b:c' }]],
  ['AUTH=<>', [{ keyword: 'AUTH', value: '<>' }]],
  ['ORCPT=utf-8;é@b', [{ keyword: 'ORCPT', value: 'utf-8;é@b' }]],
])('%j', (text, value) => expect(parseParameters(text)).toEqual({ ok: true, value }))

test.each([
  ['SIZE=', 'write a value without = after SIZE='],
  ['A=b=c', 'write a value without ='],
  ['=x', 'write KEYWORD'],
  ['-A=1', 'write KEYWORD'],
  ['A_B=1', 'write KEYWORD'],
  ['A=1\t', 'write a value'],
  ['RET=FULL ret=HDRS', 'RET is there twice'],
])('%j is wrong', (text, words) => {
  const read = parseParameters(text)
  expect(read.ok || read.problem.expected).toContain(words)
})

test.each([
  [{ keyword: 'A B' }, 'keyword "A B"'],
  [{ keyword: '' }, 'keyword ""'],
  [{ keyword: 'A', value: 'x\r\nDATA' }, 'value of A'],
  [{ keyword: 'A', value: 'x y' }, 'value of A'],
  [{ keyword: 'A', value: '' }, 'value of A'],
])('%j is not printed', (parameter, words) => expect(() => printParameters([parameter])).toThrow(words))

test('what is read is printed and read the same again', () => {
  const word = fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,5}(=[!-<>-~é]{1,6})?$/)
  const words = fc.uniqueArray(word, { selector: (text) => text.split('=')[0] })
  fc.assert(
    fc.property(words, (all) => {
      const read = parseParameters(all.join(' '))
      expect(read.ok && printParameters(read.value)).toBe(all.join(' '))
    }),
  )
})

test('meanings are read here too', () => {
  expect(readMailParameters([], new Set()).ok && readRcptParameters([], new Set()).ok).toBe(true)
})
