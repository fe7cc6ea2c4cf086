import { expect, test } from 'vitest'
import { asSentence, only } from '#renderer/model/explanation.ts'

test('a sentence alone has no parts, no next step and no reference', () => {
  expect(only('It ended.', 'bad')).toEqual({ plain: 'It ended.', next: '', parts: [], meanings: [], offers: [], references: [], tone: 'bad' }) // prettier-ignore
})
test('a reason becomes a sentence, whether it was one or not', () => {
  expect(asSentence('the certificate is not accepted')).toBe('The certificate is not accepted.')
  expect(asSentence('The server hung up.')).toBe('The server hung up.')
  expect(asSentence('')).toBe('')
})
