import { expect, test } from 'vitest'
import { readPattern } from '#shared/relay/pattern.ts'

const matches = (pattern: string, address: string) => {
  const read = readPattern(pattern)
  if (typeof read === 'string') throw new Error(`${pattern} ${read}`)
  return read.matches(address)
}

test.each([
  ['bounce@bounce.yourdomain.com', 'bounce@bounce.yourdomain.com', true],
  ['bounce@bounce.yourdomain.com', 'Bounce@BOUNCE.yourdomain.com', true],
  ['bounce@bounce.yourdomain.com', 'xbounce@bounce.yourdomain.com', false],
  [String.raw`/@foo(bar)?\.com$/`, 'a@foo.com', true],
  [String.raw`/@foo(bar)?\.com$/`, 'a@FOOBAR.com', true],
  [String.raw`/@foo(bar)?\.com$/`, 'a@foobaz.com', false],
  [String.raw`/@foo(bar)?\.com$/`, 'a@foo.com.evil.example', false],
  ['/a/', 'xay@z', true],
  ['"a b"@x.example', '"a b"@X.example', true],
  ['"a b"@x.example', String.raw`"a\ b"@x.example`, true],
  ['"ab"@x.example', 'ab@x.example', true],
  ['"a<@>b"@x.example', '"a<@>b"@x.example', true],
  ['"a b"@x.example', 'ab@x.example', false],
])('%s and %s: %s', (pattern, address, is) => {
  expect(matches(pattern, address)).toBe(is)
})

test('a pattern that would backtrack forever answers, and is what it says', () => {
  expect(matches('/^(a+)+$/', `${'a'.repeat(300)}!`)).toBe(false)
  expect(matches('/^(a|a)*b$/', 'a'.repeat(300))).toBe(false)
  expect(matches('/^(a+)+$/', 'a'.repeat(300))).toBe(true)
})

test.each([
  ['/(/', /is no pattern: a parenthesis is opened and not closed/],
  [String.raw`/(a)\1/`, /back reference/],
  ['/(?=a)/', /look-ahead/],
  ['/((a{1000}){1000})/', /together they come to more than 1,000/],
  [
    `/${'a{1000}'.repeat(25)}/`,
    /too large when its repetitions are written out: \d+ steps, and 20000 are the most/,
  ],
  ['/a', /no slash at its end/],
  ['/', /no slash at its end/],
  ['foo.com', /is no address/],
  ['@foo.com', /is no address/],
  ['a b@foo.com', /is no address/],
  ['"a b@foo.com', /is no address/],
  ['"a"b "@foo.com', /is no address/],
  [`/${'a'.repeat(1001)}/`, /longer than 1,000 characters/],
])('%s is refused in words', (text, words) => {
  expect(readPattern(text)).toMatch(words)
})
