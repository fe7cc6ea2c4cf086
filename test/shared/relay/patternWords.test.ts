import { expect, test } from 'vitest'
import { readPattern } from '#shared/relay/pattern.ts'
import { patternWords } from '#shared/relay/patternWords.ts'

const bounded = 'which a matcher of bounded time cannot have; write what is wanted without it'

test.each([
  ['a{1,100000}', '{1,100000} repeats more often than 1,000 times, which is the most; repeat fewer times, or without end: {1,}'],
  ['a{1001}', '{1001} repeats more often than 1,000 times, which is the most; repeat fewer times, or without end: {1000,}'],
  ['a{2,1}', '{2,1} repeats at least 2 and at most 1 times; write the smaller number first'],
  ['(a{1000}){1000}', '{1000} stands in or around another repetition, and together they come to more than 1,000; repeat fewer times'],
  ['(?=a)', `(?= is look-ahead, ${bounded}`],
  ['(?!a)', `(?! is look-ahead, ${bounded}`],
  ['(?<=a)b', `(?<= is look-behind, ${bounded}`],
  ['(?<!a)b', `(?<! is look-behind, ${bounded}`],
  [String.raw`(a)\1`, String.raw`\1 is a back reference, ${bounded}`],
  [String.raw`\k<x>`, String.raw`\k is a back reference, ${bounded}`],
  [String.raw`\y`, String.raw`\y is no escape; write \\ for a backslash, \. for a dot, \d, \w or \s for digits, letters or blanks`],
  ['(?>a)', '(?> is an atomic group, which is of no use to a matcher that never goes back; write (?:'],
  ['(?#x)', '(?# is a comment inside of a pattern; put it behind a # at the end of the line'],
  ['(?z)a', '(?z is no option of a group; write (?: for a group, (?s) or (?m) for an option'],
  ['(?<1 >a)', '(?<1 > names a group by what is no name; letters, digits and _ make one'],
  ['(', String.raw`a parenthesis is opened and not closed; put ) where it ends, or write \( for the character`],
  ['a)', String.raw`a parenthesis is closed that was not opened; take it out, or write \) for the character`],
  ['[a', String.raw`[a opens a set of characters without an end; put ] behind it, or write \[ for the character`],
  ['[b-a]', 'b-a is no set of characters; write the lower character first, as a-z'],
  ['*a', String.raw`* has nothing in front of it to repeat; write \* for the character`],
  ['a++', '++ repeats what is repeated already; put the first repetition in parentheses: (?:a+)+'],
  ['a\\', String.raw`its last character is a backslash; write \\ for one`],
  ['(?<n>a)(?<n>b)', 'two groups are named n; leave names out'],
])('%s', (pattern, words) => {
  expect(readPattern(`/${pattern}/`)).toBe(`is no pattern: ${words}`)
}) // prettier-ignore
test('what the matcher says in words of its own is told as it is, bounded', () => {
  expect(patternWords('error parsing regexp: something new')).toBe('something new')
  expect(patternWords('expression nests too deeply')).toMatch(/^its parentheses stand too deep/)
  expect(patternWords('x'.repeat(100))).toHaveLength(61)
})
