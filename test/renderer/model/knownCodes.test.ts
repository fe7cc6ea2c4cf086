import { expect, test } from 'vitest'
import { enhancedWords, firstDigit, knownCodes } from '#renderer/model/knownCodes.ts'

test('every known code has a class, a sentence and an RFC', () => {
  for (const [code, { words, reference }] of Object.entries(knownCodes)) {
    expect(firstDigit[code[0]!]).toBeDefined()
    expect(words).toMatch(/\.$/)
    expect(reference).toMatch(/^RFC \d+/)
  }
})
test('enhanced codes are read by class and subject', () => {
  expect(enhancedWords('5.1.1')).toBe('Failure, about the address.')
  expect(enhancedWords('9.9.9')).toBe('Unknown class, about something of its own.')
})
