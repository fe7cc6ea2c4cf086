import { expect, test } from 'vitest'
import { maskNotation } from '#shared/relay/notation/mask.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { articlesText } from '../../../support/relay/articles.ts'

test('the text of the articles stays as it is but for its password', () => {
  expect(maskNotation(articlesText)).toBe(articlesText.replace('barbaz', '********'))
  expect(parseNotation(maskNotation(articlesText)).policy).toEqual(parseNotation(articlesText).policy)
})
test.each([
  ['password  "a # b"  # mine', 'password  ********  # mine'],
  ['password my #geheim', 'password ********'],
  ['pasword my #geheim', 'pasword ********'],
  ['use-starttls yes #geheim', 'use-starttls yes #geheim'],
  ['  PASSWORD geheim', '  PASSWORD ********'],
  ['smarthost-password geheim', 'smarthost-password ********'],
  ['http-access-token geheim x', 'http-access-token ********'],
  ['# password geheim', '# password ********'],
  ['a b # password: geheim', 'a b # password ********'],
  ['# password', '# password'],
  ['# who has no password may not relay', '# who has no password may not relay'],
  ['password', 'password'],
  ['a\r\nb\rc', 'a\nb\nc'],
])('%j is %j', (text, masked) => { expect(maskNotation(text)).toBe(masked) }) // prettier-ignore

test('a comment of a megabyte is read at once', () => {
  const long = `#${' a'.repeat(500_000)}`
  expect(maskNotation(long)).toBe(long)
})
test('a line that is longer than anybody types is cut, and once; a secret far behind is in nothing', () => {
  const masked = maskNotation(`spool ${'x y '.repeat(1000)}password geheim`)
  expect(masked).toHaveLength(2000)
  expect(masked.endsWith('********')).toBe(true)
  expect(maskNotation(masked)).toBe(masked)
})
test('more that is unknown than a policy can hold is not kept, nor shown', () => {
  const text = `${'spool /var\n'.repeat(10_001)}foo geheim`
  expect(parseNotation(text).policy.unknown).toHaveLength(10_001)
  expect(maskNotation(text)).not.toContain('geheim')
})
