import { describe, expect, test } from 'vitest'
import { columns, fit, plain, wrap, xml } from '#shared/transcript/export/svg/text.ts'

test('xml escapes marks and spells out what XML forbids', () => {
  expect(xml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;')
  expect(xml('a\u0000b\u001bc\u202ed')).toBe('a\\x00b\\x1bc\\u{202e}d')
  expect(plain('\ud800x\uffff')).toBe('\ufffdx\ufffd')
})

test('columns: wide characters take two', () => {
  expect([columns('abc'), columns('ü'), columns('用户'), columns('📧')]).toEqual([3, 1, 4, 2])
})

describe('fit', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['用户用户', 5, '用户…'],
    ['', 3, ''],
  ])('%s in %i', (text, most, cut) => expect(fit(text, most)).toBe(cut))

  test('never has more columns than there are, whatever the length', () => {
    expect(columns(fit('x'.repeat(1e6), 40))).toBe(40)
  })
})

describe('wrap', () => {
  test('breaks between words', () => expect(wrap('one two three', 8, 4)).toEqual(['one two', 'three']))
  test('breaks a word that fits no line', () => {
    expect(wrap('x'.repeat(20), 8, 4).join('')).toBe('x'.repeat(20))
    expect(wrap('x'.repeat(20), 8, 4).every((line) => line.length <= 8)).toBe(true)
  })
  test('ends in an ellipsis where there is more', () => {
    const lines = wrap('word '.repeat(100), 20, 3)
    expect(lines).toHaveLength(3)
    expect(lines[2]).toMatch(/…$/)
    expect(wrap('x'.repeat(1e6), 20, 2)).toHaveLength(2)
  })
})
