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
